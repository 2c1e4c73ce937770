using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Esql;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Esql;

public class EsqlFuzzTests
{
    internal static readonly string[] Words =
    [
        "FROM", "ROW", "TS", "SHOW", "WHERE", "EVAL", "STATS", "BY", "KEEP", "DROP", "RENAME", "SORT", "LIMIT", "DISSECT", "GROK", "MV_EXPAND", "ENRICH", "LOOKUP", "JOIN",
        "COMPLETION", "RERANK", "FORK", "FUSE", "CHANGE_POINT", "SAMPLE", "SET", "INLINE", "METADATA", "ON", "WITH", "AS", "AND", "OR", "NOT", "IN", "IS", "NULL", "LIKE",
        "RLIKE", "NULLS", "FIRST", "LAST", "ASC", "DESC", "TRUE", "a", "b.c", "`d e`", "x*", "f(", "g(h(", "|", "|", "|", ",", "(", ")", "[", "]", "{", "}", "=", "==", "!=", "<",
        ">=", "+", "-", "*", "/", "%", ":", "::", ";", ".", "?", "??p", "1", "2.5", "1 day", "\"s\"", "\"", "\"\"\"", "`", "//", "/*", "*/", "\n", "\\", "é", "\0", "\ud83d",
    ];

    [Fact]
    public void No_text_breaks_the_invariants() =>
        Prop.ForAll<string>(text => EsqlInvariants.Hold(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_token_soup_breaks_the_invariants()
    {
        var soup = Gen.Elements(Words).ArrayOf(40).Select(words => string.Join(' ', words));
        Prop.ForAll(soup.ToArbitrary(), EsqlInvariants.Hold).Check(Properties.Config.WithMaxTest(3000));
    }

    [Fact]
    public void No_query_of_token_soup_breaks_the_invariants()
    {
        var soup = Gen.Elements(Words).ArrayOf(25).Select(words => "FROM a | " + string.Concat(words.Select(w => w.Length > 1 ? w + " " : w)));
        Prop.ForAll(soup.ToArbitrary(), EsqlInvariants.Hold).Check(Properties.Config.WithMaxTest(3000));
    }

    [Theory]
    [InlineData("FROM a | WHERE ", "(", "")]
    [InlineData("FROM a | WHERE ", "NOT ", "b")]
    [InlineData("ROW a = ", "-", "b")]
    [InlineData("ROW a = ", "- ", "1")]
    [InlineData("ROW a = ", "f(", "")]
    [InlineData("ROW a = ", "[", "")]
    [InlineData("ROW a = f(", "{\"a\":", "")]
    [InlineData("ROW a = b", "::int", "")]
    [InlineData("", "FROM (", "")]
    [InlineData("FROM a ", "| FORK (", "")]
    [InlineData("FROM a | WHERE ", "a IN (FROM b | WHERE ", "")]
    [InlineData("", "/* ", "")]
    [InlineData("", "/* /* */ ", "")]
    [InlineData("FROM a ", "|", "")]
    [InlineData("FROM a ", ")", "")]
    [InlineData("FROM a ", "| KEEP ", "")]
    [InlineData("", "#", "")]
    [InlineData("", "sql\n", "")]
    [InlineData("FROM a | WHERE a IN (", "FROM,", "")]
    [InlineData("SET a = ", "\"", "")]
    public void A_million_of_anything_ends_in_findings(string head, string unit, string tail)
    {
        var parsed = EsqlParser.Parse(head + string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)) + tail);
        Assert.InRange(parsed.Diagnostics.Length, 1, EsqlParser.MaxFindings + 1);
        Assert.Equal(parsed.Value, parsed.Value with { });
        Assert.NotEmpty(EsqlWriter.Write(parsed.Value) + " ");
    }

    [Theory]
    [InlineData("a OR ")]
    [InlineData("a AND ")]
    [InlineData("a + ")]
    [InlineData("a * ")]
    public void Long_chains_are_flat(string unit)
    {
        var parsed = EsqlParser.ParseExpression(string.Concat(Enumerable.Repeat(unit, 10_000)) + "a");
        Assert.Empty(parsed.Diagnostics);
        var length = parsed.Value switch
        {
            EsqlExpression.Or or => or.Terms.Count,
            EsqlExpression.And and => and.Terms.Count,
            EsqlExpression.Arithmetic chain => chain.Steps.Count + 1,
            _ => 0,
        };
        Assert.Equal(10_001, length);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_said_once()
    {
        var parsed = EsqlParser.Parse($"FROM a | WHERE {new string('(', 500)}b{new string(')', 500)} AND c == 1 | LIMIT 1");
        Assert.Equal("ESQ0901", Assert.Single(parsed.Diagnostics).Code.Id);
        Assert.IsType<EsqlCommand.Limit>(parsed.Value.Commands[2]);
    }

    [Fact]
    public void Findings_end_at_the_limit()
    {
        var parsed = EsqlParser.Parse("FROM a" + string.Concat(Enumerable.Repeat(" | x", 1000)));
        Assert.Equal(EsqlParser.MaxFindings + 1, parsed.Diagnostics.Length);
        Assert.Equal("ESQ0902", parsed.Diagnostics[^1].Code.Id);
        Assert.Equal(1001, parsed.Value.Commands.Count);
    }
}
