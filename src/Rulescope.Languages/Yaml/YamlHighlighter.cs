using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Yaml;

/// <summary>What the pieces of a YAML file are to a reader.</summary>
public static class YamlHighlighter
{
    /// <summary>Tokens of a key or value that means more than its YAML says; null where it does not.</summary>
    /// <param name="path">The keys that lead to it, its own last where it is a key.</param>
    public delegate IEnumerable<CodeToken>? Meaning(IReadOnlyList<string> path, YamlNode.Scalar scalar, bool isKey);

    public static ImmutableArray<CodeToken> Of(string text) => Of(text, (_, _, _) => null);

    /// <summary>The tokens of a text; what follows a place that is no YAML stays plain.</summary>
    public static ImmutableArray<CodeToken> Of(string text, Meaning meaning)
    {
        var walk = new Walk(new(text), meaning);
        foreach (var document in YamlReader.Read(text).Value)
            walk.Node(document.Root);
        return walk.Parts.Finish();
    }

    sealed class Walk(DataParts parts, Meaning meaning)
    {
        readonly List<string> _path = [];

        public DataParts Parts => parts;

        public void Node(YamlNode node)
        {
            if (node is not YamlNode.Scalar && !parts.IsNew(node.Span))
                return;
            switch (node)
            {
                case YamlNode.Scalar scalar:
                    parts.Add(scalar.Span, meaning(_path, scalar, false) ?? Plain(scalar));
                    break;
                case YamlNode.Sequence sequence:
                    foreach (var item in sequence.Items)
                        Node(item);
                    break;
                case YamlNode.Mapping mapping:
                    foreach (var entry in mapping.Entries)
                        Entry(entry);
                    break;
            }
        }

        void Entry(YamlEntry entry)
        {
            _path.Add(entry.Name ?? "");
            if (entry.Key is YamlNode.Scalar key)
                parts.Add(key.Span, meaning(_path, key, true) ?? [new(key.Span, TokenClass.Key)]);
            else
                Node(entry.Key);
            Node(entry.Value);
            _path.RemoveAt(_path.Count - 1);
        }

        // Prose without quotes is most of a file and stays as calm as it is.
        static IEnumerable<CodeToken> Plain(YamlNode.Scalar scalar) => scalar.Kind switch
        {
            YamlKind.Boolean or YamlKind.Null => [new(scalar.Span, TokenClass.Keyword)],
            YamlKind.Integer or YamlKind.Float => [new(scalar.Span, TokenClass.Number)],
            _ when scalar.Style is YamlStyle.SingleQuoted or YamlStyle.DoubleQuoted => [new(scalar.Span, TokenClass.Text)],
            _ => [],
        };
    }
}
