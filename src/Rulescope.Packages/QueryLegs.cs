using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>One way through a query, from a table to the result, ready to run over single rows.</summary>
sealed record QueryLeg(string Table, SingleEventRule Rule);

/// <summary>Takes a query apart where rows of several tables come together.</summary>
static class QueryLegs
{
    const int MaxDepth = 300;

    // Views that use one another twice double the ways with every step.
    const int MaxSteps = 20_000;

    // Rows of tables are what they are: no shape has to be told from them.
    static readonly RecordRecognizer Rows = new(new LogSourceCatalog([], []));

    /// <summary>The legs that run; the problems say which do not, and why.</summary>
    public static ImmutableArray<QueryLeg> Of(RuleQuery query, out ImmutableArray<Diagnostic> problems)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var legs = ImmutableArray.CreateBuilder<QueryLeg>();
        foreach (var chain in new Walk(query, found).Chains(query.Plan, 0))
        {
            var rule = SingleEventRule.Prepare(new(chain), Rows);
            found.AddRange(rule.Diagnostics);
            if (rule.Value is { } ready)
                legs.Add(new(ready.Source["table"] ?? "", ready));
        }

        problems = [.. found.Distinct()];
        return legs.ToImmutable();
    }

    sealed class Walk(RuleQuery query, ImmutableArray<Diagnostic>.Builder problems)
    {
        int _steps;

        public IEnumerable<Plan> Chains(Plan plan, int depth)
        {
            if (depth > MaxDepth || ++_steps > MaxSteps)
            {
                problems.Add(Diagnostic.At(plan.Span, EngineCodes.StageNotRun, depth > MaxDepth ? "a stage as deep as this" : "a query of so many ways"));
                return [];
            }

            IEnumerable<Plan> Below(Plan input) => _steps > MaxSteps ? [] : Chains(input, depth + 1);
            switch (plan)
            {
                case Plan.Source:
                    return [plan];
                case Plan.Union union:
                    return union.Inputs.SelectMany(Below);
                case Plan.Use use when query.Views.FirstOrDefault(v => v.Name == use.View)?.Plan is { } view:
                    return Below(view);
                case Plan.Filter filter:
                    return Below(filter.Input).Select(input => filter with { Input = input });
                case Plan.Derive derive:
                    return Below(derive.Input).Select(input => derive with { Input = input });
                case Plan.Project project:
                    return Below(project.Input).Select(input => project with { Input = input });
                case Plan.Rename rename:
                    return Below(rename.Input).Select(input => rename with { Input = input });
                // An order leaves every row where it was found.
                case Plan.Sort sort:
                    return Below(sort.Input);
                default:
                    problems.Add(Diagnostic.At(plan.Span, EngineCodes.StageNotRun, plan is Plan.Unsupported unread ? unread.SourceText : plan.GetType().Name));
                    return [];
            }
        }
    }
}
