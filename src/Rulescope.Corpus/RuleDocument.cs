using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>The language of a rule's logic; the names are those of the command line, in lower case.</summary>
public enum RuleLanguage
{
    /// <summary>No logic that anybody could read, such as machine learning.</summary>
    None,
    Sigma,
    Kuery,
    Lucene,
    Eql,
    Esql,
    Spl,
    YaraL,
    Python,
    Kusto,
}

/// <summary>Another rule that a rule names.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Relation">The vendor's word, such as <c>derived</c> or <c>obsolete</c>.</param>
public sealed record RelatedRule(string Id, string Relation);

/// <summary>One rule of any vendor: its metadata as the vendor wrote them, and its logic.</summary>
public sealed record RuleDocument
{
    /// <summary>The vendor's id; <c>vendor/id</c> names a rule.</summary>
    public required string Vendor { get; init; }

    /// <summary>The vendor's id of the rule, or one made from path and number where there is none.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required RuleLanguage Language { get; init; }

    public required RuleKind Kind { get; init; }

    /// <summary>The file the rule stands in, under its path in the repository; the code beside it follows in the same text (<see cref="SourceText.Parts"/>).</summary>
    public required SourceText Source { get; init; }

    /// <summary>The rule's own stretch of the file.</summary>
    public required SourceSpan Extent { get; init; }

    /// <summary>Hash of the whole file: unchanged means unchanged.</summary>
    public required string Hash { get; init; }

    /// <summary>The vendor's word in lower case, or empty.</summary>
    public string Status { get; init; } = "";

    /// <summary>The vendor's word in lower case, or empty.</summary>
    public string Level { get; init; } = "";

    /// <summary>The vendor's number for how bad a hit is, from 0 to 100; null where it gives none.</summary>
    public long? RiskScore { get; init; }

    public string Description { get; init; } = "";

    /// <summary>SPDX id; null where unknown.</summary>
    public string? License { get; init; }

    public DateOnly? Created { get; init; }

    public DateOnly? Modified { get; init; }

    public EquatableArray<string> Authors { get; init; }

    public EquatableArray<string> References { get; init; }

    public EquatableArray<string> FalsePositives { get; init; }

    /// <summary>What else its authors say, mostly Markdown: how to triage a hit, how to set up the data.</summary>
    public EquatableArray<string> Notes { get; init; }

    /// <summary>Ids as the rule has them, upper-cased and without a prefix (<c>T1059.001</c>): they may be revoked or misspelt.</summary>
    public EquatableArray<string> Techniques { get; init; }

    /// <summary>Names in lower case with hyphens (<c>lateral-movement</c>), or ids.</summary>
    public EquatableArray<string> Tactics { get; init; }

    /// <summary>All tags as written.</summary>
    public EquatableArray<string> Tags { get; init; }

    /// <summary>Platforms that the vendor itself names, such as <c>windows</c> or <c>aws</c>, beside those its log source stands for.</summary>
    public EquatableArray<string> Platforms { get; init; }

    /// <summary>Domains that the vendor itself names, in the words of the log sources (<c>endpoint</c>, <c>cloud</c> ...).</summary>
    public EquatableArray<string> Domains { get; init; }

    public EquatableArray<RelatedRule> Related { get; init; }

    /// <summary>Where its events come from, in its vendor's words.</summary>
    public required LogSource LogSource { get; init; }

    /// <summary>Where its queries stand; spans count in <see cref="Source"/>.</summary>
    public EquatableArray<CodePart> Code { get; init; }

    /// <summary>The logic; null where the language was not read.</summary>
    public RuleQuery? Query { get; init; }

    /// <summary>What reading found; spans count in <see cref="Source"/>.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The file's path in the repository.</summary>
    public string Path => Source.Path;

    /// <summary>The rule's own text.</summary>
    public string Text => Source.Slice(Extent);

    /// <summary>True when its logic was parsed without an error.</summary>
    public bool IsRead => Query is not null && !Diagnostics.Any(d => d.Code.Severity == Severity.Error);

    /// <summary>An id for a rule that has none: <c>rules-windows-a#1</c> for the first rule of <c>rules/windows/a.yml</c>.</summary>
    public static string IdFromPath(string path, int number)
    {
        var dot = path.LastIndexOf('.');
        var stem = dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
        var words = new string([.. stem.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        return $"{string.Join('-', words)}#{number}";
    }
}
