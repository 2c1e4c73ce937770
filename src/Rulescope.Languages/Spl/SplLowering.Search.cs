using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplLowering
{
    // The search language: two-valued, letter case does not count, one value of several is enough (Search Manual, Boolean expressions; != and NOT).
    static readonly Semantics Searched = new() { Fold = new Folding.UnicodeSimple(), Coerce = new Coercion.ByNumberIfBoth(), Multi = MultiValue.Any };

    // field!=value: the field must be there, and some value of it differs. Under a Not, so what is missing or null is true here.
    static readonly Semantics Differing = Searched with { OnMissing = Truth.True, OnNull = Truth.True, Multi = MultiValue.All };

    // Names that say when an event may be, not what it is (Search Manual, time modifiers).
    static bool IsTimeModifier(string field) => field is "earliest" or "latest" or "_index_earliest" or "_index_latest" or "starttime" or "endtime" or "timeformat";

    sealed partial class Pipelines
    {
        /// <summary>A data set's name is no part of a field while a data model is searched.</summary>
        bool _inModel;

        Predicate Condition(SplSearch condition)
        {
            Predicate lowered = condition switch
            {
                SplSearch.Everything => new Predicate.Constant(Truth.True),
                SplSearch.And and => All(and.Terms.Items.Select(Condition)),
                SplSearch.Or or => Any(or.Terms.Items.Select(Condition)),
                SplSearch.Not not => new Predicate.Not(Condition(not.Operand)),
                SplSearch.Compare compare => Compared(compare),
                SplSearch.In list => Listed(list),
                SplSearch.Keyword keyword => Word(keyword.Value),
                SplSearch.Evaluated evaluated => Condition(evaluated.Condition),
                SplSearch.Subsearch subsearch => Selected(subsearch),
                // Known by name, and true for every row as far as the rule is concerned; of others nothing is known.
                SplSearch.Macro macro when IsKnownMacro(macro.Call) => new Predicate.Constant(Truth.True),
                SplSearch.Macro macro => new Predicate.Unsupported(macro.Call),
                SplSearch.Unsupported unread => new Predicate.Unsupported(unread.SourceText),
                _ => throw new UnreachableException(condition.GetType().Name),
            };
            return lowered with { Span = condition.Span };
        }

        static bool IsKnownMacro(string call) => SplMacroCall.Parse(call.Trim('`')) is { } parsed && SplKnownMacros.IsKnown(parsed.Name);

        Predicate Compared(SplSearch.Compare compare)
        {
            if (IsTimeModifier(compare.Field.Text))
                return new Predicate.Constant(Truth.True);
            var subject = SearchField(compare.Field);
            if (compare.Value.Quoting == SplQuoting.Macro)
                return new Predicate.Unsupported(Slice(compare.Span));
            if (compare.Op is SplComparison.Equal)
                return Equal(subject, compare.Value, Searched);
            if (compare.Op is not SplComparison.NotEqual)
                return new Predicate.Test(subject, new Match.Order(RelationOf(compare.Op)) { Kind = OrderKind.Auto }, [Bound(compare.Value)], Searched);
            if (compare.Value.Text == "*")
                Report(compare.Span, SplCodes.NeverTrue, Slice(compare.Span));
            var sign = SourceSpan.FromBounds(compare.Field.Span.End, compare.Value.Span.Start);
            return new Predicate.Not(Equal(subject, compare.Value, Differing) with { Span = compare.Span }) { Written = new("!=", sign) { Negated = true } };
        }

        static Predicate.Test Equal(Expression subject, SplValue value, Semantics semantics)
        {
            var exact = value.Quoting == SplQuoting.Case ? semantics with { Fold = new Folding.Ordinal() } : semantics;
            return new(subject, MatchOf(value), [Expression.Text(value.Text) with { Span = value.Span }], exact);
        }

        static Match MatchOf(SplValue value) =>
            SplColumns.HasWildcard(value.Text) ? new Match.Glob(GlobSyntax.Splunk)
            : IsNetwork(value.Text) ? new Match.Cidr()
            : new Match.Exact();

        static bool IsNetwork(string value) =>
            value.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            && value.AsSpan(0, slash).IndexOfAny('.', ':') > 0
            && IPAddress.TryParse(value.AsSpan(0, slash), out _)
            && byte.TryParse(value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);

        static OrderRelation RelationOf(SplComparison op) => op switch
        {
            SplComparison.Less => OrderRelation.Less,
            SplComparison.LessOrEqual => OrderRelation.LessOrEqual,
            SplComparison.Greater => OrderRelation.Greater,
            SplComparison.GreaterOrEqual => OrderRelation.GreaterOrEqual,
            _ => throw new UnreachableException(op.ToString()),
        };

        static Expression.Constant Bound(SplValue value) => new(
            long.TryParse(value.Text, CultureInfo.InvariantCulture, out var whole) ? new Literal.Integer(whole)
            : double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? new Literal.Real(real)
            : new Literal.String(value.Text))
        { Span = value.Span };

        // Values of one kind are one test; networks, patterns and plain values meet a field in different ways.
        Predicate Listed(SplSearch.In list)
        {
            if (list.Values.Items.Any(v => v.Quoting == SplQuoting.Macro))
                return new Predicate.Unsupported(Slice(list.Span));
            var subject = SearchField(list.Field);
            var networks = list.Values.Items.Where(v => MatchOf(v) is Match.Cidr).ToList();
            var others = list.Values.Items.Except(networks).ToList();
            Match match = others.Exists(v => MatchOf(v) is Match.Glob) ? new Match.Glob(GlobSyntax.Splunk) : new Match.Exact();
            return Any(new[] { Of(others, match), Of(networks, new Match.Cidr()) }.OfType<Predicate>());

            Predicate? Of(List<SplValue> values, Match how) => values.Count == 0 && list.Values.Count > 0 ? null
                : how is Match.Cidr && values.Count == 0 ? null
                : new Predicate.InSet(subject, new ValueSet.List([.. values.Select(v => Expression.Text(v.Text) with { Span = v.Span })]), how, Searched) { Span = list.Span };
        }

        // A word stands in the raw event between breakers; a star lets it go on.
        static Predicate.Test Word(SplValue value)
        {
            var raw = new Expression.Ref(new Reference.Raw { Span = value.Span }) { Span = value.Span };
            var semantics = value.Quoting == SplQuoting.Case ? Searched with { Fold = new Folding.Ordinal() } : Searched;
            var (match, operand) = GlobPattern.Parse(value.Text, GlobSyntax.Splunk).Simple switch
            {
                (GlobShape.Exact, var literal) => ((Match)new Match.Term(TermSplitter.SplunkSegments), literal),
                (GlobShape.Prefix, var literal) => (new Match.Term(TermSplitter.SplunkSegments) { Edge = TermEdge.Start }, literal),
                (GlobShape.Suffix, var literal) => (new Match.Term(TermSplitter.SplunkSegments) { Edge = TermEdge.End }, literal),
                (GlobShape.Contains, var literal) => (new Match.Contains(), literal),
                _ => (new Match.Glob(GlobSyntax.Splunk), $"*{value.Text}*"),
            };
            return new(raw, match, [Expression.Text(operand) with { Span = value.Span }], semantics);
        }

        Expression SearchField(SplValue field) => _inModel ? Find(ModelField(field.Text), field.Span) : Find(field);

        // Each row of the subsearch is an alternative: its fields with their values, patterns included.
        Predicate Selected(SplSearch.Subsearch subsearch)
        {
            var (plan, columns) = Selection(subsearch.Pipeline);
            if (columns.All is [var only])
                return new Predicate.InSet(Find(_inModel ? ModelField(only) : only, subsearch.Span), new ValueSet.Subplan(plan, only) { Span = subsearch.Span }, new Match.Glob(GlobSyntax.Splunk), Searched);
            Report(subsearch.Span, SplCodes.NoColumns);
            return new Predicate.Unsupported(Slice(subsearch.Span));
        }

        // A filter looks at a subsearch twice; it is lowered once.
        readonly Dictionary<SplPipeline, (Plan Plan, SplColumns Columns)> _selections = new(ReferenceEqualityComparer.Instance);

        (Plan Plan, SplColumns Columns) Selection(SplPipeline pipeline)
        {
            if (!_selections.TryGetValue(pipeline, out var selection))
                _selections[pipeline] = selection = Subsearch(pipeline);
            return selection;
        }

        /// <summary>Rows that meet a condition. Those of a subsearch with other than one column agree with a row of it as a whole: a join without columns of its own.</summary>
        Plan Filtered(Plan input, SplSearch condition)
        {
            var terms = ImmutableArray.CreateBuilder<Predicate>();
            var joins = new List<(SplSearch.Subsearch Subsearch, JoinKind Kind)>();
            foreach (var conjunct in condition is SplSearch.And and ? and.Terms.Items : [condition])
            {
                if (conjunct is SplSearch.Subsearch only && Selection(only.Pipeline).Columns.All is not [_])
                    joins.Add((only, JoinKind.LeftSemi));
                else if (conjunct is SplSearch.Not { Operand: SplSearch.Subsearch excluded } && Selection(excluded.Pipeline).Columns.All is not [_])
                    joins.Add((excluded, JoinKind.LeftAnti));
                else
                    terms.Add(Condition(conjunct));
            }

            var plan = All(terms) is var lowered && lowered is Predicate.Constant { Value: Truth.True } ? input : new Plan.Filter(input, lowered with { Span = condition.Span }) { Span = condition.Span };
            foreach (var (subsearch, kind) in joins)
            {
                var (rows, columns) = Selection(subsearch.Pipeline);
                var keys = columns.All is { } all ? all.Select(c => new Plan.JoinKey(Find(_inModel ? ModelField(c) : c, subsearch.Span), columns.Find(c, subsearch.Span))).ToEquatableArray() : [];
                plan = new Plan.Join(plan, rows, kind, keys) { OnCommonColumns = columns.All is null, Span = subsearch.Span };
            }

            return plan;
        }

        /// <summary>What the conditions that hold for every event say of where events come from.</summary>
        static ImmutableArray<LogSource.Term> SourceTerms(SplSearch condition)
        {
            var terms = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var conjunct in condition is SplSearch.And and ? and.Terms.Items : [condition])
            {
                var said = (conjunct is SplSearch.Or or ? or.Terms.Items : [conjunct]).SelectMany(Said).ToList();
                if (said.Count == 0 || said.Exists(s => s.Key.Length == 0))
                    continue;
                foreach (var (key, value) in said)
                {
                    if (!terms.TryGetValue(key, out var values))
                        terms[key] = values = [];
                    if (!values.Contains(value))
                        values.Add(value);
                }
            }

            return [.. terms.Select(t => new LogSource.Term(t.Key, [.. t.Value]))];
        }

        // An empty key for what says something else: then the alternatives are not all about the source.
        static IEnumerable<(string Key, string Value)> Said(SplSearch condition) => condition switch
        {
            SplSearch.Compare { Op: SplComparison.Equal, Field.Text: "index" or "sourcetype" or "source" or "eventtype" or "Channel" } compare => [(compare.Field.Text, compare.Value.Text)],
            SplSearch.In { Field.Text: "index" or "sourcetype" or "source" or "eventtype" or "Channel" } list => list.Values.Items.Select(v => (list.Field.Text, v.Text)),
            SplSearch.Macro macro => [("macro", macro.Call.Trim('`'))],
            _ => [("", "")],
        };

        static long? LookbackOf(SplSearch condition) => (condition is SplSearch.And and ? and.Terms.Items : [condition])
            .OfType<SplSearch.Compare>().Where(c => c is { Field.Text: "earliest", Op: SplComparison.Equal }).Select(c => SplTimes.Back(c.Value.Text)).FirstOrDefault();
    }
}
