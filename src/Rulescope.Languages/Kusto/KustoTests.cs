using System.Collections.Frozen;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Patterns;

namespace Rulescope.Languages.Kusto;

/// <summary>The operators as tests: how they match, whether they fold, and what they give on absent values (SEMANTICS 1.1, 1.2, 2.1).</summary>
static class KustoTests
{
    static readonly FrozenSet<string> TimeFunctions = FrozenSet.Create(
        StringComparer.Ordinal, "ago", "now", "todatetime", "datetime_add", "make_datetime", "startofday", "startofweek", "startofmonth", "startofyear",
        "endofday", "endofweek", "endofmonth", "endofyear", "ingestion_time", "unixtime_seconds_todatetime", "unixtime_milliseconds_todatetime", "datetime_local_to_utc");

    /// <summary>Addresses: what is none makes the test unknown.</summary>
    public static readonly Semantics Network = new()
    {
        OnMissing = Truth.Unknown,
        OnNull = Truth.Unknown,
        OnWrongType = Truth.Unknown,
        Multi = MultiValue.Scalar,
    };

    /// <summary>The positive test of an operator; null for <c>like</c> and its kin, which no document describes, and for <c>:</c>.</summary>
    public static (Match Match, bool Folds, bool Negated)? Of(KustoComparison value) => value switch
    {
        KustoComparison.Equal => (new Match.Exact(), false, false),
        KustoComparison.NotEqual => (new Match.Exact(), false, true),
        KustoComparison.Less => (new Match.Order(OrderRelation.Less), false, false),
        KustoComparison.LessOrEqual => (new Match.Order(OrderRelation.LessOrEqual), false, false),
        KustoComparison.Greater => (new Match.Order(OrderRelation.Greater), false, false),
        KustoComparison.GreaterOrEqual => (new Match.Order(OrderRelation.GreaterOrEqual), false, false),
        KustoComparison.EqualFold => (new Match.Exact(), true, false),
        KustoComparison.NotEqualFold => (new Match.Exact(), true, true),
        KustoComparison.Has => (Term(TermEdge.Whole), true, false),
        KustoComparison.NotHas => (Term(TermEdge.Whole), true, true),
        KustoComparison.HasCs => (Term(TermEdge.Whole), false, false),
        KustoComparison.NotHasCs => (Term(TermEdge.Whole), false, true),
        KustoComparison.HasPrefix => (Term(TermEdge.Start), true, false),
        KustoComparison.NotHasPrefix => (Term(TermEdge.Start), true, true),
        KustoComparison.HasPrefixCs => (Term(TermEdge.Start), false, false),
        KustoComparison.NotHasPrefixCs => (Term(TermEdge.Start), false, true),
        KustoComparison.HasSuffix => (Term(TermEdge.End), true, false),
        KustoComparison.NotHasSuffix => (Term(TermEdge.End), true, true),
        KustoComparison.HasSuffixCs => (Term(TermEdge.End), false, false),
        KustoComparison.NotHasSuffixCs => (Term(TermEdge.End), false, true),
        KustoComparison.Contains => (new Match.Contains(), true, false),
        KustoComparison.NotContains => (new Match.Contains(), true, true),
        KustoComparison.ContainsCs => (new Match.Contains(), false, false),
        KustoComparison.NotContainsCs => (new Match.Contains(), false, true),
        KustoComparison.StartsWith => (new Match.Prefix(), true, false),
        KustoComparison.NotStartsWith => (new Match.Prefix(), true, true),
        KustoComparison.StartsWithCs => (new Match.Prefix(), false, false),
        KustoComparison.NotStartsWithCs => (new Match.Prefix(), false, true),
        KustoComparison.EndsWith => (new Match.Suffix(), true, false),
        KustoComparison.NotEndsWith => (new Match.Suffix(), true, true),
        KustoComparison.EndsWithCs => (new Match.Suffix(), false, false),
        KustoComparison.NotEndsWithCs => (new Match.Suffix(), false, true),
        KustoComparison.MatchesRegex => (new Match.Regex(RegexDialect.Re2), false, false),
        _ => null,
    };

    public static (Match Match, bool Folds, bool Negated) Of(KustoMembership value) => value switch
    {
        KustoMembership.In => (new Match.Exact(), false, false),
        KustoMembership.NotIn => (new Match.Exact(), false, true),
        KustoMembership.InFold => (new Match.Exact(), true, false),
        KustoMembership.NotInFold => (new Match.Exact(), true, true),
        _ => (Term(TermEdge.Whole), true, false),
    };

    /// <summary>The same test with its sides exchanged.</summary>
    public static Match Mirrored(Match match) => match is not Match.Order order ? match : order with
    {
        Relation = order.Relation switch
        {
            OrderRelation.Less => OrderRelation.Greater,
            OrderRelation.LessOrEqual => OrderRelation.GreaterOrEqual,
            OrderRelation.Greater => OrderRelation.Less,
            _ => OrderRelation.LessOrEqual,
        },
    };

    /// <summary>What a test gives beside plain values; columns have one type, which the operands tell.</summary>
    public static Semantics SemanticsOf(Match match, bool folds, IReadOnlyList<Expression> operands)
    {
        if (match is Match.Order or Match.Between)
        {
            return new()
            {
                Coerce = new Coercion.CastOrNull(),
                OnMissing = Truth.Unknown,
                OnNull = Truth.Unknown,
                OnWrongType = Truth.Unknown,
                Multi = MultiValue.Scalar,
            };
        }

        // An absent string reads as the empty one.
        var onAbsent = Kleene.Of(operands.Any(o => MeetsEmpty(match, o)));
        return new()
        {
            Fold = folds ? new Folding.UnicodeSimple() : new Folding.Ordinal(),
            Coerce = CoercionOf(match, operands),
            OnMissing = onAbsent,
            OnNull = onAbsent,
            // Parts of a list are looked for in its text; as a whole it equals no string.
            Multi = match is Match.Contains or Match.Term or Match.Regex ? MultiValue.Any : MultiValue.Scalar,
        };
    }

    /// <summary>In which order a value stands, as far as it can be told from itself.</summary>
    public static OrderKind KindOf(Expression value) => value switch
    {
        Expression.Constant { Value: Literal.Integer or Literal.Real or Literal.Duration } => OrderKind.Numeric,
        Expression.Constant { Value: Literal.Instant } => OrderKind.Instant,
        Expression.Call call when TimeFunctions.Contains(call.Function) => OrderKind.Instant,
        Expression.Arithmetic sum => KindOf(sum.Left) is OrderKind.Instant != KindOf(sum.Right) is OrderKind.Instant ? OrderKind.Instant : OrderKind.Auto,
        _ => OrderKind.Auto,
    };

    static Coercion CoercionOf(Match match, IReadOnlyList<Expression> operands) =>
        match is not Match.Exact || operands.Any(o => o is Expression.Constant { Value: Literal.String }) ? new Coercion.ByText()
        : operands.Any(o => o is Expression.Constant { Value: not Literal.Null }) ? new Coercion.CastOrNull()
        : new Coercion.None();

    static bool MeetsEmpty(Match match, Expression operand)
    {
        if (operand is not Expression.Constant { Value: Literal.String { Value: var text } })
            return false;
        return match is Match.Regex ? EmptyText.Fits(text) ?? false : text.Length == 0;
    }

    static Match.Term Term(TermEdge edge) => new(TermSplitter.KustoAlphanumeric) { Edge = edge };
}
