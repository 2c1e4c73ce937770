using System.Collections.Frozen;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Functions: those with nodes of their own, those of the query text put in, and the others by name.
    sealed partial class Lowering
    {
        // Where a function means what it does elsewhere it has the name it has there.
        static readonly FrozenDictionary<string, string> Canonical = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tolower"] = "lower",
            ["toupper"] = "upper",
            ["strcat"] = "concat",
            ["todynamic"] = "parse_json",
            ["toobject"] = "parse_json",
            ["parsejson"] = "parse_json",
            ["extractjson"] = "extract_json",
        }.ToFrozenDictionary(StringComparer.Ordinal);

        static readonly FrozenSet<string> Windows = FrozenSet.Create(
            StringComparer.Ordinal, "prev", "next", "row_number", "row_cumsum", "row_rank_dense", "row_rank_min", "row_window_session");

        static readonly FrozenSet<string> Conditions = FrozenSet.Create(
            StringComparer.Ordinal,
            "not", "isempty", "isnotempty", "notempty", "isnull", "isnotnull", "notnull", "ipv4_is_in_range", "ipv6_is_in_range", "ipv4_is_in_any_range", "ipv6_is_in_any_range");

        bool _aggregating;

        Expression Call(KustoExpression.Call call, KustoScope scope)
        {
            if (scope.Find(call.Callee) is KustoBinding.Function function)
            {
                var inner = Inside(function, call.Arguments, scope, null);
                return function.Value.Body.Value is { } result ? Value(result, inner) : NoValue(call, $"function '{call.Callee}' without a value");
            }

            if (_aggregating && KustoAggregates.Of(call.Callee) is { } aggregate)
                return Aggregate(call, aggregate, scope);
            if (Conditions.Contains(call.Callee))
                return new Expression.Boolean(ConditionCall(call, scope));
            var arguments = call.Arguments;
            return (call.Callee, arguments.Count) switch
            {
                ("iff" or "iif", 3) => new Expression.If(Condition(arguments[0].Value, scope), Value(arguments[1].Value, scope), Value(arguments[2].Value, scope)),
                ("case", >= 3) when arguments.Count % 2 == 1 => Case(arguments, scope),
                ("coalesce", _) => new Expression.Coalesce(Values(arguments, scope)),
                ("pack_array", _) => new Expression.ListOf(Values(arguments, scope)),
                // A column that may not exist reads as its default.
                ("column_ifexists" or "columnifexists", 2) when arguments[0].Value is KustoExpression.String(var name, _) =>
                    new Expression.Coalesce([new Expression.Ref(Target(name, scope.Row, arguments[0].Span)) { Span = arguments[0].Span }, Value(arguments[1].Value, scope)]),
                ("materialize" or "toscalar" or "totable", 1) => Value(arguments[0].Value, scope),
                _ when Windows.Contains(call.Callee) => new Expression.Window(call.Callee, Values(arguments, scope), []),
                _ when IsTabular(call, scope) => Scalar(call, scope),
                _ => new Expression.Call(Canonical.GetValueOrDefault(call.Callee, call.Callee.ToLowerInvariant()), Values(arguments, scope), Dialect.Kusto),
            };
        }

        EquatableArray<Expression> Values(IEnumerable<KustoPart.Item> items, KustoScope scope) => [.. items.Select(i => Value(i.Value, scope))];

        Expression.Case Case(EquatableArray<KustoPart.Item> arguments, KustoScope scope)
        {
            var arms = Enumerable.Range(0, arguments.Count / 2)
                .Select(i => new Expression.Arm(Condition(arguments[2 * i].Value, scope), Value(arguments[(2 * i) + 1].Value, scope)));
            return new([.. arms], Value(arguments[^1].Value, scope));
        }

        Expression.Aggregate Aggregate(KustoExpression.Call call, (string Name, bool Filtered) aggregate, KustoScope scope)
        {
            // What an aggregate takes are values of single rows.
            _aggregating = false;
            Predicate? filter = null;
            var arguments = call.Arguments.Items;
            if (aggregate.Filtered && arguments.Length > 0)
            {
                // make_set_if(x, condition, limit): the condition is second, in countif the first.
                var place = call.Callee is "countif" ? 0 : Math.Min(1, arguments.Length - 1);
                filter = Condition(arguments[place].Value, scope);
                arguments = arguments.RemoveAt(place);
            }

            var values = Values(arguments, scope);
            _aggregating = true;
            return new(aggregate.Name, values) { Filter = filter, CountsNulls = aggregate.Name is "count", Distinct = call.Callee is "count_distinct" or "count_distinctif" };
        }

        // The scope inside a function of the query text: its parameters and the lets of its body. Rows are seen through parameters only.
        KustoScope Inside(KustoBinding.Function function, EquatableArray<KustoPart.Item> arguments, KustoScope caller, KustoFlow? input)
        {
            var inner = function.Scope.Outside;
            var given = new Queue<KustoPart.Item>(arguments.Where(a => a.Names.IsEmpty));
            foreach (var (column, fallback) in function.Value.Parameters)
            {
                if (input is { } flow && column.Table is not null)
                {
                    inner = inner.Bind(column.Name, View(column.Name, flow));
                    input = null;
                    continue;
                }

                var argument = arguments.FirstOrDefault(a => a.Names is [var name] && string.Equals(name, column.Name, StringComparison.Ordinal))?.Value;
                if (argument is null && given.TryDequeue(out var next))
                    argument = next.Value;
                inner = inner.Bind(column.Name, Argument(argument, column, fallback, caller, function.Scope));
            }

            foreach (var statement in function.Value.Body.Statements)
                inner = Declared(statement, inner);
            return inner;
        }

        KustoBinding Argument(KustoExpression? argument, KustoPart.Column column, KustoExpression? fallback, KustoScope caller, KustoScope outer)
        {
            if (argument is not null)
                return column.Table is not null ? View(column.Name, Table(argument, caller.Outside)) : new KustoBinding.Scalar(argument, caller);
            return fallback is not null ? new KustoBinding.Scalar(fallback, outer) : new KustoBinding.Scalar(new KustoExpression.Missing(), outer);
        }
    }
}
