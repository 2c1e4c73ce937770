using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>When what <c>rule(event)</c> returns counts as a match.</summary>
public enum RuleResult
{
    /// <summary>When it is the value True, as Panther runs rules: anything but a bool is an error and no match.</summary>
    IsTrue,

    /// <summary>When it counts as true, as Panther's unit tests compare it.</summary>
    Truthy,
}

/// <summary>Reads <c>rule(event)</c> of a Panther rule: what it returns, as one condition over the event.</summary>
/// <remarks>
/// Never throws. What could not be read is an <see cref="Predicate.Unsupported"/> with its text and a finding that says why. Source:
/// Panther's documentation of Python detections and the semantics of Python 3.11.
/// </remarks>
public static class SymbolicReading
{
    const int MaxParts = 20_000;

    /// <summary>The name of the function that decides about an event.</summary>
    public const string RuleFunction = "rule";

    /// <summary>The condition of a rule.</summary>
    /// <param name="text">The rule's Python.</param>
    /// <param name="source">Where its events come from; the values of its term <c>log_type</c> pick the data models.</param>
    /// <param name="library">Helper modules and data models.</param>
    /// <param name="result">What counts as a match.</param>
    public static Parsed<RuleQuery> Read(string text, LogSource source, PantherLibrary library, RuleResult result = RuleResult.IsTrue)
    {
        var parsed = PythonParser.Parse(text);
        return Read(parsed.Value, text, source, library, result) is var read ? new(read.Value, parsed.Diagnostics.AddRange(read.Diagnostics)) : read;
    }

    /// <summary>The same for a module that was parsed before.</summary>
    public static Parsed<RuleQuery> Read(PythonModule module, string text, LogSource source, PantherLibrary library, RuleResult result = RuleResult.IsTrue)
    {
        var logTypes = source.Terms.Items.Where(t => t.Key == "log_type").SelectMany(t => t.Values.Items).ToImmutableArray();
        var interpreter = Interpreter.ForRule(module, text, library, logTypes);
        if (interpreter.Call(RuleFunction) is not { } returned)
            return new(RuleQuery.Empty(source), [Diagnostic.At(new(0, 0), SymbolicCodes.NoRule)]);
        var condition = result is RuleResult.Truthy ? interpreter.Truth(returned) : interpreter.IsTrue(returned);
        var unread = new UnreadParts(MaxParts);
        unread.Rewrite(condition);
        if (unread.IsTooLarge)
        {
            var span = new SourceSpan(0, text.Length);
            return new(RuleQuery.Of(source, new Predicate.Unsupported(text) { Span = span }), [Diagnostic.At(new(0, 0), SymbolicCodes.TooLarge, MaxParts)]);
        }

        var findings = unread.Found.DistinctBy(u => u.Span).Select(u => Diagnostic.At(u.Span, SymbolicCodes.NotRead, u.SourceText, interpreter.CauseOf(u))).ToImmutableArray();
        return new(RuleQuery.Of(source, condition), findings);
    }

    // Shared parts of a condition count each time they stand in it, so the walk gives up early.
    sealed class UnreadParts(int limit) : Rewriter
    {
        int _parts;

        public List<Predicate.Unsupported> Found { get; } = [];

        public bool IsTooLarge => _parts > limit;

        public override Predicate Rewrite(Predicate predicate)
        {
            if (++_parts > limit)
                return predicate;
            if (predicate is Predicate.Unsupported unsupported)
                Found.Add(unsupported);
            return base.Rewrite(predicate);
        }

        public override Expression Rewrite(Expression expression) => ++_parts > limit ? expression : base.Rewrite(expression);
    }
}
