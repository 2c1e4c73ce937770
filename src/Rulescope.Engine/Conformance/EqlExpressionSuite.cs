using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Rulescope.Algebra.Expressions;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>Endgame's expressions: their values, what must be rejected, and texts of one meaning.</summary>
public static class EqlExpressionSuite
{
    public const string Name = "eql-endgame-expressions";

    /// <summary>Runs all expressions.</summary>
    /// <param name="read">Reads an expression; an error among its findings rejects it.</param>
    public static SuiteResult Run(SuiteFiles files, Func<string, Parsed<Expression>> read, SkipList skips) =>
        SuiteResult.Of(Name, skips, files.Lines("eql-endgame/expressions.open.jsonl").Select(c => (c.TextOf("case_id"), Judge(c, read))));

    static CaseOutcome Judge(JsonElement @case, Func<string, Parsed<Expression>> read)
    {
        if (!@case.Texts("case_modes").Contains("insensitive", StringComparer.Ordinal))
            return new("case-sensitive", "", "not run");
        var outcomes = Instances(@case).Select(text => @case.TextOf("kind") switch
        {
            "semantic-error" => CaseOutcome.Ran($"rejected: {text}", read(text).IsComplete ? "accepted" : $"rejected: {text}"),
            "fold" => Folded(text, @case, read),
            _ => SameMeaning(text, @case.TextOf("expected"), read),
        }).ToImmutableArray();
        // One instance that is wrong decides over the others.
        return outcomes.FirstOrDefault(o => o.NotRun is null && !string.Equals(o.Expected, o.Actual, StringComparison.Ordinal)) ?? outcomes.FirstOrDefault(o => o.NotRun is not null) ?? outcomes[0];
    }

    static CaseOutcome Folded(string text, JsonElement @case, Func<string, Parsed<Expression>> read)
    {
        var expected = $"{text} = {Written(@case.GetProperty("expected"))}";
        var expression = read(text);
        if (!expression.IsComplete)
            return CaseOutcome.Refused(expected, expression.Diagnostics);
        var ready = ExpressionEvaluator.Prepare(expression.Value);
        return ready.Value is { } evaluator ? CaseOutcome.Ran(expected, $"{text} = {Written(evaluator.Value)}") : CaseOutcome.Refused(expected, ready.Diagnostics);
    }

    // Trees that are equal mean the same; of others that is not decided.
    static CaseOutcome SameMeaning(string text, string other, Func<string, Parsed<Expression>> read) =>
        read(text).Value == read(other).Value ? CaseOutcome.Ran(other, other) : new("equivalence", other, "not decided");

    static string Written(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.String => $"\"{value.GetString()}\"",
        _ => value.GetRawText(),
    };

    static string Written(EventValue value) => value switch
    {
        EventValue.Integer number => ((double)number.Value).ToString("R", CultureInfo.InvariantCulture),
        EventValue.Real number => number.Value.ToString("R", CultureInfo.InvariantCulture),
        EventValue.Text text => $"\"{text.Value}\"",
        { HasValue: false } => "null",
        _ => value.AsText ?? value.ToString(),
    };

    // $name stands for a literal of any of the listed types.
    static IEnumerable<string> Instances(JsonElement @case)
    {
        ImmutableArray<string> texts = [@case.TextOf("expression")];
        foreach (var parameter in @case.Items("params"))
        {
            var literals = parameter.Texts("any_of_types").Select(LiteralOf);
            texts = [.. texts.SelectMany(t => literals.Select(l => t.Replace("$" + parameter.TextOf("name"), l, StringComparison.Ordinal)))];
        }

        return texts;
    }

    static string LiteralOf(string type) => type switch
    {
        "bool" => "true",
        "int" => "100",
        "float" => "0.5",
        "string" => "\"text\"",
        _ => "null",
    };
}
