using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>Gives Sigma documents their meaning: two-valued tests, missing is false, text folds case, lists of values mean any of them.</summary>
public static partial class SigmaLowering
{
    /// <summary>The vendor id in log sources, and the vocabulary of the field names where a rule names no taxonomy.</summary>
    public const string Vendor = "sigma";

    /// <summary>A document that stands alone.</summary>
    public static Parsed<RuleQuery> Lower(SigmaDocument document) => Lower(document, SigmaScope.Of([document]));

    /// <summary>A document among others: filters of the scope are added to a rule, correlations find their rules there.</summary>
    public static Parsed<RuleQuery> Lower(SigmaDocument document, SigmaScope scope)
    {
        var lowering = new Documents(scope);
        var query = lowering.Query(document);
        return new(query, lowering.Findings);
    }

    /// <summary>The words of a log source, without the prose of its definition.</summary>
    public static LogSource Lower(SigmaLogSource source) =>
        new(Vendor, [.. source.Terms.Where(t => t.Key != "definition").Select(t => new LogSource.Term(t.Key, [t.Value]))]);

    sealed partial class Documents(SigmaScope scope)
    {
        ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        public RuleQuery Query(SigmaDocument document)
        {
            switch (document)
            {
                case SigmaDocument.Rule rule:
                    return new(Rule(rule));
                case SigmaDocument.Filter filter:
                    if (filter.Detection.Conditions.Any(c => !Excludes(c)))
                        _findings.Add(Diagnostic.At(filter.Detection.Conditions[0].Span, SigmaCodes.NarrowingFilter));
                    return RuleQuery.Of(Lower(filter.LogSource), Condition(filter.Detection, filter.Header));
                case SigmaDocument.Correlation correlation:
                    var plan = Correlation(correlation);
                    return new(plan) { Views = _views.ToImmutable() };
                case SigmaDocument.Unread:
                    return RuleQuery.Empty(new(Vendor, []));
                default:
                    throw new UnreachableException(document.GetType().Name);
            }
        }

        Plan Rule(SigmaDocument.Rule rule)
        {
            var source = new Plan.Source(Lower(rule.LogSource)) { Span = rule.LogSource.Span };
            var filters = scope.FiltersOf(rule).Select(f => new Searches(f.Detection, f.Header, null).Whole()).ToList();
            if (rule.Detection.Conditions is [SigmaCondition.Pipe pipe])
                return Pipe(rule, pipe, source, filters);
            var condition = Condition(rule.Detection, rule.Header);
            if (filters.Count > 0)
                condition = Combine.All([condition, .. filters]) with { Span = condition.Span };
            return new Plan.Filter(source, condition) { Span = condition.Span };
        }

        Predicate Condition(SigmaDetection detection, SigmaHeader header) => new Searches(detection, header, _findings).Whole();

        // A filter takes events out when its condition says no of something.
        static bool Excludes(SigmaCondition condition) => condition switch
        {
            SigmaCondition.Not => true,
            SigmaCondition.And and => and.Terms.Any(Excludes),
            SigmaCondition.Or or => or.Terms.All(Excludes),
            _ => false,
        };
    }

    /// <summary>Connectives as flat as they can be: one term stands alone, an unnamed inner one dissolves.</summary>
    static class Combine
    {
        public static Predicate All(IReadOnlyCollection<Predicate> terms)
        {
            var flat = terms.SelectMany(t => t is Predicate.And { Written: null } and ? and.Terms : [t]).ToEquatableArray();
            return flat.Count == 1 ? flat[0] : new Predicate.And(flat);
        }

        public static Predicate Any(IReadOnlyCollection<Predicate> terms)
        {
            var flat = terms.SelectMany(t => t is Predicate.Or { Written: null } or ? or.Terms : [t]).ToEquatableArray();
            return flat.Count == 1 ? flat[0] : new Predicate.Or(flat);
        }
    }
}
