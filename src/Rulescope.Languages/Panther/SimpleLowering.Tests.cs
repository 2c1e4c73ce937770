using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Yaml;

namespace Rulescope.Languages.Panther;

public static partial class SimpleLowering
{
    sealed partial class Meaning
    {
        static readonly ImmutableArray<string> EveryV4 = ["0.0.0.0/0"];

        static readonly ImmutableArray<string> EveryV6 = ["::/0"];

        Predicate Tested(SimpleExpression.KeyTest test)
        {
            var value = Value(test.Key);
            return test.Condition.Test switch
            {
                SimpleTest.Exists => new Predicate.Absent(value, Absence.Missing),
                SimpleTest.Null => new Predicate.Absent(value, Absence.Missing | Absence.Null),
                SimpleTest.NullOrEmpty => new Predicate.Absent(value, Absence.Missing | Absence.Null | Absence.Empty),
                SimpleTest.Address => InNetworks(value, [.. EveryV4, .. EveryV6]),
                SimpleTest.AddressV4 => InNetworks(value, EveryV4),
                SimpleTest.AddressV6 => InNetworks(value, EveryV6),
                // What is no address is neither; the functions would fail on it.
                SimpleTest.PrivateAddress => new Predicate.And([InNetworks(value, [.. EveryV4, .. EveryV6]), Is("ip_is_private", value)]),
                SimpleTest.PublicAddress => new Predicate.And([InNetworks(value, [.. EveryV4, .. EveryV6]), Is("ip_is_global", value)]),
                SimpleTest.In => Members(test, value, new Match.Exact()),
                SimpleTest.InNetwork => Members(test, value, new Match.Cidr()),
                _ => new Predicate.Test(value, MatchOf(test.Condition.Test), [Constant(test.Values[0])], SemanticsOf(test.Condition, IsMany(test.Key))),
            };
        }

        Predicate Tested(SimpleExpression.KeysTest test)
        {
            var condition = test.Condition;
            // A list of values is compared with each of another key's, like one that is written down.
            Match match = condition.Test switch { SimpleTest.In => new Match.Member(), SimpleTest.InNetwork => new Match.Cidr(), var other => MatchOf(other) };
            return condition.Test is SimpleTest.In
                ? new Predicate.Test(Value(test.Right), match, [Value(test.Left)], Semantics(false))
                : new Predicate.Test(Value(test.Left), match, [Value(test.Right)], SemanticsOf(condition, IsMany(test.Left)));
        }

        static Predicate.InSet Members(SimpleExpression.KeyTest test, Expression value, Match match) =>
            new(value, new ValueSet.List([.. test.Values.Select(Expression (v) => Constant(v))]), match, Semantics(IsMany(test.Key)));

        static Predicate.InSet InNetworks(Expression value, ImmutableArray<string> networks) =>
            new(value, new ValueSet.List([.. networks.Select(Expression (n) => Expression.Text(n))]), new Match.Cidr(), Semantics(false));

        static Predicate.IsTrue Is(string function, Expression value) => new(new Expression.Call(function, [value], Dialect.Python));

        static Match MatchOf(SimpleTest test) => test switch
        {
            SimpleTest.Equal => new Match.Exact(),
            SimpleTest.StartsWith => new Match.Prefix(),
            SimpleTest.EndsWith => new Match.Suffix(),
            SimpleTest.Contains or SimpleTest.Has => new Match.Member(),
            SimpleTest.Greater => new Match.Order(OrderRelation.Greater) { Kind = OrderKind.ByType },
            SimpleTest.GreaterOrEqual => new Match.Order(OrderRelation.GreaterOrEqual) { Kind = OrderKind.ByType },
            SimpleTest.Less => new Match.Order(OrderRelation.Less) { Kind = OrderKind.ByType },
            SimpleTest.LessOrEqual => new Match.Order(OrderRelation.LessOrEqual) { Kind = OrderKind.ByType },
            _ => throw new UnreachableException(test.ToString()),
        };

        static Semantics SemanticsOf(SimpleCondition condition, bool isMany) =>
            condition.IgnoresCase ? Semantics(isMany) with { Fold = new Folding.PythonLower() } : Semantics(isMany);

        // Expressions become Python, where true is the number 1 and a list is compared as a whole; a path with [*] gives several values, of which one is enough.
        static Semantics Semantics(bool isMany) => new() { Coerce = new Coercion.BooleanAsNumber(), Multi = isMany ? MultiValue.Any : MultiValue.WholeList };

        static bool IsMany(SimpleKey key) => Path(key).Segments.Items.Any(s => s is PathSegment.Each);

        static Expression.Constant Constant(YamlNode.Scalar value)
        {
            Literal literal = value switch
            {
                { IsNull: true } => new Literal.Null(),
                { Boolean: { } flag } => new Literal.Boolean(flag),
                { Integer: { } whole } => new Literal.Integer(whole),
                { Kind: YamlKind.Float, Number: { } real } => new Literal.Real(real),
                _ => new Literal.String(value.Value),
            };
            return new(literal) { Span = value.Span };
        }
    }
}
