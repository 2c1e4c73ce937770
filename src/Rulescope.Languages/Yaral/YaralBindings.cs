using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>A placeholder gets its value: <c>$e.principal.ip = $ip</c>.</summary>
/// <param name="Event">The event the value is of; null where it is of none or several.</param>
sealed record YaralDefinition(string Placeholder, YaralExpression Value, string? Event, SourceSpan Span);

/// <summary>Which of a rule's variables are events, placeholders and outcomes, and what placeholders stand for.</summary>
sealed class YaralBindings
{
    const int MaxNesting = 16;
    const int MaxNodes = 1000;

    readonly HashSet<string> _events;
    readonly HashSet<string> _outcomes;
    readonly Dictionary<string, List<YaralDefinition>> _definitions = new(StringComparer.Ordinal);

    public YaralBindings(YaralRule rule)
    {
        var conjuncts = rule.Events.Items.SelectMany(YaralTree.Conjuncts).ToList();
        IEnumerable<YaralExpression> all = [.. conjuncts, .. rule.Outcome.Items.Select(o => o.Value), .. rule.Match?.Keys.Items ?? []];
        Events = [.. all.SelectMany(YaralTree.All).OfType<YaralExpression.Field>().Select(f => f.Event ?? "").Distinct(StringComparer.Ordinal)];
        _events = Events.ToHashSet(StringComparer.Ordinal);
        _outcomes = rule.Outcome.Items.Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        Tests = [.. conjuncts.Where(c => !Defines(c))];
        foreach (var known in _definitions.Values)
        {
            for (var i = 0; i < known.Count; i++)
                known[i] = known[i] with { Event = Resolve(known[i].Value) is { } value && EventsOf(value) is [var only] ? only : null };
        }
    }

    /// <summary>Event variables in order of appearance; a search's only event has no name.</summary>
    public ImmutableArray<string> Events { get; }

    /// <summary>What the events section asks beside giving placeholders their values.</summary>
    public ImmutableArray<YaralExpression> Tests { get; }

    /// <summary>Placeholders in order of appearance.</summary>
    public IEnumerable<string> Placeholders => _definitions.Keys;

    public bool IsEvent(string name) => _events.Contains(name);

    public bool IsPlaceholder(string name) => _definitions.ContainsKey(name);

    public bool IsOutcome(string name) => _outcomes.Contains(name);

    public IReadOnlyList<YaralDefinition> DefinitionsOf(string placeholder) => _definitions.TryGetValue(placeholder, out var found) ? found : [];

    /// <summary>The same expression with each placeholder replaced by its value: by the one from an event where it has one there, else by its first.</summary>
    /// <returns>Null where placeholders stand for one another without end, or for more than can be written out.</returns>
    public YaralExpression? Resolve(YaralExpression node, string? preferred = null)
    {
        var budget = MaxNodes;
        var resolved = Resolve(node, preferred, 0, ref budget);
        return budget < 0 ? null : resolved;
    }

    /// <summary>The events an expression without placeholders is about.</summary>
    public static ImmutableArray<string> EventsOf(YaralExpression resolved) =>
        [.. YaralTree.All(resolved).OfType<YaralExpression.Field>().Select(f => f.Event ?? "").Distinct(StringComparer.Ordinal)];

    YaralExpression Resolve(YaralExpression node, string? preferred, int nesting, ref int budget)
    {
        if (node is YaralExpression.Variable variable && _definitions.TryGetValue(variable.Name, out var definitions))
        {
            var value = (definitions.Find(d => d.Event == preferred) ?? definitions[0]).Value;
            budget -= nesting < MaxNesting ? YaralTree.All(value).Count() : budget + 1;
            return budget < 0 ? node : Resolve(value, preferred, nesting + 1, ref budget);
        }

        var left = budget;
        var mapped = YaralTree.Map(node, part => Resolve(part, preferred, nesting, ref left));
        budget = left;
        return mapped;
    }

    // $e.a = $p, $p = f($e.a): one side is a placeholder, the other is made of fields or other placeholders.
    bool Defines(YaralExpression conjunct)
    {
        if (conjunct is not YaralExpression.Compare { Op: YaralComparison.Equal } compare)
            return false;
        var (name, value) = (compare.Left, compare.Right) switch
        {
            (YaralExpression.Variable left, var right) when !IsEvent(left.Name) && HasValue(right) => (left.Name, right),
            (var left, YaralExpression.Variable right) when !IsEvent(right.Name) && HasValue(left) => (right.Name, left),
            _ => ("", compare.Right),
        };
        if (name.Length == 0)
            return false;
        if (!_definitions.TryGetValue(name, out var known))
            _definitions.Add(name, known = []);
        known.Add(new(name, value, Event: null, conjunct.Span));
        return true;
    }

    bool HasValue(YaralExpression side) =>
        side is not YaralExpression.Variable && YaralTree.All(side).Any(n => n is YaralExpression.Field || (n is YaralExpression.Variable v && !IsEvent(v.Name)))
        && !YaralTree.All(side).Any(n => n is YaralExpression.Each);
}
