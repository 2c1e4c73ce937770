using System.Globalization;
using System.Text;

namespace Rulescope.Languages.Yaml;

/// <summary>Writes nodes as YAML in block style, so that reading the text gives the same nodes.</summary>
/// <remarks>Plain scalars are written as they stand, so they must be ones that read back; text of unknown content belongs in quotes.</remarks>
public static class YamlWriter
{
    /// <summary>One document without markers, ending in a line break.</summary>
    public static string Write(YamlNode node)
    {
        var text = new StringBuilder();
        Node(text, node, 0, afterKey: false);
        return text.ToString();
    }

    /// <summary>A text as a scalar that reads back: single quotes, or double quotes where a line break or a control character is in it.</summary>
    public static YamlNode.Scalar Quoted(string value) =>
        new(value, value.Any(c => char.IsControl(c) || c is '\uFEFF' or '\u2028' or '\u2029' || char.IsSurrogate(c)) ? YamlStyle.DoubleQuoted : YamlStyle.SingleQuoted);

    /// <summary>A key: bare where that is safe.</summary>
    public static YamlNode.Scalar Key(string value) => IsBare(value) ? new(value) : Quoted(value);

    static bool IsBare(string value) => value.Length > 0
        && char.IsAsciiLetter(value[0])
        && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '|' or '/')
        && new YamlNode.Scalar(value).Kind == YamlKind.Text;

    static void Node(StringBuilder text, YamlNode node, int indent, bool afterKey)
    {
        switch (node)
        {
            case YamlNode.Mapping { Entries.IsEmpty: true }:
                text.Append(afterKey ? " {}" : "{}").Append('\n');
                break;
            case YamlNode.Sequence { Items.IsEmpty: true }:
                text.Append(afterKey ? " []" : "[]").Append('\n');
                break;
            case YamlNode.Mapping mapping:
                Mapping(text, mapping, indent, afterKey);
                break;
            case YamlNode.Sequence sequence:
                Sequence(text, sequence, indent, afterKey);
                break;
            case YamlNode.Scalar scalar:
                text.Append(afterKey ? " " : "").Append(Written(scalar)).Append('\n');
                break;
        }
    }

    static void Mapping(StringBuilder text, YamlNode.Mapping mapping, int indent, bool afterKey)
    {
        if (afterKey)
            text.Append('\n').Append(' ', indent);
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            if (i > 0)
                text.Append(' ', indent);
            // A key is one line here: anything but a scalar is written by its text.
            text.Append(Written(mapping.Entries[i].Key as YamlNode.Scalar ?? Quoted(mapping.Entries[i].Key.ToString()))).Append(':');
            Node(text, mapping.Entries[i].Value, indent + 4, afterKey: true);
        }
    }

    static void Sequence(StringBuilder text, YamlNode.Sequence sequence, int indent, bool afterKey)
    {
        if (afterKey)
            text.Append('\n').Append(' ', indent);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (i > 0)
                text.Append(' ', indent);
            text.Append("- ");
            Node(text, sequence.Items[i], indent + 2, afterKey: false);
        }
    }

    static string Written(YamlNode.Scalar scalar)
    {
        if (scalar.Style == YamlStyle.Plain)
            return scalar.Value;
        if (Quoted(scalar.Value).Style == YamlStyle.SingleQuoted)
            return $"'{scalar.Value.Replace("'", "''", StringComparison.Ordinal)}'";
        var written = new StringBuilder("\"");
        foreach (var c in scalar.Value)
        {
            _ = c switch
            {
                '"' or '\\' => written.Append('\\').Append(c),
                '\n' => written.Append("\\n"),
                '\t' => written.Append("\\t"),
                '\r' => written.Append("\\r"),
                _ when char.IsControl(c) || c is '\uFEFF' or '\u2028' or '\u2029' => written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => written.Append(c),
            };
        }

        return written.Append('"').ToString();
    }
}
