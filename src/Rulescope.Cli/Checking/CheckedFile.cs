using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Cli.Checking;

/// <summary>What every vendor's checks ask of a file: how it ends, what its lines begin with, what its reader finds.</summary>
static class CheckedFile
{
    /// <summary>What reading a query that stands alone in its file finds.</summary>
    public static ImmutableArray<Diagnostic> Bare(RuleLanguage language, SourceFile file, QueryContext context) =>
        file.Diagnostics.AddRange(QueryLanguages.Read(language, EmbeddedText.Whole(file.Source.Text), context).Diagnostics);

    /// <summary>The same for a language whose meaning depends on nothing but the vendor.</summary>
    public static ImmutableArray<Diagnostic> Bare(RuleLanguage language, SourceFile file, string vendor) =>
        Bare(language, file, new QueryContext(new LogSource(vendor, [])));

    /// <summary>What a vendor's reader finds in a rule file, and what is wrong with the techniques it names.</summary>
    public static ImmutableArray<Diagnostic> By(IVendorReader reader, SourceFile file, CheckedFolder folder)
    {
        var read = reader.Read(file, folder.Of(reader));
        return [.. file.Diagnostics, .. read.Diagnostics, .. read.Value.SelectMany(d => d.Diagnostics), .. read.Value.SelectMany(Techniques)];
    }

    /// <summary>A line begins with one of these.</summary>
    public static bool HasLine(SourceFile file, params ReadOnlySpan<string> starts)
    {
        foreach (var line in file.Source.Text.AsSpan().EnumerateLines())
        {
            foreach (var start in starts)
            {
                if (line.StartsWith(start, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    public static bool HasEnding(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    static IEnumerable<Diagnostic> Techniques(RuleDocument document) => document.Techniques.Items
        .Select(t => AttackFacts.Default.Resolve(t).Finding(Place(document, t)))
        .OfType<Diagnostic>();

    // The reader keeps no place for a tag, but an id that is wrong hardly occurs twice.
    static SourceSpan Place(RuleDocument document, string technique)
    {
        var at = document.Text.IndexOf(technique, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? new(document.Extent.Start, 0) : new(document.Extent.Start + at, technique.Length);
    }
}
