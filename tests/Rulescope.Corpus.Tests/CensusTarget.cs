using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Corpus.Tests;

/// <summary>One rule as the census counts it.</summary>
/// <param name="Path">Of its file in the archive.</param>
/// <param name="Place">Path, line and column: of its first error, or else of the first part that is kept as text.</param>
/// <param name="FirstLine">The line of its file that it begins on, counted from 1.</param>
/// <param name="Causes">The ids of the errors, or else of the findings on the parts that are kept as text.</param>
/// <param name="HasError">Something in it was not read.</param>
/// <param name="HasLogic">It is in the algebra.</param>
sealed record CensusRule(RuleLanguage Language, RuleKind Kind, string Path, int FirstLine, string Place, ImmutableArray<string> Causes, bool HasError, bool HasLogic, bool IsReadable);

/// <summary>Keeps of each rule what the census says of it; no text of a rule is kept.</summary>
sealed class CensusTarget : ICorpusTarget<CensusRule>
{
    readonly List<FileResult<CensusRule>> _files = [];

    public IReadOnlyList<FileResult<CensusRule>> Files => _files;

    public bool Knows(SourceProvenance source, string path, string hash) => false;

    public CensusRule Prepare(RuleDocument document)
    {
        var errors = document.Diagnostics.Where(d => d.Code.Severity == Severity.Error).OrderBy(d => d.Span.Start).ToArray();
        var unread = errors.Length == 0 && document.Query is { } query ? Reader.Read(query).Unread : [];
        var parts = unread.OrderBy(u => u.Span.Start).ToArray();
        var causes = errors.Length > 0 ? errors : document.Diagnostics.Where(d => d.Code.Severity == Severity.Warning && parts.Any(p => Touches(p.Span, d.Span)));
        var first = errors.Length > 0 ? errors[0].Span : parts.Length > 0 ? parts[0].Span : new(document.Extent.Start, 0);
        var (path, (line, column)) = document.Source.Place(first);
        return new(
            document.Language, document.Kind, document.Path, document.Source.Position(new(document.Extent.Start, 0)).Line, $"{path}:{line}:{column}",
            [.. causes.Select(d => d.Code.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            errors.Length > 0, document.Query is not null, errors.Length == 0 && document.Query is not null && parts.Length == 0);
    }

    public void Take(FileResult<CensusRule> file) => _files.Add(file);

    static bool Touches(SourceSpan part, SourceSpan finding) => finding.Start <= part.End && part.Start <= finding.End;
}
