using System.Collections.Immutable;

namespace Rulescope.Text;

/// <summary>What reading gave: a value that is always usable, and the findings on the way.</summary>
public sealed record Parsed<T>(T Value, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>True when nothing was left unread: no finding is an error.</summary>
    public bool IsComplete => !Diagnostics.Any(d => d.Code.Severity == Severity.Error);

    /// <summary>The next stage's value with this stage's findings before its own.</summary>
    public Parsed<TNext> Then<TNext>(Func<T, Parsed<TNext>> next)
    {
        var result = next(Value);
        return new(result.Value, Diagnostics.AddRange(result.Diagnostics));
    }
}

/// <summary>Shorthands for <see cref="Parsed{T}"/>.</summary>
public static class Parsed
{
    /// <summary>A value without findings.</summary>
    public static Parsed<T> Clean<T>(T value) => new(value, []);
}
