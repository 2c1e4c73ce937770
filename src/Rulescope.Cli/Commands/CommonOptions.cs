using System.CommandLine;
using Rulescope.Catalog.Search;
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

    public static Option<string?> Data() => new("--data")
    {
        Description = "Only rules that can run on the data at hand: names of tables, indices, log types or log sources, parted by commas.",
        HelpName = "NAMES",
    };

    /// <summary>Says which names of <c>--data</c> are of no known log source.</summary>
    public static void NoteUnknown(Terminal terminal, string? data)
    {
        if (data is not null && OwnData.Of([data]).Unknown is { IsEmpty: false } unknown)
            terminal.Note($"rulescope: no known log source is called {string.Join(", ", unknown.Select(n => $"'{n}'"))}; only rules that name it themselves are kept for it");
    }

    /// <summary>Opens a catalog; where it cannot be, says so and gives null.</summary>
    public static CatalogFile? Open(Terminal terminal, string path)
    {
        var catalog = CatalogFile.Open(path, out _, out var message);
        if (catalog is null)
            terminal.CouldNotRun(message);
        return catalog;
    }
}
