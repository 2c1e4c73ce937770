using Rulescope.Text;

namespace Rulescope.Languages.Yaml;

/// <summary>How a scalar was written.</summary>
public enum YamlStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// <summary>One document of a YAML stream.</summary>
public sealed record YamlDocument(YamlNode Root)
{
    /// <summary>From the first to the last character of the root node.</summary>
    public SourceSpan Span => Root.Span;
}

/// <summary>A key and its value. Keys are mostly scalars, but any node may be one.</summary>
public sealed record YamlEntry(YamlNode Key, YamlNode Value)
{
    /// <summary>The key's text, or null when the key is not a scalar.</summary>
    public string? Name => (Key as YamlNode.Scalar)?.Value;

    /// <summary>Key and value together.</summary>
    public SourceSpan Span => Value.Span.Start < Key.Span.Start ? Key.Span : SourceSpan.Cover(Key.Span, Value.Span);
}

/// <summary>A node of a YAML document. An alias is the node it names, so a node may stand at several places.</summary>
public abstract record YamlNode
{
    YamlNode() { }

    /// <summary>Where the node stands in the text, tag and anchor included; an alias has the place of what it names.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Same case and same children, wherever they were written.</summary>
    public virtual bool Equals(YamlNode? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Text, a number, a boolean or null; <see cref="Kind"/> says which.</summary>
    /// <param name="Value">The text after quotes, escapes and folding; see <see cref="YamlContent"/> for where it stands.</param>
    /// <param name="Style">How it was written.</param>
    /// <param name="Tag">The resolved tag (<c>tag:yaml.org,2002:str</c>), or empty when none was written.</param>
    public sealed record Scalar(string Value, YamlStyle Style = YamlStyle.Plain, string Tag = "") : YamlNode
    {
        /// <summary>What the scalar is by the YAML 1.2 core schema: only plain or tagged scalars are anything but text.</summary>
        public YamlKind Kind => YamlScalars.Resolve(this);

        public bool IsNull => Kind == YamlKind.Null;

        /// <summary>The boolean, or null when it is none.</summary>
        public bool? Boolean => Kind == YamlKind.Boolean ? Value[0] is 't' or 'T' : null;

        /// <summary>The whole number, or null when it is none or does not fit 64 bits.</summary>
        public long? Integer => YamlScalars.Integer(this);

        /// <summary>The number, whole or not, or null when it is none.</summary>
        public double? Number => YamlScalars.Number(this);
    }

    /// <summary>A list.</summary>
    public sealed record Sequence(EquatableArray<YamlNode> Items) : YamlNode;

    /// <summary>Keys and values in the order of the text, duplicates included; merge keys (<c>&lt;&lt;</c>) are already resolved.</summary>
    public sealed record Mapping(EquatableArray<YamlEntry> Entries) : YamlNode
    {
        /// <summary>The value of a key, of the last one where it occurs twice, or null.</summary>
        public YamlNode? this[string key]
        {
            get
            {
                for (var i = Entries.Count - 1; i >= 0; i--)
                {
                    if (string.Equals(Entries[i].Name, key, StringComparison.Ordinal))
                        return Entries[i].Value;
                }

                return null;
            }
        }
    }
}
