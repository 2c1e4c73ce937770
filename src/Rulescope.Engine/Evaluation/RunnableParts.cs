using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Engine.Evaluation;

/// <summary>Looks through conditions and values for what does not run; the rewriting is the identity and only its walk is used.</summary>
sealed class RunnableParts(ReferenceEvaluator evaluator) : Rewriter
{
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

    public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

    /// <summary>Notes a part that does not run.</summary>
    public void Refuse(SourceSpan span, DiagnosticCode code, string what) => _findings.Add(Diagnostic.At(span, code, what));

    /// <summary>Looks through what a stage computes for each row, its inputs aside.</summary>
    public void Stage(Plan stage)
    {
        switch (stage)
        {
            case Plan.Filter filter:
                Rewrite(filter.Condition);
                break;
            case Plan.Derive derive:
                Columns(derive.Columns);
                break;
            case Plan.Project project:
                Columns(project.Columns);
                break;
            case Plan.Rename rename:
                Columns(rename.Columns);
                break;
            case Plan.Sort sort:
                Values(sort.Keys.Items.Select(k => k.Value));
                break;
            case Plan.Distinct distinct:
                Values(distinct.Keys);
                break;
        }
    }

    /// <summary>Looks through values.</summary>
    public void Values(IEnumerable<Expression> values)
    {
        foreach (var value in values)
            Rewrite(value);
    }

    /// <summary>Looks through the values of computed columns.</summary>
    public void Columns(EquatableArray<Named> columns) => Values(columns.Items.Select(c => c.Value));

    public override Predicate Rewrite(Predicate predicate)
    {
        switch (predicate)
        {
            case Predicate.Unsupported unread:
                _findings.Add(Diagnostic.At(unread.Span, EngineCodes.UnreadPart, unread.SourceText));
                break;
            case Predicate.Test { Match: Match.Regex regex } test:
                Patterns(regex, test.Operands, test.Semantics, test.Span);
                break;
            case Predicate.InSet { Match: Match.Regex regex, Set: ValueSet.List list } set:
                Patterns(regex, list.Items, set.Semantics, set.Span);
                break;
            case Predicate.InSet { Set: ValueSet.Named named } set:
                _findings.Add(Diagnostic.At(set.Span, EngineCodes.UnknownList, named.Name));
                break;
            case Predicate.InSet { Set: ValueSet.Subplan } set:
                _findings.Add(Diagnostic.At(set.Span, EngineCodes.OverRows, "a subquery"));
                break;
        }

        return base.Rewrite(predicate);
    }

    public override Expression Rewrite(Expression expression)
    {
        var finding = expression switch
        {
            Expression.Unsupported unread => Diagnostic.At(unread.Span, EngineCodes.UnreadPart, unread.SourceText),
            Expression.Call call when !Functions.IsKnown(call) => Diagnostic.At(call.Span, EngineCodes.UnknownFunction, call.Function),
            Expression.Ref { Target: Reference.Parameter { Default: null } parameter } => Diagnostic.At(expression.Span, EngineCodes.UnknownList, parameter.Name),
            Expression.Aggregate aggregate => Diagnostic.At(aggregate.Span, EngineCodes.OverRows, aggregate.Function),
            Expression.Window window => Diagnostic.At(window.Span, EngineCodes.OverRows, window.Function),
            _ => null,
        };
        if (finding is not null)
            _findings.Add(finding);
        return base.Rewrite(expression);
    }

    void Patterns(Match.Regex regex, EquatableArray<Expression> operands, Semantics semantics, SourceSpan span)
    {
        foreach (var pattern in operands.Items.OfType<Expression.Constant>())
        {
            var translated = evaluator.Translated(pattern.Value.Display, regex, semantics.Fold);
            if (translated.Problem is { } problem)
                _findings.Add(Diagnostic.At(pattern.Span == default ? span : pattern.Span, EngineCodes.RegexNotTranslated, regex.Dialect.ToString(), pattern.Value.Display, problem));
        }
    }
}
