using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>What is lost when a query is written as a Panther rule.</summary>
public static class PantherWriterCodes
{
    public static readonly DiagnosticCode Lost = new("PWR0101", Severity.Warning, "{0} has no exact form in a Panther rule and is left unknown");
}

/// <summary>Writes a condition as the Python of a Panther rule: a function <c>rule(event)</c> and the few functions it stands on.</summary>
/// <remarks>
/// Every test is written with its own outcomes for missing, null and other values, so the function returns True on just the events on
/// which the condition is true. What has no exact form is unknown (None) there, and a finding names it.
/// </remarks>
public sealed partial class PantherWriter
{
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

    PantherWriter() { }

    /// <summary>The rule of a query that filters single events; any other query is lost as a whole.</summary>
    public static Parsed<string> Write(RuleQuery query) => Write(query.Plan is Plan.Filter { Input: Plan.Source } filter
        ? filter.Condition
        : query.Plan is Plan.Source ? new Predicate.Constant(Truth.True) : new Predicate.Unsupported("a query over several events"));

    /// <summary>The rule of a condition.</summary>
    public static Parsed<string> Write(Predicate condition)
    {
        var writer = new PantherWriter();
        var rule = Rule(writer.Of(condition));
        if (PythonParser.Parse(rule).IsComplete)
            return new(rule, writer._findings.ToImmutable());
        // Only a condition that nests deeper than Python's brackets do comes here.
        var none = new PantherWriter();
        return new(Rule(none.Lost(condition)), none._findings.ToImmutable());
    }

    static string Rule(string condition) => $"{PantherPrelude.Text}def rule(event):\n    return {condition} is True\n";

    string Of(Predicate predicate) => predicate switch
    {
        Predicate.And and => Joined("all_of", and.Terms),
        Predicate.Or or => Joined("any_of", or.Terms),
        Predicate.Not not => $"negated({Of(not.Operand)})",
        Predicate.Constant constant => $"given({Outcome(constant.Value)})",
        Predicate.Test { Operands: [var operand] } test when ValueOf(test.Subject) is { } subject && Check(test.Match, operand, test.Semantics) is { } check =>
            $"meets({subject}, {check}{Outcomes(test.Semantics)})",
        Predicate.InSet { Set: ValueSet.List list } set when ValueOf(set.Subject) is { } subject && list.Items.Select(i => Check(set.Match, i, set.Semantics)).ToList() is var checks && !checks.Contains(null) =>
            $"any_of([{string.Join(", ", checks.Select(c => $"lambda: meets({subject}, {c}{Outcomes(set.Semantics)})"))}])",
        Predicate.Absent absent when ValueOf(absent.Subject) is { } subject =>
            $"absent({subject}, {Flag(absent, Absence.Missing)}, {Flag(absent, Absence.Null)}, {Flag(absent, Absence.Empty)})",
        Predicate.Some some when ValueOf(some.Collection) is { } collection => Quantified("any_of", collection, some.Variable, some.Body),
        Predicate.Every every when ValueOf(every.Collection) is { } collection =>
            every.OnEmpty == Truth.True
                ? Quantified("all_of", collection, every.Variable, every.Body)
                : $"({Quantified("all_of", collection, every.Variable, every.Body)} if elements({collection}) else given({Outcome(every.OnEmpty)}))",
        Predicate.Truthy { Dialect: Dialect.Python } truthy when ValueOf(truthy.Value) is { } value => $"truthy({value})",
        Predicate.IsTrue isTrue when ValueOf(isTrue.Value) is { } value => $"(None if absent({value}, True, True, False) else {value} is True)",
        _ => Lost(predicate),
    };

    // An unknown outcome of what is lost keeps the rest in its place.
    string Lost(Predicate predicate)
    {
        _findings.Add(Diagnostic.At(predicate.Span, PantherWriterCodes.Lost, predicate is Predicate.Unsupported unread ? unread.SourceText : TreeText.Of(predicate)));
        return "None";
    }

    string Joined(string function, EquatableArray<Predicate> terms) => $"{function}([{string.Join(", ", terms.Select(t => $"lambda: {Of(t)}"))}])";

    // The element is a parameter with a default, for a lambda would look it up when the loop is over.
    string Quantified(string function, string collection, string variable, Predicate body) =>
        $"{function}([lambda {Variable(variable)}={Variable(variable)}: {Of(body)} for {Variable(variable)} in elements({collection})])";

    // Any name of a variable gives a name of Python's that is no other's.
    static string Variable(string name) => "v_" + string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c.ToString() : $"_{(int)c:x4}_"));

    static string Flag(Predicate.Absent absent, Absence state) => absent.States.HasFlag(state) ? "True" : "False";

    static string Outcome(Truth truth) => truth switch
    {
        Truth.True => "True",
        Truth.False => "False",
        Truth.Unknown => "None",
        Truth.Error => "ERROR",
        _ => throw new UnreachableException(truth.ToString()),
    };

    static string Outcomes(Semantics semantics)
    {
        var written = "";
        if (semantics.OnMissing != Truth.False)
            written += ", missing=" + Outcome(semantics.OnMissing);
        if (semantics.OnNull != Truth.False)
            written += ", null=" + Outcome(semantics.OnNull);
        if (semantics.OnWrongType != Truth.False)
            written += ", wrong=" + Outcome(semantics.OnWrongType);
        return semantics.Multi switch
        {
            MultiValue.Any => written,
            MultiValue.All => written + ", multi=\"all\"",
            MultiValue.First => written + ", multi=\"first\"",
            MultiValue.WholeList => written + ", multi=\"whole_list\"",
            _ => written + ", multi=\"scalar\"",
        };
    }

    // A value of the event as Python, or null where there is no exact form.
    static string? ValueOf(Expression expression) => expression switch
    {
        Expression.Ref { Target: Reference.Field { EventVariable: null } field } => Path("event", field.Path, field.Lookup),
        Expression.Ref { Target: Reference.LoopVariable variable } => Path(Variable(variable.Name), variable.Path, variable.Lookup),
        _ => null,
    };

    static string? Path(string root, FieldPath path, KeyLookup lookup)
    {
        if (path.Segments.IsEmpty)
            return root;
        // Names in other letters than ASCII fold in other ways here and there.
        var steps = path.Segments.Select(s => s switch
        {
            PathSegment.Key key when key.Name.All(char.IsAscii) || lookup == KeyLookup.Exact => Text(key.Name),
            PathSegment.Index index => index.Position.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        }).ToList();
        if (steps.Contains(null) || lookup == KeyLookup.DottedFirst)
            return null;
        return $"field({root}, {string.Join(", ", steps)}{(lookup == KeyLookup.Exact ? ", ignore_case=False" : "")})";
    }

    static string Text(string text) => PythonWriter.Write(new PythonExpression.Text(text));
}
