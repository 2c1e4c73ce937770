using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>The way to a field: names and array positions, as in <c>a[0].`b c`</c>.</summary>
public sealed record EqlPath(EquatableArray<EqlPath.Segment> Segments) : ITreeAtom<EqlPath>
{
    /// <summary>One step: a name, or with a null name the position in an array, from 0.</summary>
    public readonly record struct Segment(string? Name, int Index = 0)
    {
        public override string ToString() => Name is null ? string.Create(CultureInfo.InvariantCulture, $"[{Index}]") : WriteName(Name);
    }

    /// <inheritdoc/>
    public string ToAtom() => ToString();

    /// <inheritdoc/>
    public static EqlPath FromAtom(string atom) =>
        EqlParser.ParseExpression(atom).Value is EqlExpression.Field field ? field.Path : new([new Segment(atom)]);

    /// <summary>The path as EQL writes it; names that are no plain words stand in backticks.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var segment in Segments)
        {
            if (segment.Name is not null && text.Length > 0)
                text.Append('.');
            text.Append(segment);
        }

        return text.ToString();
    }

    /// <summary>A name as EQL writes it, in backticks where it is a keyword or not a plain word.</summary>
    public static string WriteName(string name) =>
        IsPlain(name) ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    static bool IsPlain(string name)
    {
        var token = new EqlLexer(name).Next();
        return token.Kind == EqlTokenKind.Identifier && token.Span.Length == name.Length;
    }
}
