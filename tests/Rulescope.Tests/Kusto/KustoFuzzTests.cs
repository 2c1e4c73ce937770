using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Kusto;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Kusto;

public class KustoFuzzTests
{
    public static readonly string[] Soup =
    [
        "(", ")", "[", "]", "{", "}", "|", ",", ";", ".", "..", "=", "==", "=>", "*", "+", "-", ":", "@", "'a'", "\"b\"", "```c```", "1", "1.5", "1d",
        "datetime(2024)", "dynamic(", "typeof(", "T", "['x y']", "{p}", "a*", "where", "extend", "project", "project-away", "summarize", "by", "join",
        "kind=inner", "on", "union", "mv-expand", "mv-apply", "to", "limit", "parse", "with", "parse-kv", "as", "make-series", "default", "from", "step",
        "in", "range", "top", "top-nested", "of", "others", "scan", "declare", "partition", "order", "sort", "asc", "nulls", "first", "evaluate", "invoke",
        "render", "timechart", "search", "find", "print", "fork", "facet", "reduce", "let", "f", "view", "set", "alias", "database", "pattern", "restrict",
        "access", "query_parameters", "macro-expand", "entity_group", "datatable", "externaldata", "toscalar", "totable", "materialize", "and", "or", "not(",
        "has", "!in~", "between", "matches regex", "has_any", "string", "hint.strategy=shuffle", "datascope=all", "graph-match", "\n", "// c\n", "&", "\\",
    ];

    [Fact]
    public void No_text_throws() => Prop.ForAll<string>(text => Reads(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_token_soup_throws() =>
        Prop.ForAll(Gen.Elements(Soup).ListOf().ToArbitrary(), words => Reads(string.Join(' ', words)))
            .Check(Properties.Config.WithMaxTest(2000).WithEndSize(60));

    [Fact]
    public void What_is_read_without_error_is_written_and_read_again() =>
        Prop.ForAll(Gen.Elements(Soup).ListOf().ToArbitrary(), words =>
        {
            var parsed = KustoParser.ParseQuery("T | " + string.Join(' ', words));
            if (parsed.IsComplete)
                KustoTree.CheckRoundTrip(parsed.Value);
        }).Check(Properties.Config.WithMaxTest(2000).WithEndSize(12));

    [Theory]
    [InlineData("", "f(")]
    [InlineData("", "a[")]
    [InlineData("", "a in (")]
    [InlineData("", "-(")]
    [InlineData("print dynamic(", "[")]
    [InlineData("print dynamic(", "{\"a\":")]
    [InlineData("", "T | join (")]
    [InlineData("T | ", "fork (")]
    [InlineData("T | ", "partition by a (")]
    [InlineData("T | ", "partition by a { T | ")]
    [InlineData("T | ", "mv-apply a on (")]
    [InlineData("T | ", "facet by a with ")]
    [InlineData("let f = (", "a:(")]
    [InlineData("", "let f = () { ")]
    [InlineData("", "macro-expand g (")]
    [InlineData("", "toscalar(")]
    [InlineData("print typeof(", "a:(")]
    [InlineData("", "a or b and c == d < e + f * (")]
    public void Deep_nesting_is_one_finding(string first, string opening)
    {
        var text = first + string.Concat(Enumerable.Repeat(opening, 50_000));
        var parsed = OnSmallStack(() => KustoParser.ParseQuery(text));
        Assert.Equal("KUS0205", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Fact]
    public void A_million_parentheses_are_one_finding()
    {
        var parsed = OnSmallStack(() => KustoParser.ParseQuery(new string('(', 1_000_000)));
        Assert.Equal("KUS0205", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_read_and_written()
    {
        var depth = KustoParser.MaxDepth - 1;
        var text = "print " + string.Concat(Enumerable.Repeat("f(", depth - 1)) + "a" + new string(')', depth - 1);
        var parsed = OnSmallStack(() => KustoParser.ParseQuery(text));
        Assert.True(parsed.IsComplete, string.Join('\n', parsed.Diagnostics));
        OnSmallStack(() =>
        {
            KustoTree.CheckRoundTrip(parsed.Value);
            return true;
        });
    }

    [Theory]
    [InlineData("T | where a == 1", " or a == 1")]
    [InlineData("T | where a", " and b")]
    [InlineData("print 1", " + 1")]
    [InlineData("T", " | where a")]
    [InlineData("print a", ".b")]
    [InlineData("print a", "[0]")]
    [InlineData("let a = 1", "; let a = 1")]
    [InlineData("T | project a", ", a")]
    [InlineData("print \"a\"", " \"a\"")]
    [InlineData("T | parse a with", " *")]
    public void A_hundred_thousand_terms_are_flat(string first, string next)
    {
        var text = first + string.Concat(Enumerable.Repeat(next, 100_000));
        var parsed = OnSmallStack(() => KustoParser.ParseQuery(text));
        Assert.Empty(parsed.Diagnostics);
        Assert.True(OnSmallStack(() => KustoParser.ParseQuery(KustoWriter.Write(parsed.Value)).Value.Equals(parsed.Value)));
    }

    static void Reads(string text)
    {
        var parsed = KustoParser.ParseQuery(text);
        KustoTree.CheckSpans(parsed.Value, text);
        Assert.All(parsed.Diagnostics, d => Assert.True(d.Span.Start >= 0 && d.Span.End <= text.Length));
        Assert.NotNull(KustoWriter.Write(parsed.Value));
    }

    // Three quarters of a megabyte: half of what the smallest thread of the product has.
    static T OnSmallStack<T>(Func<T> read)
    {
        T? value = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    value = read();
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    failure = e;
                }
            },
            768 * 1024);
        thread.Start();
        thread.Join();
        return failure is null ? value! : throw new InvalidOperationException("the read failed", failure);
    }
}
