using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public static partial class YaralLowering
{
    // Conditions over the fields of events.
    sealed partial class Lowering
    {
        Predicate Condition(YaralExpression node, bool folds = false) => node switch
        {
            YaralExpression.And and => Conjunction([.. and.Terms], and.Span),
            YaralExpression.Or or => Terms.Any([.. or.Terms.Items.Select(t => Condition(t))], or.Span),
            YaralExpression.Not not => Copied(not, not.Operand, () => new Predicate.Not(Condition(not.Operand)) { Span = not.Span }),
            YaralExpression.NoCase folded => Condition(folded.Operand, folds: true),
            YaralExpression.SomeOf some => SomeOf(some, [.. some.Items.Items.Select(t => Condition(t))]),
            YaralExpression.Boolean flag => new Predicate.Constant(Kleene.Of(flag.Value)) { Span = flag.Span },
            YaralExpression.Unsupported unread => new Predicate.Unsupported(unread.SourceText) { Span = unread.Span },
            YaralExpression.Compare or YaralExpression.In or YaralExpression.Call => Quantified(node, folds),
            _ => NoMeaning(node),
        };

        static Predicate SomeOf(YaralExpression.SomeOf some, ImmutableArray<Predicate> terms) => some.Quantity switch
        {
            "any" => Terms.Any(terms, some.Span),
            "all" => Terms.All(terms, some.Span),
            var digits when int.TryParse(digits, out var count) => new Predicate.AtLeast(count, terms) { Span = some.Span },
            _ => new Predicate.Unsupported(YaralWriter.Write(some)) { Span = some.Span },
        };

        Predicate.Unsupported NoMeaning(YaralExpression node)
        {
            var text = YaralWriter.Write(node);
            if (!IsReported(node))
                Report(node.Span, YaralCodes.NoMeaning, text);
            return new(text) { Span = node.Span };
        }

        // What was not read has its finding already.
        static bool IsReported(YaralExpression node) => YaralTree.All(node).Any(n => n is YaralExpression.Unsupported);

        // any f = v: the quantifier stands before the field, wherever in the test that is, and means the whole test.
        Predicate Quantified(YaralExpression node, bool folds)
        {
            if (_quantified is not null || Quantifier(node) is not { } each)
                return Atom(node, folds);
            if (each.Operand is not YaralExpression.Field field)
                return NoMeaning(each);
            var collection = OfEvent(field);
            var name = NameOf(field.Path.Count, field);
            _quantified = (each, name);
            var body = Atom(node, folds);
            _quantified = null;
            return each.Quantifier == YaralQuantifier.Any
                ? new Predicate.Some(collection, name, body) { Span = node.Span }
                : new Predicate.Every(collection, name, body) { Span = node.Span };
        }

        (YaralExpression.Each Node, string Variable)? _quantified;

        static YaralExpression.Each? Quantifier(YaralExpression node) => YaralTree.All(node).OfType<YaralExpression.Each>().FirstOrDefault();

        Predicate Atom(YaralExpression node, bool folds) => Copied(node, node, () => node switch
        {
            YaralExpression.Compare compare => Compare(compare, folds),
            YaralExpression.In member => Member(member, folds),
            YaralExpression.Call call => BooleanCall(call, folds),
            _ => throw new UnreachableException(node.GetType().Name),
        });

        Predicate Compare(YaralExpression.Compare compare, bool folds)
        {
            var (left, op, right) = IsConstant(compare.Left) && !IsConstant(compare.Right)
                ? (compare.Right, Mirrored(compare.Op), compare.Left)
                : (compare.Left, compare.Op, compare.Right);
            var negated = op == YaralComparison.NotEqual;
            var test = (left, right) switch
            {
                (YaralExpression.Unsupported, _) or (_, YaralExpression.Unsupported) => NoMeaning(compare),
                (YaralExpression.Call or YaralExpression.Compare or YaralExpression.Not or YaralExpression.And or YaralExpression.Or, YaralExpression.Boolean flag)
                    when op is YaralComparison.Equal or YaralComparison.NotEqual && IsTest(left) =>
                    flag.Value ? Condition(left, folds) : new Predicate.Not(Condition(left, folds)) { Span = compare.Span },
                (_, YaralExpression.List list) when op is YaralComparison.Equal or YaralComparison.NotEqual => Listed(left, YaralListMatch.Exact, list, folds, compare.Span),
                (YaralExpression.List, _) when op is YaralComparison.Equal or YaralComparison.NotEqual && left is YaralExpression.List list =>
                    Listed(right, YaralListMatch.Exact, list, folds, compare.Span),
                (_, YaralExpression.Regex regex) when op is YaralComparison.Equal or YaralComparison.NotEqual => Pattern(compare, left, regex, folds),
                (_, YaralExpression.Regex or YaralExpression.List) or (YaralExpression.Regex, _) => NoMeaning(compare),
                _ when IsConstant(right) => Meets(left, Value(right), Relation(op, right is YaralExpression.Text ? OrderKind.Text : OrderKind.Numeric), folds, compare.Span),
                _ => BetweenFields(left, Relation(op, OrderKind.Numeric), right, folds, compare.Span),
            };
            return negated ? new Predicate.Not(test) { Span = compare.Span, Written = new("!=", compare.OpSpan) { Negated = true } } : test;
        }

        // A test that some function is or does, against true or false.
        static bool IsTest(YaralExpression node) => node is not YaralExpression.Call call || YaralFunctions.IsTest(call.Function);

        Predicate Member(YaralExpression.In member, bool folds)
        {
            var test = member.Members switch
            {
                YaralExpression.List list => Listed(member.Value, member.Match, list, folds, member.Span),
                YaralExpression.Array array when array.Items.Items.All(IsConstant) => Enumerated(member.Value, member.Match, array, folds, member.Span),
                _ => NoMeaning(member),
            };
            return member.Negated ? new Predicate.Not(test) { Span = member.Span, Written = new("not in", default) { Negated = true } } : test;
        }

        // A list's lines are values that somebody wrote, so the empty value of an absent field is none of them.
        Predicate Listed(YaralExpression value, YaralListMatch match, YaralExpression.List list, bool folds, SourceSpan span) =>
            new Predicate.InSet(Value(value), new ValueSet.Named(list.Name) { Column = list.Column, Span = list.Span }, MatchOf(match), Zeros.Of(folds, Truth.False)) { Span = span };

        Predicate Enumerated(YaralExpression value, YaralListMatch match, YaralExpression.Array array, bool folds, SourceSpan span)
        {
            var items = array.Items.Items.Select(Value).ToEquatableArray();
            var onZero = Kleene.Of(items.Items.Any(i => Zeros.Meets(MatchOf(match), i) ?? false));
            return new Predicate.InSet(Value(value), new ValueSet.List(items), MatchOf(match), Zeros.Of(folds, onZero)) { Span = span };
        }

        static Match MatchOf(YaralListMatch match) => match switch
        {
            YaralListMatch.Exact => new Match.Exact(),
            YaralListMatch.Regex => new Match.Regex(RegexDialect.Re2),
            YaralListMatch.Cidr => new Match.Cidr(),
            _ => throw new UnreachableException(match.ToString()),
        };

        Predicate Pattern(YaralExpression node, YaralExpression subject, YaralExpression pattern, bool folds)
        {
            if (pattern is YaralExpression.Text or YaralExpression.Regex)
                return Meets(subject, Value(pattern), new Match.Regex(RegexDialect.Re2), folds, node.Span);
            Report(pattern.Span, YaralCodes.NotAPattern, YaralWriter.Write(pattern));
            return new Predicate.Unsupported(YaralWriter.Write(node)) { Span = node.Span };
        }

        // A value against a constant. Where it cannot be told what the empty text gives, the subject is written as empty where it is absent.
        Predicate Meets(YaralExpression subject, Expression operand, Match match, bool folds, SourceSpan span)
        {
            var value = Value(subject);
            if (value is Expression.Unsupported unread)
                return new Predicate.Unsupported(unread.SourceText) { Span = span };
            var onZero = match is Match.Exact && operand is Expression.Constant { Value: Literal.String { Value: var text } } && subject is YaralExpression.Field field && UdmFields.ZeroOf(field) == text
                ? true
                : Zeros.Meets(match, operand);
            if (onZero is null)
                value = Zeros.OrEmpty(value);
            var semantics = Zeros.Of(folds, Kleene.Of(onZero ?? false), operand);
            // A map's values are read as texts.
            if (subject is YaralExpression.Field { Path: [.., YaralStep.Key] } && operand is Expression.Constant { Value: Literal.String })
                semantics = semantics with { Coerce = new Coercion.ByText() };
            return new Predicate.Test(value, match, [operand], semantics) { Span = span };
        }

        // Two absent fields are equal: both are the zero value of their type.
        Predicate BetweenFields(YaralExpression left, Match match, YaralExpression right, bool folds, SourceSpan span)
        {
            var zero = match is Match.Order ? Expression.Number(0) : Expression.Text("");
            var (value, operand) = (Zeros.Or(Value(left), zero), Zeros.Or(Value(right), zero));
            return (value, operand) is (Expression.Unsupported, _) or (_, Expression.Unsupported)
                ? NoMeaning(new YaralExpression.Unsupported(YaralWriter.Write(left) + " … " + YaralWriter.Write(right)) { Span = span })
                : new Predicate.Test(value, match, [operand], Zeros.Of(folds, Truth.False, zero)) { Span = span };
        }

        static Match Relation(YaralComparison op, OrderKind kind) => op switch
        {
            YaralComparison.Equal or YaralComparison.NotEqual => new Match.Exact(),
            YaralComparison.Less => new Match.Order(OrderRelation.Less) { Kind = kind },
            YaralComparison.LessOrEqual => new Match.Order(OrderRelation.LessOrEqual) { Kind = kind },
            YaralComparison.Greater => new Match.Order(OrderRelation.Greater) { Kind = kind },
            YaralComparison.GreaterOrEqual => new Match.Order(OrderRelation.GreaterOrEqual) { Kind = kind },
            _ => throw new UnreachableException(op.ToString()),
        };

        static YaralComparison Mirrored(YaralComparison op) => op switch
        {
            YaralComparison.Less => YaralComparison.Greater,
            YaralComparison.LessOrEqual => YaralComparison.GreaterOrEqual,
            YaralComparison.Greater => YaralComparison.Less,
            YaralComparison.GreaterOrEqual => YaralComparison.LessOrEqual,
            _ => op,
        };

        static bool IsConstant(YaralExpression node) => node switch
        {
            YaralExpression.Text or YaralExpression.Number or YaralExpression.Boolean or YaralExpression.Duration or YaralExpression.Regex => true,
            YaralExpression.Negate negate => negate.Operand is YaralExpression.Number,
            _ => false,
        };
    }
}
