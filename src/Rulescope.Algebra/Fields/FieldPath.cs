using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Algebra.Fields;

/// <summary>One step into an event.</summary>
public abstract record PathSegment
{
    PathSegment() { }

    /// <summary>A member of an object; the key is taken as it is, dots included.</summary>
    public sealed record Key(string Name) : PathSegment;

    /// <summary>An element by position; negative ones count from the end.</summary>
    public sealed record Index(int Position) : PathSegment;

    /// <summary>Every element of a list (<c>a{}.b</c>, <c>a[*].b</c>).</summary>
    public sealed record Each : PathSegment;

    /// <summary>An entry of a map by its key, where absence reads as the empty text (YARA-L <c>f["k"]</c>).</summary>
    public sealed record Map(string Name) : PathSegment;
}

/// <summary>The way to a field, as segments: <c>userIdentity.type</c> has two, the column <c>`a.b`</c> has one.</summary>
/// <remarks>
/// The word form joins keys by dots, writes <c>[0]</c>, <c>[*]</c> and <c>["k"]</c> for the others, and quotes with backticks a key
/// that is empty or holds a dot, a bracket or a backtick (doubled).
/// </remarks>
public sealed record FieldPath(EquatableArray<PathSegment> Segments) : ITreeAtom<FieldPath>
{
    /// <summary>A field name of one key, taken as it is.</summary>
    public static FieldPath Of(string name) => new([new PathSegment.Key(name)]);

    /// <summary>A dotted name, one key per part.</summary>
    public static FieldPath OfDotted(string name) => new([.. name.Split('.').Select(PathSegment (part) => new PathSegment.Key(part))]);

    /// <summary>How people write it: keys joined by dots without quoting. Not read back.</summary>
    public string Display
    {
        get
        {
            var text = new StringBuilder();
            foreach (var segment in Segments)
            {
                _ = segment switch
                {
                    PathSegment.Key key => text.Append(text.Length == 0 ? "" : ".").Append(key.Name),
                    PathSegment.Index index => text.Append(CultureInfo.InvariantCulture, $"[{index.Position}]"),
                    PathSegment.Each => text.Append("[*]"),
                    PathSegment.Map map => text.Append(CultureInfo.InvariantCulture, $"[\"{map.Name}\"]"),
                    _ => text,
                };
            }

            return text.ToString();
        }
    }

    public string ToAtom()
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            _ = segment switch
            {
                PathSegment.Key key => text.Append(text.Length == 0 ? "" : ".").Append(Quoted(key.Name)),
                PathSegment.Index index => text.Append(CultureInfo.InvariantCulture, $"[{index.Position}]"),
                PathSegment.Each => text.Append("[*]"),
                PathSegment.Map map => text.Append("[\"").Append(map.Name.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\"]"),
                _ => text,
            };
        }

        return text.ToString();
    }

    public static FieldPath FromAtom(string atom)
    {
        var segments = new List<PathSegment>();
        for (var at = 0; at < atom.Length;)
        {
            if (atom[at] == '.' && segments.Count > 0)
                at++;
            segments.Add(at < atom.Length && atom[at] == '[' ? Bracket(atom, ref at)
                : at < atom.Length && atom[at] == '`' ? new PathSegment.Key(Delimited(atom, ref at, '`'))
                : Plain(atom, ref at));
        }

        return new([.. segments]);
    }

    static string Quoted(string key) =>
        key.Length == 0 || key.AsSpan().IndexOfAny('.', '[', '`') >= 0 ? $"`{key.Replace("`", "``", StringComparison.Ordinal)}`" : key;

    static PathSegment.Key Plain(string atom, ref int at)
    {
        var start = at;
        while (at < atom.Length && atom[at] is not ('.' or '['))
            at++;
        // A stray bracket or a doubled dot must still move on.
        if (at == start && at < atom.Length)
            at++;
        return new(atom[start..at]);
    }

    static PathSegment Bracket(string atom, ref int at)
    {
        if (at + 1 < atom.Length && atom[at + 1] == '"')
        {
            at++;
            var name = Delimited(atom, ref at, '"');
            if (at < atom.Length && atom[at] == ']')
                at++;
            return new PathSegment.Map(name);
        }

        var end = atom.IndexOf(']', at);
        if (end < 0)
            return Plain(atom, ref at);
        var inside = atom[(at + 1)..end];
        at = end + 1;
        return inside == "*" ? new PathSegment.Each()
            : int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) ? new PathSegment.Index(position)
            : new PathSegment.Key($"[{inside}]");
    }

    static string Delimited(string atom, ref int at, char quote)
    {
        var text = new StringBuilder();
        for (at++; at < atom.Length; at++)
        {
            if (atom[at] == quote)
            {
                if (at + 1 == atom.Length || atom[at + 1] != quote)
                    break;
                at++;
            }

            text.Append(atom[at]);
        }

        at = Math.Min(atom.Length, at + 1);
        return text.ToString();
    }
}
