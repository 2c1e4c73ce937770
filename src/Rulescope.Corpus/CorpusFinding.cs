using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>A finding about one file of a source.</summary>
/// <param name="Path">The file's path in its repository, or the source as given when the finding is about the whole.</param>
/// <param name="Position">Line and column, from 1; 1:1 when the finding is about the file.</param>
/// <param name="Diagnostic">Code and message; its span counts in the file's text.</param>
public sealed record CorpusFinding(string Path, LinePosition Position, Diagnostic Diagnostic)
{
    /// <summary>A finding about a file as a whole.</summary>
    public static CorpusFinding About(string path, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
        new(path, new(1, 1), Diagnostic.At(default, code, arguments));

    /// <summary>A finding at a place of a text.</summary>
    public static CorpusFinding In(SourceText text, Diagnostic diagnostic)
    {
        var (path, position) = text.Place(diagnostic.Span);
        return new(path, position, diagnostic);
    }

    /// <summary>Findings in the order people read them: by path, line and column.</summary>
    public static ImmutableArray<CorpusFinding> InOrder(IEnumerable<CorpusFinding> findings) =>
        [.. findings.OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Position.Line).ThenBy(f => f.Position.Column)];

    /// <summary><c>path:line:column: ID message</c>.</summary>
    public override string ToString() => $"{Path}:{Position.Line}:{Position.Column}: {Diagnostic.Code.Id} {Diagnostic.Message}";
}

/// <summary>The findings about one source, at most a thousand of them; the rest is counted.</summary>
sealed class CorpusFindings(string source)
{
    const int MaxListed = 1000;

    readonly ImmutableArray<CorpusFinding>.Builder _listed = ImmutableArray.CreateBuilder<CorpusFinding>();
    int _more;

    public void Add(CorpusFinding finding)
    {
        if (_listed.Count < MaxListed)
            _listed.Add(finding);
        else
            _more++;
    }

    public void Add(string path, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
        Add(CorpusFinding.About(path, code, arguments));

    public void AddToSource(DiagnosticCode code, params ReadOnlySpan<object?> arguments) => Add(source, code, arguments);

    public ImmutableArray<CorpusFinding> ToImmutable() => _more == 0
        ? _listed.ToImmutable()
        : [.. _listed, CorpusFinding.About(source, CorpusCodes.MoreFindings, _more)];
}
