using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Esql;
using Rulescope.Languages.Kusto;
using Rulescope.Languages.Sigma;
using Rulescope.Languages.Yaral;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary>What reads the queries of test suites: the engine that runs them knows no language.</summary>
static class SuiteLanguages
{
    static LogSource AnyEvent => new("elastic", []);

    /// <summary>The first rule of a Sigma file.</summary>
    public static Parsed<RuleQuery> Sigma(string text)
    {
        var parsed = SigmaParser.Parse(text);
        return parsed.Value is { IsEmpty: false }
            ? parsed.Then(documents => SigmaLowering.Lower(documents[0]))
            : new(new RuleQuery(new Plan.Unsupported(text)), parsed.Diagnostics);
    }

    /// <summary>An EQL query of Endgame.</summary>
    public static Parsed<RuleQuery> Endgame(string text) =>
        EqlParser.Parse(text, EqlDialect.Endgame).Then(query => EqlLowering.Lower(query, EqlDialect.Endgame, AnyEvent));

    /// <summary>An expression of Endgame's EQL as a value.</summary>
    public static Parsed<Expression> EndgameExpression(string text) =>
        EqlParser.ParseExpression(text, EqlDialect.Endgame).Then(expression => EqlLowering.LowerValue(expression, EqlDialect.Endgame));

    /// <summary>An EQL query of Elasticsearch over events whose category is in a named field.</summary>
    public static Parsed<RuleQuery> Eql(string text, string categoryField) =>
        EqlParser.Parse(text).Then(query => EqlLowering.Lower(query, EqlDialect.Elastic, AnyEvent, categoryField));

    /// <summary>An ES|QL query.</summary>
    public static Parsed<RuleQuery> Esql(string text) =>
        EsqlParser.Parse(text).Then(query => EsqlLowering.Lower(query, text));

    /// <summary>A YARA-L rule.</summary>
    public static Parsed<RuleQuery> Yaral(string text) =>
        YaralParser.Parse(text).Then(file => YaralLowering.Lower(file, new LogSource("google", [])));

    /// <summary>A Kusto query.</summary>
    public static Parsed<RuleQuery> Kusto(string text) =>
        KustoParser.ParseQuery(text).Then(query => KustoLowering.Lower(query));
}
