using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.IO.Enumeration;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Events;
using Rulescope.Engine.Records;

namespace Rulescope.Engine.Evaluation;

/// <summary>What one evaluation can see: the record, the columns computed so far and the variables of enclosing quantifiers.</summary>
public sealed record Scope(RecordView Record)
{
    /// <summary>Computed columns; they hide fields of the same name.</summary>
    public ImmutableDictionary<string, EventValue> Columns { get; init; } = ImmutableDictionary.Create<string, EventValue>(StringComparer.Ordinal);

    /// <summary>Elements bound by quantifiers.</summary>
    public ImmutableDictionary<string, EventValue> Variables { get; init; } = ImmutableDictionary.Create<string, EventValue>(StringComparer.Ordinal);
}

/// <summary>Evaluates the faithful form straight from its definition, over one event: slow, obvious, and what every other way of running is held against.</summary>
/// <remarks>Never throws: what cannot be evaluated is unknown. Recursion follows the nesting of the rule, which parsers limit.</remarks>
public sealed partial class ReferenceEvaluator
{
    readonly ConcurrentDictionary<(string Pattern, Match.Regex Match, Folding Folding), TranslatedRegex> _regexes = new();

    /// <summary>The truth of a condition over a scope.</summary>
    public Truth Evaluate(Predicate predicate, Scope scope) => predicate switch
    {
        Predicate.And and => All(and.Terms, term => Evaluate(term, scope)),
        Predicate.Or or => Any(or.Terms, term => Evaluate(term, scope)),
        Predicate.Not not => Kleene.Not(Evaluate(not.Operand, scope)),
        Predicate.Constant constant => constant.Value,
        Predicate.Test test => EvaluateTest(test, scope),
        Predicate.InSet set => EvaluateSet(set, scope),
        Predicate.Absent absent => EvaluateAbsent(absent, scope),
        Predicate.Some some => EvaluateSome(some, scope),
        Predicate.Every every => EvaluateEvery(every, scope),
        Predicate.IsTrue isTrue => Evaluate(isTrue.Value, scope) switch
        {
            { Trouble: not null and var trouble } => trouble.Value,
            { Value: EventValue.Bool flag } => Kleene.Of(flag.Value),
            { Value.HasValue: false } => Truth.Unknown,
            _ => Truth.False,
        },
        Predicate.Truthy truthy => Evaluate(truthy.Value, scope) switch
        {
            { Trouble: { } trouble } => trouble,
            // Endgame keeps null apart from what is false.
            { Value.HasValue: false } when truthy.Dialect is Dialect.Endgame => Truth.Unknown,
            var value => Kleene.Of(Counts(value.Value)),
        },
        Predicate.Fails fails => Kleene.Of(Evaluate(fails.Value, scope).Trouble is Truth.Error),
        Predicate.AtLeast atLeast => EvaluateAtLeast(atLeast, scope),
        Predicate.Unsupported => Truth.Unknown,
        _ => throw new UnreachableException(predicate.GetType().Name),
    };

    /// <summary>A pattern in .NET's terms, translated once.</summary>
    public TranslatedRegex Translated(string pattern, Match.Regex match, Folding folding) =>
        _regexes.GetOrAdd((pattern, match, folding), key => RegexTranslation.Translate(key.Pattern, key.Match, key.Folding));

    static Truth All<T>(IEnumerable<T> items, Func<T, Truth> evaluate)
    {
        var result = Truth.True;
        foreach (var item in items)
        {
            result = Kleene.And(result, evaluate(item));
            if (Kleene.DecidesAnd(result))
                break;
        }

        return result;
    }

    static Truth Any<T>(IEnumerable<T> items, Func<T, Truth> evaluate)
    {
        var result = Truth.False;
        foreach (var item in items)
        {
            result = Kleene.Or(result, evaluate(item));
            if (Kleene.DecidesOr(result))
                break;
        }

        return result;
    }

    static Scope Bind(Scope scope, string variable, EventValue value) => scope with { Variables = scope.Variables.SetItem(variable, value) };

    Truth EvaluateAbsent(Predicate.Absent absent, Scope scope)
    {
        var subject = Evaluate(absent.Subject, scope);
        if (subject.Trouble is { } trouble)
            return trouble;
        var state = subject.Value switch
        {
            EventValue.Missing => Absence.Missing,
            EventValue.Null => Absence.Null,
            EventValue.Text { Value: "" } or EventValue.Array { Items.IsEmpty: true } => Absence.Empty,
            _ => Absence.None,
        };
        return Kleene.Of((absent.States & state) != Absence.None);
    }

