using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Which names a command of a pipeline sees: columns that were made on the way, and fields of the events where those are still there.</summary>
sealed record EsqlColumns
{
    // So many patterns are compared with every name; more of them keep or drop nothing here.
    const int MaxPatterns = 100;

    /// <summary>What a name is that nothing here knows.</summary>
    enum Others
    {
        Fields,

        /// <summary>A column of a policy or lookup index, whose columns are not written in the query.</summary>
        Fetched,

        None,
    }

    /// <summary>One KEEP: the names and patterns that pass.</summary>
    sealed record Sieve(FrozenSet<string> Names, ImmutableArray<EsqlName> Patterns)
    {
        public static Sieve Of(EquatableArray<EsqlName> names) => new(
            names.Items.Where(n => !n.HasWildcard).Select(n => n.Text).ToFrozenSet(StringComparer.Ordinal), [.. names.Items.Where(n => n.HasWildcard)]);

        public bool Passes(string name) => Names.Contains(name) || Patterns.Length > MaxPatterns || Patterns.Any(p => Fits(p, name));

        public bool Stops(string name) => Names.Contains(name) || Patterns.Take(MaxPatterns).Any(p => Fits(p, name));
    }

    ImmutableHashSet<string> _made = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    ImmutableArray<string> _prefixes = [];
    ImmutableArray<Sieve> _kept = [];
    ImmutableArray<Sieve> _dropped = [];
    FrozenSet<string>? _metadata;
    Others _others;
    string _stage = "";

    EsqlColumns() { }

    /// <summary>The fields of events and nothing else.</summary>
    public static EsqlColumns OfEvents { get; } = new();

    /// <summary>No names at all.</summary>
    public static EsqlColumns None { get; } = new() { _others = Others.None };

    /// <summary>The names that FROM takes from the index itself, such as <c>_id</c>; no others of that kind are there.</summary>
    public EsqlColumns WithMetadata(IEnumerable<string> names) => this with { _metadata = names.ToFrozenSet(StringComparer.Ordinal) };

    /// <summary>With columns that a command makes; they hide fields of the same name.</summary>
    public EsqlColumns With(IEnumerable<string> names) => this with { _made = _made.Union(names) };

    /// <summary>With columns whose names begin with a prefix and a dot.</summary>
    public EsqlColumns WithPrefix(string prefix) => this with { _prefixes = _prefixes.Add(prefix + ".") };

    /// <summary>With all columns of a named table, whatever they are called.</summary>
    public EsqlColumns WithTable(string table) => this with
    {
        _kept = [],
        _dropped = [],
        _others = _others == Others.None ? Others.Fetched : _others,
        _stage = table,
    };

    /// <summary>Without all but these.</summary>
    public EsqlColumns Keep(EquatableArray<EsqlName> names)
    {
        var sieve = Sieve.Of(names);
        return this with { _made = _made.Except(_made.Where(n => !sieve.Passes(n))), _kept = _kept.Add(sieve) };
    }

    /// <summary>Without these.</summary>
    public EsqlColumns Drop(EquatableArray<EsqlName> names)
    {
        var sieve = Sieve.Of(names);
        return this with { _made = _made.Except(_made.Where(sieve.Stops)), _dropped = _dropped.Add(sieve) };
    }

    /// <summary>The names of either side, as rows of both are put together.</summary>
    public static EsqlColumns Merge(EsqlColumns left, EsqlColumns right) => new()
    {
        _made = left._made.Union(right._made),
        _prefixes = left._prefixes.AddRange(right._prefixes),
        _others = left._others < right._others ? left._others : right._others,
        _stage = left._stage.Length > 0 ? left._stage : right._stage,
    };

    /// <summary>What a name stands for, or null where there is no such column.</summary>
    public Reference? Find(string name)
    {
        if (_made.Contains(name) || _prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
            return new Reference.Column(name);
        if (_dropped.Any(s => s.Stops(name)) || !_kept.All(s => s.Passes(name)))
            return null;
        return _others switch
        {
            Others.Fields => new Reference.Field(FieldPath.OfDotted(name)) { Lookup = KeyLookup.DottedFirst, Vocabulary = EsqlLowering.Vocabulary },
            Others.Fetched => new Reference.Column(name) { Stage = _stage },
            _ => null,
        };
    }

    /// <summary>True for a name that only METADATA makes known, where it did not.</summary>
    public bool LacksMetadata(string name) =>
        _metadata is { } known && name is "_id" or "_index" or "_version" or "_source" or "_score" or "_ignored" or "_tier" or "_size" && !known.Contains(name);

    /// <summary>True when the whole name fits a pattern; each of its wildcards is any text.</summary>
    static bool Fits(EsqlName pattern, string name)
    {
        var pieces = pattern.Literals;
        if (!name.StartsWith(pieces[0], StringComparison.Ordinal))
            return false;
        var at = pieces[0].Length;
        for (var i = 1; i < pieces.Count - 1; i++)
        {
            var found = name.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + pieces[i].Length;
        }

        return name.Length - at >= pieces[^1].Length && name.EndsWith(pieces[^1], StringComparison.Ordinal);
    }
}
