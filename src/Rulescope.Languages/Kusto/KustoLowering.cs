using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>Gives Kusto queries their meaning: Kleene logic, absent strings read as empty, terms and folding by operator (SEMANTICS 1 to 5).</summary>
/// <remarks>
/// Tables of a <c>let</c> become views; scalars and functions are put in where they are used. What has no model stays as
/// <c>Unsupported</c> with its text and a finding. Never throws; depth and size are limited with a finding.
/// </remarks>
public static partial class KustoLowering
{
    /// <summary>The vendor id in log sources, and the vocabulary of the field names.</summary>
    public const string Vendor = "microsoft";

    /// <summary>How deep expressions and stages may nest once lets and functions are put in.</summary>
    public const int MaxDepth = 250;

    /// <summary>How many pieces a query may have once lets and functions are put in.</summary>
    public const int MaxPieces = 500_000;

    /// <summary>The meaning of a query text.</summary>
    /// <param name="query">The text as read; the last query in it is the rule, earlier ones are views.</param>
    /// <param name="everywhere">The log source where the query names no table; null for any of this vendor.</param>
    public static Parsed<RuleQuery> Lower(KustoQuery query, LogSource? everywhere = null)
    {
        var lowering = new Lowering(everywhere ?? new LogSource(Vendor, []));
        return new(lowering.Query(query), lowering.Findings);
    }

    sealed partial class Lowering(LogSource everywhere)
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        readonly ImmutableArray<View>.Builder _views = ImmutableArray.CreateBuilder<View>();
        readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
        readonly HashSet<(SourceSpan Span, DiagnosticCode Code)> _found = [];
        int _depth;
        int _pieces;

        public ImmutableArray<Diagnostic> Findings => [.. _findings.OrderBy(f => f.Span.Start)];

        public RuleQuery Query(KustoQuery query)
        {
            var scope = KustoScope.Empty;
            KustoFlow? result = null;
            foreach (var statement in query.Statements)
            {
                if (statement is KustoStatement.Query asked)
                {
                    if (result is { } earlier)
                        NewView("query", earlier);
                    result = Table(asked.Value, scope);
                }
                else
                {
                    scope = Declared(statement, scope);
                }
            }

            if (result is null)
                Report(new(query.Span.Start, 0), KustoCodes.NoQuery);
            return new(result?.Plan ?? new Plan.Source(everywhere)) { Views = _views.ToImmutable() };
        }

        KustoScope Declared(KustoStatement statement, KustoScope scope)
        {
            switch (statement)
            {
                case KustoStatement.Let(var name, KustoExpression.Function function):
                    return scope.Bind(name, new KustoBinding.Function(function, scope));
                case KustoStatement.Let(var name, var value) when IsTabular(value, scope, bareNames: true):
                    return scope.Bind(name, View(name, Table(value, scope)));
                case KustoStatement.Let(var name, var value):
                    return scope.Bind(name, new KustoBinding.Scalar(value, scope));
                case KustoStatement.QueryParameters(var parameters):
                    foreach (var parameter in parameters)
                        scope = scope.Bind(parameter.Parameter.Name, new KustoBinding.Parameter(parameter.Default is { } value ? (Value(value, scope) as Expression.Constant)?.Value : null));
                    return scope;
                case KustoStatement.Pattern or KustoStatement.Restrict:
                    NoModel(statement is KustoStatement.Pattern ? "'declare pattern'" : "'restrict access'", statement.Span);
                    return scope;
                default:
                    // Options of the request and aliases of databases change no row.
                    return scope;
            }
        }

        KustoBinding.Table View(string name, KustoFlow flow) => new(new Plan.Use(NewView(name, flow)), flow.Row);

        string NewView(string stem, KustoFlow flow)
        {
            var number = _names[stem] = _names.GetValueOrDefault(stem) + 1;
            var name = number == 1 ? stem : $"{stem}#{number}";
            // A table that is only named is read where the view is used; an opaque one has no plan.
            _views.Add(flow.Plan is Plan.Use { View: var only } && _views.FirstOrDefault(v => v.Name == only) is { Plan: null } opaque
                ? opaque with { Name = name }
                : new View(name, flow.Plan) { Columns = flow.Row.Closed ? [.. flow.Row.Columns.Order(StringComparer.Ordinal)] : [] });
            return name;
        }

        // False where it is too deep or too large: then nothing more is looked into.
        bool Enter(SourceSpan span)
        {
            if (_depth >= MaxDepth)
            {
                Report(span, KustoCodes.LowersTooDeep, MaxDepth);
                return false;
            }

            if (_pieces >= MaxPieces)
            {
                if (_pieces++ == MaxPieces)
                    Report(span, KustoCodes.LowersTooLarge, MaxPieces);
                return false;
            }

            _depth++;
            _pieces++;
            return true;
        }

        void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
        {
            // A let that is put in twice is still one mistake.
            if (_findings.Count < 100 && _found.Add((span, code)))
                _findings.Add(Diagnostic.At(span, code, arguments));
        }

        void NoModel(string what, SourceSpan span) => Report(span, KustoCodes.NotModelled, what);

        Expression.Unsupported NoValue(KustoExpression syntax, string what)
        {
            NoModel(what, syntax.Span);
            return new(KustoWriter.Write(syntax)) { Span = syntax.Span };
        }

        Predicate.Unsupported NoTest(KustoExpression syntax, string what)
        {
            NoModel(what, syntax.Span);
            return new(KustoWriter.Write(syntax)) { Span = syntax.Span };
        }

        static long? Whole(Expression value) => value is Expression.Constant { Value: Literal.Integer number } ? number.Value : null;
    }

    /// <summary>Connectives as flat as they can be.</summary>
    static class Combine
    {
        public static Predicate All(IEnumerable<Predicate> terms)
        {
            var flat = terms.SelectMany(t => t is Predicate.And { Written: null } and ? and.Terms : [t]).ToEquatableArray();
            return flat.Count == 1 ? flat[0] : new Predicate.And(flat);
        }

        public static Predicate Any(IEnumerable<Predicate> terms)
        {
            var flat = terms.SelectMany(t => t is Predicate.Or { Written: null } or ? or.Terms : [t]).ToEquatableArray();
            return flat.Count == 1 ? flat[0] : new Predicate.Or(flat);
        }
    }
}
