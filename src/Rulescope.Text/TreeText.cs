using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rulescope.Text;

/// <summary>A value that stands as one quoted word in the canonical text, such as a field path.</summary>
public interface ITreeAtom<TSelf>
    where TSelf : ITreeAtom<TSelf>
{
    /// <summary>The word, unquoted.</summary>
    string ToAtom();

    /// <summary>The value of a word; any word gives some value.</summary>
    static abstract TSelf FromAtom(string atom);
}

/// <summary>The one canonical text of every tree of records: <c>(case argument ... :attribute value)</c>.</summary>
/// <remarks>
/// <para>A record prints its case name in kebab case, its constructor arguments in order and those further properties that differ
/// from their default; a case with nothing to say is a bare word. Sequences are <c>[a b]</c>, texts are quoted, absence is
/// <c>nil</c>. What an abstract base declares (the span, the word as written) says where a node came from, not what it is, and is
/// left out, as it is from equality. So equal trees have equal texts, and <see cref="Parse{T}"/> reads a text back.</para>
/// </remarks>
public static partial class TreeText
{
    const int Width = 110;

    /// <summary>The text of a tree, on one line where it fits and indented by two where it does not.</summary>
    public static string Of(object? node)
    {
        var text = new StringBuilder();
        Layout(Write(node), 0, text);
        return text.ToString();
    }

    // A written node is either one word or a bracketed list; the layout decides on lines afterwards.
    sealed record Piece(string Word, List<Piece>? Items = null, char Open = '(', char Close = ')')
    {
        public int Length { get; } = Items is null ? Word.Length : 2 + Items.Sum(i => i.Length + 1);
    }

    static Piece Write(object? value) => value switch
    {
        null => new("nil"),
        string text => new(Quote(text)),
        bool flag => new(flag ? "true" : "false"),
        double real => new(Real(real)),
        Enum word => new(EnumWord(word)),
        IFormattable number when value is int or long or uint or ulong or short or byte or decimal or BigInteger =>
            new(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => WriteShape(value, TreeShape.Of(value.GetType())),
    };

    static Piece WriteShape(object value, TreeShape shape)
    {
        if (shape.ToAtom is not null)
            return new(Quote(shape.ToAtom(value)));
        if (shape.Item is not null)
            return new("", [.. ((System.Collections.IEnumerable)value).Cast<object?>().Select(Write)], '[', ']');
        List<Piece> items = [new(shape.Name)];
        items.AddRange(shape.Arguments.Select(a => Write(a.GetValue(value))));
        foreach (var (property, initial) in shape.Attributes(value))
        {
            var given = property.GetValue(value);
            if (Equals(given, initial))
                continue;
            items.Add(new(":" + TreeShape.Kebab(property.Name)));
            items.Add(Write(given));
        }

        return items.Count == 1 ? items[0] : new("", items);
    }

    static void Layout(Piece piece, int indent, StringBuilder text)
    {
        if (piece.Items is null)
        {
            text.Append(piece.Word);
            return;
        }

        var broken = indent + piece.Length > Width;
        text.Append(piece.Open);
        for (var i = 0; i < piece.Items.Count; i++)
        {
            var item = piece.Items[i];
            // Words stay on the head's line, and an attribute's value beside its name.
            var afterName = i > 0 && piece.Items[i - 1] is { Items: null, Word: [':', ..] };
            if (broken && i > 0 && !afterName && (item.Items is not null || item.Word[0] == ':'))
                text.Append('\n').Append(' ', indent + 2);
            else if (i > 0)
                text.Append(' ');
            Layout(item, indent + 2, text);
        }

        text.Append(piece.Close);
    }

    static string Real(double real)
    {
        var text = real.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'N') >= 0 || text.Contains('∞', StringComparison.Ordinal) || double.IsInfinity(real) ? text : text + ".0";
    }

    // Flags read as `missing|null`.
    static string EnumWord(Enum word) => string.Join('|', word.ToString().Split(", ").Select(TreeShape.Kebab));

    static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
