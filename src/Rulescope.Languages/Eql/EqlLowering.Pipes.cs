using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public static partial class EqlLowering
{
    // Pipes run over the events that were found, or over whole sequences.
    sealed partial class Queries
    {
        const long DefaultCount = 50;

        const string Count = "count";

        // Behind a sequence a plain name is a field of its first event, and events[1].f one of the second.
        bool _overSlots;

        // A pipe before has counted: the name "count" is what it made.
        bool _counted;

        Plan Pipe(Plan input, EqlSyntax.Pipe pipe, EqlSyntax body)
        {
            _overSlots = body is EqlSyntax.Sequence or EqlSyntax.Sample or EqlSyntax.Join;
            Plan plan = (pipe.Name, pipe.Arguments) switch
            {
                ("head", []) or ("head", [EqlExpression.Integer]) => Take(input, pipe, LimitKind.First),
                ("tail", []) or ("tail", [EqlExpression.Integer]) => Take(input, pipe, LimitKind.Last),
                ("filter", [var condition]) => new Plan.Filter(input, Condition(condition)),
                ("unique", [_, ..]) => new Plan.Distinct(input, [.. pipe.Arguments.Select(Value)]),
                ("sort", [_, ..]) => new Plan.Sort(input, [.. pipe.Arguments.Select(a => new SortKey(Value(a)) { NullsFirst = true, Fold = new Folding.PythonLower() })]),
                (Count, _) => Counted(input, pipe, AggregateKind.Collapse),
                // The first event of each combination, with the number of events that have it.
                ("unique_count", [_, ..]) => new Plan.Distinct(Counted(input, pipe, AggregateKind.Annotate), [.. pipe.Arguments.Select(Value)]),
                _ => Unknown(input, pipe),
            };
            _overSlots = false;
            _counted |= pipe.Name is Count or "unique_count";
            return plan with { Span = pipe.Span };
        }

        static Plan.Take Take(Plan input, EqlSyntax.Pipe pipe, LimitKind kind) => new(input, pipe.Arguments is [EqlExpression.Integer count] ? count.Value : DefaultCount)
        {
            Kind = kind,
            Defaulted = pipe.Arguments.IsEmpty,
        };

        Plan.Aggregate Counted(Plan input, EqlSyntax.Pipe pipe, AggregateKind kind)
        {
            var keys = pipe.Arguments.Select(a => new Named(EqlWriter.Write(a), Value(a)));
            return new(input, kind, [.. keys], [new Named(Count, new Expression.Aggregate(Count, []))]) { KeepsNullKeys = true, Span = pipe.Span };
        }

        Plan.Unsupported Unknown(Plan input, EqlSyntax.Pipe pipe)
        {
            // The parser has told of names that it does not know.
            if (pipe.Name.Length > 0)
                _findings.Add(Diagnostic.At(pipe.Span, EqlCodes.NoModel, $"the pipe '{pipe.Name}'"));
            return new(TextOf(pipe)) { Inputs = [input] };
        }

        static string TextOf(EqlSyntax.Pipe pipe) => $"| {pipe.Name} {string.Join(", ", pipe.Arguments.Select(EqlWriter.Write))}".TrimEnd();
    }
}