    Truth EvaluateSome(Predicate.Some some, Scope scope)
    {
        var elements = Elements(some.Collection, scope, some.KeepsEmpty);
        return elements.Trouble ?? Any(Items(elements), item => Evaluate(some.Body, Bind(scope, some.Variable, item)));
    }

    Truth EvaluateEvery(Predicate.Every every, Scope scope)
    {
        var elements = Elements(every.Collection, scope);
        if (elements.Trouble is { } trouble)
            return trouble;
        var items = Items(elements);
        return items.IsEmpty ? every.OnEmpty : All(items, item => Evaluate(every.Body, Bind(scope, every.Variable, item)));
    }

    Truth EvaluateAtLeast(Predicate.AtLeast atLeast, Scope scope)
    {
        var (held, open) = (0, 0);
        foreach (var term in atLeast.Terms)
        {
            if (held >= atLeast.Count)
                break;
            var truth = Evaluate(term, scope);
            if (truth is Truth.Error)
                return Truth.Error;
            held += truth is Truth.True ? 1 : 0;
            open += truth is Truth.Unknown ? 1 : 0;
        }

        return held >= atLeast.Count ? Truth.True : held + open >= atLeast.Count ? Truth.Unknown : Truth.False;
    }

    // A single value is a collection of one; what is missing or null has no elements.
    Evaluated Elements(Expression collection, Scope scope, bool keepsEmpty = false) => Evaluate(collection, scope) switch
    {
        { Trouble: Truth.Error } failed => failed,
        { Value: EventValue.Array { Items.IsEmpty: true } or EventValue.Missing or EventValue.Null } when keepsEmpty => new EventValue.Array([EventValue.Nothing]),
        { Value: EventValue.Array list } => list,
        { Value: EventValue.Missing or EventValue.Null } => new EventValue.Array([]),
        { Value: var single } => new EventValue.Array([single]),
    };

    static ImmutableArray<EventValue> Items(Evaluated elements) => elements.Value is EventValue.Array list ? list.Items.Items : [];

    static EventValue Resolve(Reference target, Scope scope) => target switch
    {
        Reference.Field { Path.Segments: [PathSegment.Key only] } field when scope.Columns.TryGetValue(only.Name, out var column) && field.Vocabulary.Length == 0 => column,
        Reference.Field field => EventFields.Resolve(scope.Record.Event.Content, scope.Record.Shape, scope.Record.Selector, field.Path, field.Lookup),
        Reference.Column column => scope.Columns.GetValueOrDefault(column.Name, EventValue.Nothing),
        Reference.LoopVariable variable => EventFields.Walk(
            scope.Variables.GetValueOrDefault(variable.Name, EventValue.Nothing), variable.Path.Segments.Items.AsSpan(), variable.Lookup, ignoreSpaces: false),
        Reference.FieldPattern pattern => EventFields.Matching(
            scope.Record.Event.Content, name => FileSystemName.MatchesSimpleExpression(pattern.Glob, name, ignoreCase: false)),
        Reference.AnyField => EventFields.AllText(scope.Record.Event.Content),
        Reference.Raw => new EventValue.Text(EventJson.Write(scope.Record.Event.Content)),
        Reference.Parameter { Default: { } given } => OfLiteral(given),
        Reference.Parameter => EventValue.Nothing,
        _ => throw new UnreachableException(target.GetType().Name),
    };

    static bool Counts(EventValue value) => value switch
    {
        EventValue.Bool flag => flag.Value,
        EventValue.Integer number => number.Value != 0,
        EventValue.Real number => number.Value != 0,
        EventValue.Text text => text.Value.Length > 0,
        EventValue.Array list => !list.Items.IsEmpty,
        EventValue.Object record => !record.Members.IsEmpty,
        EventValue.Duration length => length.Ticks != 0,
        EventValue.Instant => true,
        _ => false,
    };

    static EventValue OfLiteral(Literal literal) => literal switch
    {
        Literal.Null => EventValue.NullValue,
        Literal.Boolean flag => new EventValue.Bool(flag.Value),
        Literal.Integer number => new EventValue.Integer(number.Value),
        Literal.Real number => EventValue.OfNumber(number.Value),
        Literal.String text => new EventValue.Text(text.Value),
        Literal.Instant instant => new EventValue.Instant(instant.Ticks),
        Literal.Duration duration => new EventValue.Duration(duration.Ticks),
        Literal.Array list => new EventValue.Array([.. list.Items.Select(OfLiteral)]),
        Literal.Object record => new EventValue.Object([.. record.Members.Select(m => new EventValue.Member(m.Name, OfLiteral(m.Value)))]),
        _ => throw new UnreachableException(literal.GetType().Name),
    };
}
