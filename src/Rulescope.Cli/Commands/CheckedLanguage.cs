using System.Collections.Immutable;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Sigma;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary>A language that <c>check</c> reads.</summary>
/// <param name="Name">As after <c>--lang</c>.</param>
/// <param name="Extensions">Endings of its files, with the dot.</param>
/// <param name="Fits">Tells its files from others with the same ending, by their text.</param>
/// <param name="Check">What reading a file finds.</param>
sealed record CheckedLanguage(
    string Name, ImmutableArray<string> Extensions, Func<string, bool> Fits, Func<SourceFile, ImmutableArray<Diagnostic>> Check)
{
    /// <summary>All of them; of several that fit, the first one is taken.</summary>
    public static ImmutableArray<CheckedLanguage> All { get; } =
    [
        new("sigma", [".yml", ".yaml"], HasLine("detection:", "logsource:", "correlation:"), By(new SigmaReader())),
    ];

    static Func<string, bool> HasLine(params string[] starts) => text =>
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            foreach (var start in starts)
            {
                if (line.StartsWith(start, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    };

    // A rule file under test stands alone: it has no repository and no companions.
    static Func<SourceFile, ImmutableArray<Diagnostic>> By(IVendorReader reader) => file =>
    {
        var context = new SourceContext(new SourceProvenance(reader.Vendor, file.Path, null, null, null, null), []);
        var read = reader.Read(file, context);
        return [.. file.Diagnostics, .. read.Diagnostics, .. read.Value.SelectMany(d => d.Diagnostics), .. read.Value.SelectMany(Techniques)];
    };

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
