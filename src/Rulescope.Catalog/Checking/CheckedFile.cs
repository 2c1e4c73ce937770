using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Catalog.Checking;

/// <summary>What every vendor's checks ask of a file: how it ends, what its lines begin with, what its reader finds.</summary>
static class CheckedFile
{
    /// <summary>What reading a query that stands alone in its file finds.</summary>
    public static CheckedRules Bare(RuleLanguage language, SourceFile file, QueryContext context)
    {
        var read = QueryLanguages.Read(language, EmbeddedText.Whole(file.Source.Text), context);
        return new([Document(language, file, context, read)], [.. file.Diagnostics.Concat(read.Diagnostics).Select(d => new CheckedFinding(file.Source, d))]);
    }

    /// <summary>The same for a language whose meaning depends on nothing but the vendor.</summary>
    public static CheckedRules Bare(RuleLanguage language, SourceFile file, string vendor) =>
        Bare(language, file, new QueryContext(new LogSource(vendor, [])));

    /// <summary>What a vendor's reader finds in a rule file, and what is wrong with the techniques it names.</summary>
    public static CheckedRules By(IVendorReader reader, SourceFile file, CheckedFolder folder) => By(reader, file, folder.Of(reader));

    /// <summary>The same with what else is known of its surroundings.</summary>
    public static CheckedRules By(IVendorReader reader, SourceFile file, SourceContext context)
    {
        var read = reader.Read(file, context);
        return new(
            read.Value,
            [
                .. file.Diagnostics.Concat(read.Diagnostics).Select(d => new CheckedFinding(file.Source, d)),
                .. read.Value.SelectMany(document => document.Diagnostics.Concat(Techniques(document)).Select(d => new CheckedFinding(document.Source, d))),
            ]);
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

    // A query that stands alone has no metadata but where it lies.
    static RuleDocument Document(RuleLanguage language, SourceFile file, QueryContext context, Parsed<RuleQuery?> read) => new()
    {
        Vendor = context.LogSource.Vendor,
        Id = RuleDocument.IdFromPath(Path.GetFileName(file.Path), 1),
        Title = Path.GetFileName(file.Path),
        Language = language,
        Kind = RuleKind.Rule,
        Source = file.Source,
        Extent = new(0, file.Source.Text.Length),
        Hash = file.Hash,
        LogSource = context.LogSource,
        Query = read.Value,
        Diagnostics = read.Diagnostics,
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

/// <summary>What a file holds: its rules, and what reading them found.</summary>
public sealed record CheckedRules(ImmutableArray<RuleDocument> Documents, ImmutableArray<CheckedFinding> Findings)
{
    /// <summary>A file that is read together with another one.</summary>
    public static CheckedRules None { get; } = new([], []);
}

/// <summary>What was found, and the text in which its span counts: the file's own, or one in which the code beside it follows.</summary>
public sealed record CheckedFinding(SourceText Source, Diagnostic Diagnostic)
{
    /// <summary>By place, each once. A text is known by its path here: to compare texts for each finding takes too long where there are many.</summary>
    public static IEnumerable<CheckedFinding> InOrder(IEnumerable<CheckedFinding> findings) =>
        findings.DistinctBy(f => (f.Source.Path, f.Diagnostic)).OrderBy(f => f.Diagnostic.Span.Start);
}
