using System.CommandLine;
using Rulescope.Catalog.Store;

namespace Rulescope.Cli.Commands;

/// <summary>Options that several verbs have, under one name and with one meaning.</summary>
static class CommonOptions
{
    public const string CatalogName = "catalog.db";

    public const string Address = "http://127.0.0.1:5080";

    public static Option<string> Catalog() => new("--catalog")
    {
        Description = "The catalog to ask.",
        HelpName = "FILE",
        DefaultValueFactory = _ => CatalogName,
    };

    /// <summary>The forms of the answer; the first one is the default.</summary>
    public static Option<string> Format(params string[] formats)
    {
        var option = new Option<string>("--format")
        {
            Description = $"The form of the answer: {string.Join(", ", formats[..^1])} or {formats[^1]}.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => formats[0],
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }

    public static Option<string> Urls() => new("--urls")
    {
        Description = "Where the site listens; several are parted by ';'.",
        HelpName = "URL",
        DefaultValueFactory = _ => Address,
    };

    /// <summary>Opens a catalog; where it cannot be, says so and gives null.</summary>
    public static CatalogFile? Open(Terminal terminal, string path)
    {
        var catalog = CatalogFile.Open(path, out _, out var message);
        if (catalog is null)
            terminal.CouldNotRun(message);
        return catalog;
    }
}
