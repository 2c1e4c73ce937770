using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Algebra.Reading;

/// <summary>Finds what has no model inside an expression, however deep: a test of it is not read, whatever stands around it.</summary>
static class UnreadParts
{
    /// <summary>The first such part in source order, or null.</summary>
    public static ReadNode.Unsupported? In(Expression expression)
    {
        if (expression is Expression.Constant or Expression.Ref)
            return null;
        var search = new Search();
        search.Rewrite(expression);
        return search.Found;
    }

    sealed class Search : Rewriter
    {
        public ReadNode.Unsupported? Found { get; private set; }

        public override Expression Rewrite(Expression expression)
        {
            if (expression is Expression.Unsupported unsupported)
                Found ??= new(unsupported.SourceText, unsupported.Span);
            return Found is null ? base.Rewrite(expression) : expression;
        }

        public override Predicate Rewrite(Predicate predicate)
        {
            if (predicate is Predicate.Unsupported unsupported)
                Found ??= new(unsupported.SourceText, unsupported.Span);
            return Found is null ? base.Rewrite(predicate) : predicate;
        }
    }
}
