using System.Collections.Frozen;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Where rows come from.
    sealed partial class Lowering
    {
        static readonly FrozenSet<string> TableFunctions = FrozenSet.Create(StringComparer.Ordinal, "table", "_GetWatchlist", "materialized_view", "external_table", "workspace", "app", "adx", "arg");

        static readonly string[] TablePrefixes = ["_Im_", "_ASim_", "ASim", "im", "vim"];

        // Whether a value is a table: the grammar does not tell, the operators and what names are bound to do.
        // A bare name can only be a table where there is no row, as in a let.
        bool IsTabular(KustoExpression syntax, KustoScope scope, bool bareNames = false, int depth = 0)
        {
            var (behind, outer) = Behind(syntax, scope);
            return behind switch
            {
                KustoExpression.Pipeline or KustoExpression.DataTable or KustoExpression.ExternalData or KustoExpression.Materialize or KustoExpression.ToTable
                    or KustoExpression.Scoped or KustoExpression.EntityGroup => true,
                KustoExpression.Name(var name) => outer.Find(name) is KustoBinding.Table || (bareNames && outer.Find(name) is null && name is not ['{', ..]),
                KustoExpression.Path { Root: KustoExpression.Call { Callee: "cluster" or "database" or "workspace" or "app" or "adx" or "arg" } } => true,
                KustoExpression.Call call when outer.Find(call.Callee) is KustoBinding.Function function => depth < 20 && ReturnsTable(function, depth + 1),
                KustoExpression.Call call => TableFunctions.Contains(call.Callee) || Array.Exists(TablePrefixes, p => call.Callee.StartsWith(p, StringComparison.Ordinal) && call.Callee.Length > p.Length && char.IsUpper(call.Callee[p.Length])),
                _ => false,
            };
        }

        bool ReturnsTable(KustoBinding.Function function, int depth)
        {
            var value = function.Value.Body.Value;
            if (value is KustoExpression.Name(var name))
            {
                if (function.Value.Parameters.FirstOrDefault(p => p.Parameter.Name == name) is { } parameter)
                    return parameter.Parameter.Table is not null;
                value = function.Value.Body.Statements.OfType<KustoStatement.Let>().LastOrDefault(l => l.Name == name)?.Value ?? value;
            }

            return value is not null and not KustoExpression.Function && IsTabular(value, function.Scope, bareNames: true, depth);
        }

        KustoFlow Table(KustoExpression syntax, KustoScope scope, KustoFlow? input = null)
        {
            if (!Enter(syntax.Span))
                return new(new Plan.Unsupported("…") { Span = syntax.Span }, KustoRow.Open, 1);
            var flow = TableOf(syntax, scope, input);
            _depth--;
            return flow.Plan.Span == default ? flow with { Plan = flow.Plan with { Span = syntax.Span } } : flow;
        }

        KustoFlow TableOf(KustoExpression syntax, KustoScope scope, KustoFlow? input) => syntax switch
        {
            KustoExpression.Pipeline pipeline => Pipeline(pipeline, scope, input),
            KustoExpression.Name name => NamedTable(name, scope),
            KustoExpression.Wildcard(var pattern) => Source(pattern),
            KustoExpression.Call call => Called(call, scope, null),
            KustoExpression.Path path => Remote(path, scope),
            KustoExpression.Materialize(var query) => Table(query, scope),
            KustoExpression.ToTable(_, var query) => Table(query, scope),
            KustoExpression.Scoped(var table, _) => Table(table, scope),
            KustoExpression.DataTable table => Rows(table, scope),
            KustoExpression.ExternalData data => External(data),
            KustoExpression.Missing => new(new Plan.Unsupported(""), KustoRow.Open, 1),
            _ => NoTable(syntax),
        };

        KustoFlow NoTable(KustoExpression syntax)
        {
            NoModel($"'{KustoWriter.Write(syntax)}' as a table", syntax.Span);
            return new(new Plan.Unsupported(KustoWriter.Write(syntax)), KustoRow.Open, 1);
        }

        static KustoFlow Source(string table, params ReadOnlySpan<LogSource.Term> place) =>
            new(new Plan.Source(new(Vendor, [new("table", [table]), .. place])), KustoRow.Open, 1);

        KustoFlow NamedTable(KustoExpression.Name name, KustoScope scope) => scope.Outside.Find(name.Value) switch
        {
            KustoBinding.Table table => new(table.Plan with { Span = name.Span }, table.Row, 1),
            KustoBinding.Scalar scalar => Table(scalar.Value, scalar.Scope),
            KustoBinding.Function => Called(new KustoExpression.Call(name.Value, []) { Span = name.Span }, scope, null),
            _ => Source(name.Value),
        };

        KustoFlow Called(KustoExpression.Call call, KustoScope scope, KustoFlow? input)
        {
            if (scope.Outside.Find(call.Callee) is KustoBinding.Function function)
            {
                var inner = Inside(function, call.Arguments, scope, input);
                return function.Value.Body.Value is { } result ? Table(result, inner) : NoTable(call);
            }

            if (call.Arguments is [{ Value: var only }, ..] && Behind(only, scope).Syntax is KustoExpression.String(var named, _))
            {
                if (call.Callee is "table" or "materialized_view" or "external_table")
                    return Source(named);
                if (call.Callee is "_GetWatchlist")
                    return new(new Plan.Source(new(Vendor, [new("watchlist", [named])])), KustoRow.Open, 1);
            }

            var source = Source(call.Callee);
            // What the parameters of a function elsewhere filter is not known.
            return call.Arguments.IsEmpty ? source : source.To(new Plan.Opaque(source.Plan with { Span = call.Span }, KustoWriter.Write(call)));
        }

        // cluster("c").database("d").Table
        KustoFlow Remote(KustoExpression.Path path, KustoScope scope)
        {
            var places = path.Accesses.Select(a => a.Selector).Prepend(path.Root).OfType<KustoExpression.Call>()
                .Where(c => c.Callee is "cluster" or "database" or "workspace")
                .Select(c => c.Arguments is [{ Value: var only }, ..] && Behind(only, scope).Syntax is KustoExpression.String(var name, _) ? new LogSource.Term(c.Callee, [name]) : null)
                .OfType<LogSource.Term>().ToArray();
            return path.Accesses[^1].Selector switch
            {
                KustoExpression.Name(var table) => Source(table, places),
                KustoExpression.Wildcard(var pattern) => Source(pattern, places),
                KustoExpression.Call { Callee: "table", Arguments: [{ Value: KustoExpression.String(var table, _) }, ..] } => Source(table, places),
                KustoExpression.Call call when call.Callee is not ("cluster" or "database") => Source(call.Callee, places),
                _ => NoTable(path),
            };
        }

        KustoFlow Rows(KustoExpression.DataTable table, KustoScope scope)
        {
            var columns = table.Schema.Columns.Select(c => c.Name).ToList();
            var width = Math.Max(1, columns.Count);
            var cells = table.Values.SelectMany(v => columns.Count == 1 ? Listed(v, scope) : [Value(v, scope)]).ToList();
            var rows = Enumerable.Range(0, cells.Count / width).Select(r => new Plan.Row([.. cells.Skip(r * width).Take(width)]));
            return new(new Plan.Rows([.. columns], [.. rows]), KustoRow.Of(columns), 1);
        }

        // The rows lie elsewhere: an opaque view with its columns.
        KustoFlow External(KustoExpression.ExternalData data)
        {
            var columns = data.Schema.Columns.Select(c => c.Name).ToList();
            var name = NewView("externaldata", new(new Plan.Use(""), KustoRow.Of(columns), 1));
            _views[^1] = new View(name, null) { Columns = [.. columns] };
            return new(new Plan.Use(name), KustoRow.Of(columns), 1);
        }

        KustoFlow Pipeline(KustoExpression.Pipeline pipeline, KustoScope scope, KustoFlow? input)
        {
            var flow = pipeline.Source is { } source ? Table(source, scope) : input;
            foreach (var stage in pipeline.Operators)
            {
                if (flow is { Depth: >= MaxDepth } deep)
                {
                    Report(stage.Span, KustoCodes.LowersTooDeep, MaxDepth);
                    return deep with { Plan = new Plan.Unsupported("…") { Span = stage.Span, Inputs = [deep.Plan] } };
                }

                if (!Enter(stage.Span))
                    break;
                var next = flow is { } rows ? Stage(stage, rows, scope with { Row = rows.Row }) : First(stage, scope.Outside);
                _depth--;
                flow = next.Plan.Span == default ? next with { Plan = next.Plan with { Span = stage.Span } } : next;
            }

            return flow ?? new(new Plan.Unsupported("…"), KustoRow.Open, 1);
        }

        static string Written(KustoOperator stage) => KustoWriter.Write(new KustoExpression.Pipeline(null, [stage]));

        KustoFlow NoStage(KustoOperator stage, params ReadOnlySpan<KustoFlow> inputs)
        {
            var text = Written(stage);
            NoModel($"'{text.AsSpan(0, Math.Min(text.Length, 40))}'", stage.Span);
            var depth = 1;
            foreach (var input in inputs)
                depth = Math.Max(depth, input.Depth + 1);
            var plans = new EquatableArray<Plan>([.. inputs.ToArray().Select(i => i.Plan)]);
            return new(new Plan.Unsupported(text) { Inputs = plans }, inputs.Length == 1 ? inputs[0].Row with { Closed = false } : KustoRow.Open, depth);
        }

        // An operator that begins a query.
        KustoFlow First(KustoOperator stage, KustoScope scope) => stage switch
        {
            KustoOperator.Union union => Union(union, null, scope),
            KustoOperator.Search search => Search(search, null, scope),
            KustoOperator.Find find => Find(find, scope),
            KustoOperator.Print print => Print(print, scope),
            KustoOperator.Range range => Range(range, scope),
            KustoOperator.Unsupported or KustoOperator.MacroExpand or KustoOperator.Evaluate => NoStage(stage),
            _ => Stage(stage, new(new Plan.Source(everywhere), KustoRow.Open, 1), scope),
        };

        KustoFlow Print(KustoOperator.Print print, KustoScope scope)
        {
            var values = print.Columns.Select(c => Value(c.Value, scope)).ToList();
            var names = print.Columns.Select((c, i) => c.Names is [var name, ..] ? name : $"print_{i}").ToList();
            return new(new Plan.Rows([.. names], [new Plan.Row([.. values])]), KustoRow.Of(names), 1);
        }

        // The rows of a short range; of others only the text.
        KustoFlow Range(KustoOperator.Range range, KustoScope scope)
        {
            var (from, to, step) = (Whole(Value(range.From, scope)), Whole(Value(range.To, scope)), Whole(Value(range.Step, scope)));
            var row = KustoRow.Of([range.Name]);
            if (from is not { } low || to is not { } high || step is not (> 0 and var by) || low > high || ((Int128)high - low) / by > 1000)
                return NoStage(range) with { Row = row };
            var rows = new List<Plan.Row>();
            for (Int128 i = low; i <= high; i += by)
                rows.Add(new([Expression.Number((long)i)]));
            return new(new Plan.Rows([range.Name], [.. rows]), row, 1);
        }
    }
}
