using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>What match expressions mean. They are two-valued: on a null or missing value a condition is false and its opposite true.</summary>
/// <remarks>Source: Panther's match expression reference and its page on inline filters, which say what a missing value does; the rest is in docs/languages/panther.md.</remarks>
public static partial class SimpleLowering
{
    /// <summary>The words of the fields, and the vendor of the log sources.</summary>
    public const string Vendor = "panther";

    /// <summary>The condition of a detection: all expressions hold.</summary>
    public static Parsed<Predicate> Lower(ImmutableArray<SimpleExpression> expressions) => new(new Meaning(default).All(expressions), []);

    /// <summary>The condition of inline filters: the same, but an event without the field passes.</summary>
    public static Parsed<Predicate> LowerFilter(ImmutableArray<SimpleExpression> expressions)
    {
        var lowered = new Meaning(Truth.True).All(expressions);
        ImmutableArray<Diagnostic> findings = lowered is Predicate.And { Terms.IsEmpty: true } ? [Diagnostic.At(expressions.IsEmpty ? default : expressions[0].Span, SimpleCodes.NoTerms)] : [];
        return new(lowered, findings);
    }

    /// <summary>The field of the event that a key names.</summary>
    public static Expression.Ref Field(SimpleKey key) =>
        new(new Reference.Field(Path(key)) { Lookup = KeyLookup.IgnoreCase, Vocabulary = Vendor, Span = key.Span }) { Span = key.Span };

    static FieldPath Path(SimpleKey key) => key switch
    {
        SimpleKey.Key name => FieldPath.Of(name.Name),
        SimpleKey.Deep deep => new([.. deep.Steps.Select(Step)]),
        SimpleKey.Path path => SimplePaths.Parse(path.Text) ?? FieldPath.Of(path.Text),
        SimpleKey.Enrichment row => new([.. Keys("p_enrichment", row.Table, row.Selector), .. SimplePaths.Parse(row.FieldPath)?.Segments.Items ?? []]),
        _ => throw new UnreachableException(key.GetType().Name),
    };

    static PathSegment Step(YamlNode.Scalar step) =>
        step.Integer is >= int.MinValue and <= int.MaxValue and var place ? new PathSegment.Index((int)place) : new PathSegment.Key(step.Value);

    static IEnumerable<PathSegment> Keys(params ImmutableArray<string> names) => names.Select(PathSegment (n) => new PathSegment.Key(n));

    /// <summary>One reading of expressions.</summary>
    /// <param name="onMissing">What a test gives where the event has no such field, whatever its condition.</param>
    sealed partial class Meaning(Truth? onMissing)
    {
        int _variables;
        string? _element;

        public Predicate All(ImmutableArray<SimpleExpression> expressions)
        {
            var terms = Terms(expressions);
            return terms is [var only] ? only : new Predicate.And(terms) { Span = Cover(expressions) };
        }

        // A combinator that lists nothing asks nothing.
        ImmutableArray<Predicate> Terms(IEnumerable<SimpleExpression> expressions) =>
            [.. expressions.Where(e => e is not SimpleExpression.Combined { Terms.IsEmpty: true }).Select(Lower)];

        Predicate Lower(SimpleExpression expression) => expression switch
        {
            SimpleExpression.Combined combined => Combined(combined) with { Span = combined.Span },
            // Presence is the opposite of the algebra's absence.
            SimpleExpression.KeyTest { Condition.Test: SimpleTest.Exists } test => Known(test.Key, IsTurned(test) ? Tested(test) : new Predicate.Not(Tested(test)), test.Span),
            SimpleExpression.KeyTest test => Known(test.Key, Signed(Tested(test), IsTurned(test), test.Condition), test.Span),
            SimpleExpression.KeysTest test => Known(test.Left, Signed(Tested(test), test.Condition.Negated, test.Condition), test.Span),
            SimpleExpression.Elements elements => Elements(elements),
            SimpleExpression.Absolute absolute => new Predicate.Constant(Kleene.Of(absolute.Value)) { Span = absolute.Span },
            SimpleExpression.Unread unread => new Predicate.Unsupported(unread.Text) { Span = unread.Span },
            _ => throw new UnreachableException(expression.GetType().Name),
        };

        Predicate Combined(SimpleExpression.Combined combined)
        {
            var terms = Terms(combined.Terms);
            var written = new Written(combined.Combinator.ToString(), combined.Span);
            return combined.Combinator switch
            {
                SimpleCombinator.All => terms is [var only] ? only : new Predicate.And(terms),
                SimpleCombinator.Any => terms is [var only] ? only : new Predicate.Or(terms),
                SimpleCombinator.None => new Predicate.Not(terms is [var only] ? only : new Predicate.Or(terms)) { Written = written },
                SimpleCombinator.OnlyOne => new Predicate.And([new Predicate.AtLeast(1, terms), new Predicate.Not(new Predicate.AtLeast(2, terms))]) { Written = written },
                _ => throw new UnreachableException(combined.Combinator.ToString()),
            };
        }

        Predicate Elements(SimpleExpression.Elements elements)
        {
            var collection = Value(elements.Key);
            var outer = _element;
            var variable = $"e{++_variables}";
            _element = variable;
            var body = All([.. elements.Expressions]);
            _element = outer;
            Predicate some = new Predicate.Some(collection, variable, body) { Span = elements.Span };
            Predicate lowered = elements.Quantifier switch
            {
                SimpleQuantifier.AnyElement => some,
                SimpleQuantifier.AllElements => new Predicate.Every(collection, variable, body),
                SimpleQuantifier.NoElement => new Predicate.Not(some) { Written = new(elements.Quantifier.ToString(), elements.Span) { Negated = true } },
                // An exact number of elements is the length of what the expressions leave of the list.
                SimpleQuantifier.OnlyOneElement => new Predicate.And([some, new Predicate.Test(
                    new Expression.Call("len", [new Expression.Call("filter", [collection, new Expression.Lambda([variable], new Expression.Boolean(body))], Dialect.Python)], Dialect.Python),
                    new Match.Exact(), [Expression.Number(1)], Semantics(false)) { Span = elements.Span }]),
                _ => throw new UnreachableException(elements.Quantifier.ToString()),
            };
            return Known(elements.Key, lowered, elements.Span);
        }

        // Inside a list's expressions keys are those of the element.
        Expression.Ref Value(SimpleKey key) => _element is { } element
            ? new(new Reference.LoopVariable(element) { Path = Path(key), Lookup = KeyLookup.IgnoreCase, Span = key.Span }) { Span = key.Span }
            : Field(key);

        Predicate Known(SimpleKey key, Predicate test, SourceSpan span)
        {
            if (onMissing is not Truth.True || _element is not null)
                return test with { Span = span };
            return new Predicate.Or([new Predicate.Absent(Value(key), Absence.Missing) { Span = key.Span }, test with { Span = span }]) { Span = span };
        }

        static Predicate Signed(Predicate test, bool isNegated, SimpleCondition condition) =>
            isNegated ? new Predicate.Not(test) { Span = test.Span, Written = new(condition.Word, condition.Span) { Negated = true } } : test;

        // "IsIPAddress: false" is the opposite of "IsIPAddress".
        static bool IsTurned(SimpleExpression.KeyTest test) =>
            test.Condition.Negated != (SimpleConditions.NeedsNoValue(test.Condition.Test) && test.Values is [{ Boolean: false }]);

        static SourceSpan Cover(ImmutableArray<SimpleExpression> expressions) =>
            expressions.IsEmpty ? default : SourceSpan.Cover(expressions[0].Span, expressions[^1].Span);
    }
}
