using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Toml;

/// <summary>A value while its document is being read: tables still grow.</summary>
abstract class TomlNode
{
    TomlNode() { }

    public abstract TomlValue ToValue();

    /// <summary>A finished value, also an inline table or an array in brackets: both are closed once written.</summary>
    public sealed class Leaf(TomlValue value) : TomlNode
    {
        public TomlValue Value => value;

        public override TomlValue ToValue() => value;
    }

    /// <summary>A table that headers or dotted keys may still extend.</summary>
    public sealed class Table(SourceSpan span, int depth, Origin origin) : TomlNode
    {
        readonly Dictionary<string, TomlNode> _children = new(StringComparer.Ordinal);
        readonly List<TomlKey> _keys = [];

        public int Depth => depth;

        public Origin MadeBy { get; set; } = origin;

        public SourceSpan Span { get; set; } = span;

        public TomlNode? Child(string name) => _children.GetValueOrDefault(name);

        public void Add(TomlKey key, TomlNode child)
        {
            _children.Add(key.Name, child);
            _keys.Add(key);
        }

        public TomlValue.Table ToTable()
        {
            var entries = ImmutableArray.CreateBuilder<TomlEntry>(_keys.Count);
            foreach (var key in _keys)
                entries.Add(new(key.Name, _children[key.Name].ToValue()) { KeySpan = key.Span });
            return new(entries.MoveToImmutable()) { Span = Span };
        }

        public override TomlValue ToValue() => ToTable();
    }

    /// <summary>An array of tables; headers extend its last one.</summary>
    public sealed class Tables(SourceSpan span) : TomlNode
    {
        readonly List<Table> _items = [];

        public Table Last => _items[^1];

        public void Add(Table table) => _items.Add(table);

        public override TomlValue ToValue() =>
            new TomlValue.Array([.. _items.Select(t => t.ToValue())]) { Span = span };
    }

    /// <summary>What made a table, which decides who may extend it.</summary>
    public enum Origin
    {
        /// <summary>The front part of a header; a header or dotted key may still define it.</summary>
        Implied,

        /// <summary>A header of its own, or the root.</summary>
        Header,

        /// <summary>A dotted key; only dotted keys of the same section extend it, headers may add tables below.</summary>
        Dotted,
    }
}

/// <summary>One part of a key, quotes resolved.</summary>
readonly record struct TomlKey(string Name, SourceSpan Span);
