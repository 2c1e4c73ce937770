using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Fields;

/// <summary>A test's operator and value.</summary>
public readonly record struct TestValue(ReadOperator Operator, string Value);

/// <summary>How a test of a native field reads as one of its concept. Each has a way back.</summary>
public abstract record ValueTransform
{
    ValueTransform() { }

    /// <summary>The values are the same.</summary>
    public sealed record Same : ValueTransform;

    /// <summary>The native value is the last segment of the concept's path: <c>process.name</c> of <c>Image</c>.</summary>
    public sealed record LastSegment : ValueTransform;

    /// <summary>The native value is the last segment of a registry path, which <c>\</c> parts on every platform: the name of a value.</summary>
    public sealed record LastKey : ValueTransform;

    /// <summary>Whole values are spelt otherwise: <c>network</c> is <c>3</c>. Values that are not listed are the same.</summary>
    public sealed record Spellings(EquatableArray<Spelling> Items) : ValueTransform;

    /// <summary>Values begin otherwise: <c>HKEY_LOCAL_MACHINE\</c> is <c>HKLM\</c>.</summary>
    public sealed record Beginnings(EquatableArray<Spelling> Items) : ValueTransform;

    /// <summary>A native spelling and the concept's.</summary>
    public sealed record Spelling(string Native, string Value);

    /// <summary>The test of the concept; null where it cannot be told by an operator of the guide.</summary>
    /// <param name="test">The test of the native field.</param>
    /// <param name="platforms">What the log source runs on; decides how paths are parted.</param>
    public TestValue? Apply(TestValue test, ImmutableArray<string> platforms) => this switch
    {
        Same => test,
        LastSegment => Segment(test, Separator(test.Value, platforms)),
        LastKey => Segment(test, "\\"),
        Spellings spellings when test.Operator is ReadOperator.Eq or ReadOperator.In or ReadOperator.Ne =>
            test with { Value = spellings.Items.Items.FirstOrDefault(s => AreSame(s.Native, test.Value))?.Value ?? test.Value },
        Spellings => test,
        Beginnings beginnings => test with { Value = Begin(beginnings.Items.Items, test.Value) },
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };

    static TestValue? Segment(TestValue test, string? separator) => test.Operator switch
    {
        // The whole name is the path's end from its last separator on; the end of a name is the end of the path.
        ReadOperator.Eq or ReadOperator.In when !test.Value.AsSpan().ContainsAny('*', '?') && separator is not null =>
            new(ReadOperator.EndsWith, separator + test.Value.ToLowerInvariant()),
        ReadOperator.EndsWith => test,
        _ => null,
    };

    static string? Separator(string value, ImmutableArray<string> platforms)
    {
        var windows = platforms.Contains("windows", StringComparer.OrdinalIgnoreCase);
        var unix = platforms.Any(p => UnixPlatforms.Contains(p, StringComparer.OrdinalIgnoreCase));
        if (windows != unix)
            return windows ? "\\" : "/";
        // Where the source may be of either kind, or says nothing of hosts, the name itself mostly tells.
        return WindowsEndings.Any(e => value.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ? "\\" : null;
    }

    static string Begin(ImmutableArray<Spelling> beginnings, string value)
    {
        foreach (var beginning in beginnings)
        {
            if (value.StartsWith(beginning.Native, StringComparison.OrdinalIgnoreCase))
                return string.Concat(char.IsLower(value[0]) ? beginning.Value.ToLowerInvariant() : beginning.Value, value.AsSpan(beginning.Native.Length));
        }

        return value;
    }

    static bool AreSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    static readonly ImmutableArray<string> UnixPlatforms = ["linux", "macos", "kubernetes"];

    static readonly ImmutableArray<string> WindowsEndings = [".exe", ".dll", ".sys", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".msi", ".cpl", ".ocx"];
}
