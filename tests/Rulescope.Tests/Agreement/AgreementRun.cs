using System.Text;
using System.Text.Json.Nodes;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Tests.Agreement;

/// <summary>A query or one of its conditions, events made around it, and what our evaluator keeps of them.</summary>
/// <param name="Name">Of the query; its conditions share it.</param>
/// <param name="NotRun">Why our evaluator does not run it; null where it does.</param>
sealed record AgreementRun(string Name, string Text, IReadOnlyList<JsonObject> Events, IReadOnlyList<bool> Kept, string? NotRun)
{
    static readonly RecordRecognizer Recognizer = new(LogSourceCatalog.Shipped);

    /// <summary>What we read of it, where that is asked for.</summary>
    public Predicate? Condition { get; init; }

    public Oracle.Question Question => new(Text, Events);

    public static AgreementRun Prepare(string name, string text, RuleQuery query, Predicate condition, int most) =>
        Prepare(name, text, query, EventMaker.Around(condition, most));

    public static AgreementRun Prepare(string name, string text, RuleQuery query, IReadOnlyList<JsonObject> events)
    {
        var ready = SingleEventRule.Prepare(query, Recognizer);
        return ready.Value is { } rule
            ? new(name, text, events, [.. events.Select(e => Keeps(rule, e))], null)
            : new(name, text, [], [], ready.Diagnostics[0].Message);
    }

    static bool Keeps(SingleEventRule rule, JsonObject made) =>
        rule.Evaluate(JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(made.ToJsonString())), "made").First().Event!) is Truth.True;
}
