using System.CommandLine;
using Rulescope.Catalog.Store;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary><c>--taxonomy FILE</c> of the verbs that read rules.</summary>
static class TaxonomyOption
{
    public static Option<string?> Make() =>
        new("--taxonomy") { Description = "Concepts and bindings of your own upon those that come with the program, or in their place.", HelpName = "FILE" };

    /// <summary>The taxonomy of a file upon the shipped one; where it cannot be read, says so and gives null.</summary>
    public static CatalogTaxonomy? Read(Terminal terminal, string? path)
    {
        if (path is null)
            return CatalogTaxonomy.Shipped;
        try
        {
            var file = new SourceText(path, File.ReadAllText(path));
            var read = CatalogTaxonomy.With(file);
            foreach (var finding in read.Diagnostics)
                terminal.Note($"{path}:{file.Position(finding.Span)}: {finding.Code.Id} {finding.Message}");
            return read.Value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.CouldNotRun($"--taxonomy {path} cannot be read: {e.Message}");
            return null;
        }
    }
}
