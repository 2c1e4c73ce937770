using Rulescope.Languages.Esql;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Esql;

public class EsqlTests
{
    const string Commands = "esql/commands.cases";
    const string Expressions = "esql/expressions.cases";
    const string Errors = "esql/errors.cases";
    const string Writing = "esql/write.cases";

    public static TheoryData<CaseFile.Case> CommandCases => CaseFile.Load(Commands);

    public static TheoryData<CaseFile.Case> ExpressionCases => CaseFile.Load(Expressions);

    public static TheoryData<CaseFile.Case> ErrorCases => CaseFile.Load(Errors);

    public static TheoryData<CaseFile.Case> WriteCases => CaseFile.Load(Writing);

    [Theory]
    [MemberData(nameof(CommandCases))]
    public void Commands_become_trees(CaseFile.Case @case)
    {
        var parsed = EsqlParser.Parse(@case.Input);
        Assert.True(parsed.IsComplete, string.Join('\n', parsed.Diagnostics));
        EsqlInvariants.Hold(@case.Input);
        CaseFile.Check(@case, TextOf(parsed));
    }

    [Theory]
    [MemberData(nameof(ExpressionCases))]
    public void Expressions_become_trees(CaseFile.Case @case)
    {
        var parsed = EsqlParser.ParseExpression(@case.Input);
        Assert.True(parsed.IsComplete, string.Join('\n', parsed.Diagnostics));
        var written = EsqlWriter.Write(parsed.Value);
        Assert.Equal(TreeText.Of(parsed.Value), TreeText.Of(EsqlParser.ParseExpression(written).Value));
        EsqlInvariants.Hold("ROW " + @case.Input);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. parsed.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(ErrorCases))]
    public void Broken_queries_are_read_with_findings(CaseFile.Case @case)
    {
        var parsed = EsqlParser.Parse(@case.Input);
        Assert.NotEmpty(parsed.Diagnostics);
        EsqlInvariants.Hold(@case.Input);
        CaseFile.Check(@case, TextOf(parsed));
    }

    [Theory]
    [MemberData(nameof(WriteCases))]
    public void Trees_are_written(CaseFile.Case @case)
    {
        var parsed = EsqlParser.Parse(@case.Input);
        Assert.True(parsed.IsComplete, string.Join('\n', parsed.Diagnostics));
        EsqlInvariants.Hold(@case.Input);
        CaseFile.Check(@case, EsqlWriter.Write(parsed.Value));
    }

    [Fact]
    public void Every_case_can_be_written()
    {
        Assert.All(Shapes.OneOfEach<EsqlExpression>(), e => Assert.NotEmpty(EsqlWriter.Write(e)));
        Assert.All(Shapes.OneOfEach<EsqlCommand>(), c => Assert.NotEmpty(EsqlWriter.Write(new EsqlQuery([], [c]))));
        Assert.All(Shapes.OneOfEach<EsqlSource>(), s => Assert.NotEmpty(EsqlWriter.Write(new EsqlQuery([], [new EsqlCommand.From([s], [])]))));
    }

    [Fact]
    public void A_string_maps_into_the_query()
    {
        const string Query = """FROM a | WHERE kql("x: \"a b\" and y")""";
        var where = (EsqlCommand.Where)EsqlParser.Parse(Query).Value.Commands[1];
        var literal = (EsqlExpression.String)((EsqlExpression.Call)where.Condition).Arguments[0];
        var content = EsqlParser.Content(Query, literal);
        Assert.Equal(literal.Value, content.Text);
        Assert.All(Enumerable.Range(0, content.Text.Length), i => Assert.True(Query[content.ToOuter(i)] == content.Text[i] || Query[content.ToOuter(i)] == '\\'));
        Assert.Equal(Query.IndexOf("and", StringComparison.Ordinal), content.ToOuter(content.Text.IndexOf("and", StringComparison.Ordinal)));
        Assert.Throws<ArgumentException>(() => EsqlParser.Content("FROM a", literal));
    }

    [Fact]
    public void Names_are_written_and_read_back()
    {
        string[] names = ["a", "a.b", "a b", "0", "a.0", "as", "a`b", "a..b", ".", "", "@timestamp", "@", "_", "*", "é", "a.*", "?x"];
        Assert.All(names, n => Assert.Equal([n], EsqlName.FromAtom(new EsqlName([n]).ToAtom()).Literals));
        foreach (var left in names)
        {
            foreach (var right in names)
            {
                var pattern = new EsqlName([left, right]);
                Assert.Equal(pattern, EsqlName.FromAtom(pattern.ToAtom()));
            }
        }
    }

    // One command per line, so that a difference is found by eye.
    static string TextOf(Parsed<EsqlQuery> parsed) =>
        string.Join('\n', [.. parsed.Value.Settings.Select(TreeText.Of), .. parsed.Value.Commands.Select(TreeText.Of), .. parsed.Diagnostics.Select(d => d.ToString())]);
}
