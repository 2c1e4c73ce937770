using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Which names a command of a pipeline sees: columns made on the way, and fields of the events where those are still there.</summary>
sealed record SplColumns
{
    // So many wildcards are compared with every name; more of them keep or drop nothing here.
    const int MaxPatterns = 100;

    /// <summary>What a name is that nothing here knows.</summary>
    enum Others
    {
        /// <summary>A field of the raw events.</summary>
        Fields,

        /// <summary>A field of the events of a data model.</summary>
        Model,

        /// <summary>A column of a table or of a command whose columns are not written in the search.</summary>
        Fetched,

        /// <summary>Nothing: it is null in every row.</summary>
        None,
    }

    ImmutableSortedSet<string> _made = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    ImmutableHashSet<string> _gone = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    ImmutableDictionary<string, string> _stages = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);
    ImmutableArray<string> _madePatterns = [];
    ImmutableArray<ImmutableArray<string>> _kept = [];
    ImmutableArray<(string From, string To)> _moved = [];
    Others _others;
    string _stage = "";

    SplColumns() { }

    /// <summary>The fields of raw events and nothing else.</summary>
    public static SplColumns OfEvents { get; } = new();

    /// <summary>The fields of a data model.</summary>
    public static SplColumns OfModel { get; } = new() { _others = Others.Model };

    /// <summary>No names at all.</summary>
    public static SplColumns None { get; } = new() { _others = Others.None };

    /// <summary>The columns of a table whose names are not written in the search.</summary>
    public static SplColumns OfTable(string table) => new() { _others = Others.Fetched, _stage = table };

    /// <summary>Every name there is, those of internal fields (<c>_time</c>) aside unless a command made them; null where the events may have others.</summary>
    public ImmutableSortedSet<string>? All => !_madePatterns.IsEmpty ? null
        : _others == Others.None ? _made
        : _kept is [.., var last] && !last.Any(n => HasWildcard(n) && n != Internal) ? _made.Union(last.Where(n => n != Internal && !_gone.Contains(n)))
        : null;

    /// <summary>What <c>fields</c> keeps without being told.</summary>
    public const string Internal = "_*";

    /// <summary>With columns that a command makes; they hide fields of the same name. A wildcard stands for columns that carry events' names.</summary>
    public SplColumns With(params IEnumerable<string> names)
    {
        var columns = names.ToList();
        return this with
        {
            _made = _made.Union(columns.Where(n => !HasWildcard(n))),
            _stages = _stages.RemoveRange(columns),
            _gone = _gone.Except(columns),
            _madePatterns = [.. _madePatterns, .. columns.Where(HasWildcard).Take(MaxPatterns)],
        };
    }

    /// <summary>With columns that a stage without a model makes: they are not what had their names before.</summary>
    public SplColumns WithUnread(string stage, IEnumerable<string> names)
    {
        var columns = names.ToList();
        return With(columns) with { _stages = _stages.SetItems(columns.Select(c => KeyValuePair.Create(c, stage))) };
    }

    /// <summary>With all columns of a named table, whatever they are called.</summary>
    public SplColumns WithTable(string table) => _others == Others.None ? this with { _others = Others.Fetched, _stage = table } : this;

    /// <summary>Without all but these names and wildcards.</summary>
    public SplColumns Keep(ImmutableArray<string> names) => this with
    {
        _made = [.. _made.Where(m => names.Take(MaxPatterns).Any(n => Fits(n, m)))],
        _kept = _others == Others.None ? _kept : _kept.Add(names),
    };

    /// <summary>Without these names and wildcards.</summary>
    public SplColumns Drop(ImmutableArray<string> names) => this with
    {
        _made = [.. _made.Where(m => !names.Take(MaxPatterns).Any(n => Fits(n, m)))],
        _gone = _gone.Union(names),
    };

    /// <summary>With a field under another name.</summary>
    public SplColumns Rename(string from, string to) => this with { _made = _made.Remove(from).Add(to), _gone = _gone.Add(from).Remove(to) };

    /// <summary>With all fields that fit a wildcard under names that another makes of them.</summary>
    public SplColumns Move(string from, string to) => this with { _moved = _moved.Length < MaxPatterns ? _moved.Add((from, to)) : _moved };

    /// <summary>The names of either side, as rows of both are put together.</summary>
    public static SplColumns Merge(SplColumns left, SplColumns right) => left with
    {
        _made = left._made.Union(right._made),
        _stages = left._stages.SetItems(right._stages),
        _gone = left._gone.Except(right._made),
        _madePatterns = left._madePatterns.AddRange(right._madePatterns),
        _others = left._others == Others.None ? right._others : left._others,
        _stage = left._others == Others.None ? right._stage : left._stage,
        _kept = left._others == Others.None ? right._kept : right._others == Others.None ? left._kept : [],
    };

    /// <summary>What a name stands for.</summary>
    public Expression Find(string name, SourceSpan span)
    {
        if (_made.Contains(name) || _madePatterns.Any(p => Fits(p, name)))
            return Column(name, _stages.GetValueOrDefault(name, ""), span);
        if (HasWildcard(name))
            return new Expression.Ref(new Reference.FieldPattern(name) { Span = span }) { Span = span };
        if (_gone.Contains(name) || !_kept.All(names => names.Take(MaxPatterns).Any(n => Fits(n, name))))
            return Column(name, "", span);
        if (_others is Others.Fields or Others.Model && name == "_raw")
            return new Expression.Ref(new Reference.Raw { Span = span }) { Span = span };
        // A wildcard that renamed fields of events may have renamed one to this name.
        var earlier = _moved.Where(m => Fits(m.To, name)).Select(m => (Expression)Field(Renamed(name, m.To, m.From), span)).ToList();
        return _others switch
        {
            Others.None => Column(name, "", span),
            Others.Fetched => Column(name, _stage, span),
            _ when earlier.Count > 0 => new Expression.Coalesce([.. earlier, Field(name, span)]) { Span = span },
            _ => Field(name, span),
        };
    }

    /// <summary>True for a wildcard name.</summary>
    public static bool HasWildcard(string name) => name.Contains('*', StringComparison.Ordinal);

    /// <summary>The names that fit a wildcard.</summary>
    public IEnumerable<string> Matching(string pattern) => (All ?? _made).Where(m => Fits(pattern, m));

    /// <summary>True when a name fits a name or wildcard.</summary>
    public static bool Fits(string pattern, string name) => Stars(pattern, name) is not null;

    /// <summary>A name that fits one wildcard, as another with as many stars makes it: <c>a.x</c> from <c>a.*</c> to <c>*</c> is <c>x</c>.</summary>
    public static string Renamed(string name, string from, string to)
    {
        var stars = Stars(from, name) ?? [];
        var pieces = to.Split('*');
        return string.Concat(pieces.Select((piece, i) => i == 0 ? piece : (i - 1 < stars.Length ? stars[i - 1] : "") + piece));
    }

    /// <summary>What each star of a wildcard stands for in a name, or null where it does not fit.</summary>
    public static ImmutableArray<string>? Stars(string pattern, string name)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1)
            return string.Equals(pattern, name, StringComparison.Ordinal) ? [] : null;
        if (!name.StartsWith(pieces[0], StringComparison.Ordinal) || name.Length < pieces[0].Length + pieces[^1].Length || !name.EndsWith(pieces[^1], StringComparison.Ordinal))
            return null;
        var stars = ImmutableArray.CreateBuilder<string>();
        var at = pieces[0].Length;
        for (var i = 1; i < pieces.Length; i++)
        {
            var found = i == pieces.Length - 1 ? name.Length - pieces[i].Length : name.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (found < at)
                return null;
            stars.Add(name[at..found]);
            at = found + pieces[i].Length;
        }

        return stars.ToImmutable();
    }

    static Expression.Ref Column(string name, string stage, SourceSpan span) => new(new Reference.Column(name) { Stage = stage, Span = span }) { Span = span };

    Expression.Ref Field(string name, SourceSpan span) => new(new Reference.Field(PathOf(name))
    {
        Lookup = KeyLookup.DottedFirst,
        Vocabulary = _others == Others.Model ? SplLowering.ModelVocabulary : SplLowering.Vendor,
        Span = span,
    })
    { Span = span };

    // user.name{}.first: keys between dots, braces for each element or one by its number.
    static FieldPath PathOf(string name)
    {
        var segments = ImmutableArray.CreateBuilder<PathSegment>();
        foreach (var part in name.Split('.'))
        {
            var brace = part.IndexOf('{', StringComparison.Ordinal);
            if (brace < 0 || part[^1] != '}')
            {
                segments.Add(new PathSegment.Key(part));
                continue;
            }

            if (brace > 0)
                segments.Add(new PathSegment.Key(part[..brace]));
            foreach (var inside in part[(brace + 1)..^1].Split("}{"))
                segments.Add(int.TryParse(inside, System.Globalization.CultureInfo.InvariantCulture, out var position) ? new PathSegment.Index(position) : new PathSegment.Each());
        }

        return new(segments.ToImmutable());
    }
}
