using System.Collections.Immutable;

namespace Rulescope.Text.Findings;

/// <summary>A diagnostic at its place in a file, ready to be shown.</summary>
/// <param name="Path">As the user named the file, or relative to the folder or archive that was named; <c>/</c> between its parts.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
/// <param name="Id">The diagnostic's stable id, such as <c>SIG0102</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">Lower case, no full stop.</param>
public sealed record Finding(string Path, int Line, int Column, string Id, Severity Severity, string Message)
{
    /// <summary>The finding of one diagnostic of a text; spans outside the text are clamped to it.</summary>
    public static Finding Of(SourceText source, Diagnostic diagnostic)
    {
        var (path, (line, column)) = source.Place(diagnostic.Span);
        return new(path, line, column, diagnostic.Code.Id, diagnostic.Code.Severity, diagnostic.Message);
    }
}

/// <summary>What checking some files gave.</summary>
/// <param name="Files">Every file that was read, in order, with or without findings.</param>
/// <param name="Findings">In the order in which they are shown.</param>
public sealed record FindingsReport(EquatableArray<string> Files, EquatableArray<Finding> Findings)
{
    /// <summary>The report over texts and what reading each of them found; sorted by place within a text.</summary>
    public static FindingsReport Of(IEnumerable<(SourceText Source, ImmutableArray<Diagnostic> Diagnostics)> read)
    {
        var files = ImmutableArray.CreateBuilder<string>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var (source, diagnostics) in read)
        {
            files.Add(source.Path);
            findings.AddRange(diagnostics.OrderBy(d => d.Span.Start).Select(d => Finding.Of(source, d)));
        }

        return new(files.ToImmutable(), findings.ToImmutable());
    }
}
