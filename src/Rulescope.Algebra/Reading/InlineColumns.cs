using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Algebra.Reading;

/// <summary>Pass 2: the name of a computed column becomes the expression behind it.</summary>
static class InlineColumns
{
    public static Predicate In(Predicate predicate, ImmutableDictionary<string, Expression> columns) =>
        columns.IsEmpty ? predicate : new Inliner(columns).Rewrite(predicate);

    public static Expression In(Expression expression, ImmutableDictionary<string, Expression> columns) =>
        columns.IsEmpty ? expression : new Inliner(columns).Rewrite(expression);

    /// <summary>False for an expression that has grown too large to stand in place of a name: columns that build on columns can double at every step.</summary>
    public static bool IsSmall(Expression expression)
    {
        var measure = new Measure();
        measure.Rewrite(expression);
        return measure.IsSmall;
    }

    /// <summary>True when the expression reads one of the named columns.</summary>
    public static bool Reads(Expression expression, ImmutableHashSet<string> columns)
    {
        if (columns.IsEmpty)
            return false;
        var probe = new Probe(columns);
        probe.Rewrite(expression);
        return probe.Found;
    }

    sealed class Inliner(ImmutableDictionary<string, Expression> columns) : Rewriter
    {
        // What is put in was inlined when it was computed, so it is not looked into again and cannot loop.
        public override Expression Rewrite(Expression expression) =>
            NameOf(expression) is { } name && columns.TryGetValue(name, out var value) ? value : base.Rewrite(expression);
    }

    sealed class Probe(ImmutableHashSet<string> columns) : Rewriter
    {
        public bool Found { get; private set; }

        public override Expression Rewrite(Expression expression)
        {
            Found |= NameOf(expression) is { } name && columns.Contains(name);
            return base.Rewrite(expression);
        }
    }

    sealed class Measure : Rewriter
    {
        const int MaxNodes = 5000;
        const int MaxDepth = 250;

        int _nodes;
        int _depth;

        public bool IsSmall { get; private set; } = true;

        public override Expression Rewrite(Expression expression)
        {
            IsSmall &= ++_nodes <= MaxNodes && _depth < MaxDepth;
            if (!IsSmall)
                return expression;
            _depth++;
            var rewritten = base.Rewrite(expression);
            _depth--;
            return rewritten;
        }
    }

    // A column that a table or an unread stage gave is not what was computed under its name before.
    static string? NameOf(Expression expression) => expression is Expression.Ref { Target: Reference.Column { Stage: "" } column } ? column.Name : null;
}
