using System.Diagnostics;
using System.Text;

namespace Rulescope.Algebra.Reading;

/// <summary>A condition in one line for people: <c>Image ends_with \cmd.exe AND NOT (User eq SYSTEM)</c>.</summary>
public static class ReadText
{
    /// <summary>The line; texts stand as they are, lists as <c>(a | b)</c>.</summary>
    public static string Of(ReadNode node)
    {
        var text = new StringBuilder();
        Write(node, text, inside: false);
        return text.ToString();
    }

    static void Write(ReadNode node, StringBuilder text, bool inside)
    {
        switch (node)
        {
            case ReadNode.All all:
                Join(all.Nodes.Items, " AND ", "(always)", text, inside);
                break;
            case ReadNode.Any any:
                Join(any.Nodes.Items, " OR ", "(never)", text, inside);
                break;
            case ReadNode.Not not:
                text.Append("NOT ");
                Write(not.Node, text, inside: true);
                break;
            case ReadNode.Leaf leaf:
                Write(leaf, text);
                break;
            case ReadNode.Unsupported unsupported:
                text.Append("[not read: ").Append(unsupported.SourceText).Append(']');
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static void Write(ReadNode.Leaf leaf, StringBuilder text)
    {
        text.Append(leaf.Field).Append(' ').Append(leaf.Operator.Word());
        if (leaf.Values.IsEmpty)
            return;
        var values = string.Join(" | ", leaf.Values.Items.Select(v => v.Text.Length == 0 ? "\"\"" : v.Text));
        text.Append(' ').Append(leaf.Values.Count == 1 ? values : $"({values})");
    }

    static void Join(IReadOnlyList<ReadNode> nodes, string word, string none, StringBuilder text, bool inside)
    {
        if (nodes.Count == 0)
            text.Append(none);
        var brackets = inside && nodes.Count > 1;
        if (brackets)
            text.Append('(');
        for (var i = 0; i < nodes.Count; i++)
        {
            if (i > 0)
                text.Append(word);
            Write(nodes[i], text, inside: nodes.Count > 1 || inside);
        }

        if (brackets)
            text.Append(')');
    }
}
