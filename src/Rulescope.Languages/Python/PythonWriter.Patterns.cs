using System.Diagnostics;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonWriter
{
    void AddMatch(PythonStatement.Match statement)
    {
        Line($"match {Of(statement.Subject, Level.Lambda)}:");
        _indent++;
        foreach (var @case in statement.Cases)
            Block($"case {Of(@case.Pattern)}{(@case.Guard is { } guard ? " if " + Of(guard, Level.Lambda) : "")}", @case.Body);
        _indent--;
    }

    string Of(PythonPattern pattern) => pattern switch
    {
        PythonPattern.Value p => Of(p.Expression, Level.Lambda),
        PythonPattern.Singleton p => Of(p.Expression, Level.Lambda),
        PythonPattern.Wildcard => "_",
        PythonPattern.Capture p => p.Name,
        PythonPattern.As p => $"{(p.Pattern is PythonPattern.As ? $"({Of(p.Pattern)})" : Of(p.Pattern))} as {p.Name}",
        PythonPattern.Or p => string.Join(" | ", p.Patterns.Select(a => a is PythonPattern.As or PythonPattern.Or ? $"({Of(a)})" : Of(a))),
        PythonPattern.Sequence p => $"[{Patterns(p.Patterns)}]",
        PythonPattern.Star p => "*" + (p.Name ?? "_"),
        PythonPattern.Mapping p => $"{{{string.Join(", ", [.. p.Items.Select(i => $"{Of(i.Key, Level.Lambda)}: {Of(i.Pattern)}"), .. p.Rest is { } rest ? (string[])["**" + rest] : []])}}}",
        PythonPattern.Class p => $"{Of(p.Type, Level.Primary)}({string.Join(", ", [.. p.Patterns.Select(Of), .. p.Keywords.Select(k => $"{k.Name}={Of(k.Pattern)}")])})",
        PythonPattern.Unsupported p => p.SourceText,
        _ => throw new UnreachableException(pattern.GetType().Name),
    };

    string Patterns(EquatableArray<PythonPattern> patterns) => string.Join(", ", patterns.Select(Of));
}
