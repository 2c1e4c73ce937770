using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Esql;
using Rulescope.Languages.Kusto;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

/// <summary>Plans over a small table, stage by stage, and the functions their values use.</summary>
public class PlanEvaluatorTests
{
    public static TheoryData<CaseFile.Case> Tables => CaseFile.Load("engine/tables.cases");

    public static TheoryData<CaseFile.Case> Values => CaseFile.Load("engine/eql-values.cases");

    // The table "hosts": a text, a number, a list, and a row without most of them.
    static readonly Table Hosts = Table.Of(["name", "port", "tags"],
    [
        Row("alpha", 22, "b", "c"),
        Row("Beta", 80),
        Row("gamma", null, "a"),
        Row("alpha", 443, "d"),
    ]);

    [Theory]
    [MemberData(nameof(Tables))]
    public void Plans_run_over_tables(CaseFile.Case @case)
    {
        var query = EsqlParser.Parse(@case.Input).Then(parsed => EsqlLowering.Lower(parsed, @case.Input));
        Assert.True(query.IsComplete, string.Join('\n', query.Diagnostics));
        var ready = PlanEvaluator.Prepare(query.Value);
        CaseFile.Check(@case, ready.Value is { } plan ? Text(plan.Run(_ => Hosts)) : string.Join('\n', ready.Diagnostics));
    }

    public static TheoryData<CaseFile.Case> KustoTables => CaseFile.Load("engine/kusto-tables.cases");

    [Theory]
    [MemberData(nameof(KustoTables))]
    public void Kusto_runs_over_tables(CaseFile.Case @case)
    {
        var query = KustoParser.ParseQuery(@case.Input).Then(parsed => KustoLowering.Lower(parsed));
        Assert.True(query.IsComplete, string.Join('\n', query.Diagnostics));
        var ready = PlanEvaluator.Prepare(query.Value);
        CaseFile.Check(@case, ready.Value is { } plan ? Text(plan.Run(_ => Hosts)) : string.Join('\n', ready.Diagnostics));
    }

    // The first line names the dialect, the others are expressions.
    [Theory]
    [MemberData(nameof(Values))]
    public void Functions_of_Eql_have_values(CaseFile.Case @case)
    {
        var dialect = @case.Name.StartsWith("endgame", StringComparison.Ordinal) ? EqlDialect.Endgame : EqlDialect.Elastic;
        CaseFile.Check(@case, string.Join('\n', @case.Input.Split('\n').Select(line => $"{line} = {Value(line, dialect)}")));
    }

    [Fact]
    public void A_view_is_run_before_what_uses_it()
    {
        var view = new View("some", new Plan.Take(new Plan.Source(new LogSource("any", [])), 1) { Kind = LimitKind.Last });
        var query = new RuleQuery(new Plan.Use("some")) { Views = [view] };
        Assert.Equal("name | port | tags\nalpha | 443 | [d]", Text(PlanEvaluator.Prepare(query).Value!.Run(_ => Hosts)));
        var opaque = PlanEvaluator.Prepare(query with { Views = [view with { Plan = null }] });
        Assert.Equal(EngineCodes.UnknownList, Assert.Single(opaque.Diagnostics).Code);
    }

    [Theory]
    [InlineData("process where true | sort name", "[null] [alpha] [alpha] [Beta] [gamma]")]
    [InlineData("process where true | unique name | tail 2", "[gamma] [null]")]
    public void Endgame_sorts_without_regard_to_case(string text, string expected)
    {
        ImmutableArray<Event> events = [.. Hosts.Rows.Select(r => r.Record.Event), new(new([]), "", 0)];
        var query = EqlLowering.Lower(EqlParser.Parse(text.Replace("process where", "any where", StringComparison.Ordinal), EqlDialect.Endgame).Value, EqlDialect.Endgame, new LogSource("elastic", []));
        var found = PlanEvaluator.Prepare(query.Value).Value!.Run(_ => Table.Of(events));
        Assert.Equal(expected, string.Join(' ', found.Rows.Select(r => $"[{Text(Table.Cell(r, "name"))}]")));
    }

    static string Value(string line, EqlDialect dialect)
    {
        var expression = EqlParser.ParseExpression(line, dialect).Then(e => EqlLowering.LowerValue(e, dialect));
        var ready = ExpressionEvaluator.Prepare(expression.Value);
        return ready.Value is { } evaluator ? Text(evaluator.Value) : string.Join(", ", ready.Diagnostics.Select(d => d.Message));
    }

    static EventValue.Object Row(string name, long? port, params ReadOnlySpan<string> tags)
    {
        var list = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var tag in tags)
            list.Add(new EventValue.Text(tag));
        return new(
        [
            new("name", new EventValue.Text(name)),
            new("port", port is { } number ? new EventValue.Integer(number) : EventValue.NullValue),
            new("tags", list.Count == 0 ? EventValue.NullValue : new EventValue.Array(list.ToImmutable())),
        ]);
    }

    static string Text(Table table) => string.Join('\n', [
        string.Join(" | ", table.Columns), .. table.Rows.Select(row => string.Join(" | ", table.Columns.Select(c => Text(Table.Cell(row, c)))))]);

    static string Text(EventValue value) => value is EventValue.Array list ? $"[{string.Join(", ", list.Items.Select(Text))}]" : value.AsText ?? "null";
}
