using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Corpus;
using Rulescope.Languages.Highlighting;
using Rulescope.Languages.Toml;
using Rulescope.Languages.Yaml;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Highlighting;

public class HighlightingTests
{
    const string File = "highlighting/languages.cases";

    // Beginnings and ends of everything that any of the languages has.
    static readonly string[] Soup =
    [
        "a", "Image|endswith", "detection", "condition", "selection", "query", "rule x", "events:", "$e.a", "#c", "%l", "1", "2.5", "5m", "0x1f", "'", "\"", "\"\"\"", "'''", "`", "```", "\\",
        "\\\"", "/", "//", "/*", "*/", "#", " # c", "|", "||", "(", ")", "[", "]", "{", "}", "[[", "]]", "<", ">", "<=", "!=", "==", "=~", "=", ":", ": ", "- ", "\n- ", "|-\n  ", ">\n  ", "&x ", "*x",
        "<<: *x", "---\n", "...", ",", ";", ".", "..", "~", "^2", "+", "-", "*", "%", "!", "?", "@", "$", " ", "\n", "\n  ", "\r\n", "\t", "and", "AND", "NOT ", "or", "not ", "in", "of", "by", "where", "let",
        "FROM", "from", "| eval", "| stats", "| where", "keep", "metadata", "enrich", "matches regex", "datetime(", "def f(", "return", "f'{a}'", "b\"", "é", "\ud83d", "\u200b", "\0",
    ];

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load(File);

    public static TheoryData<string> Languages => [.. Enum.GetNames<RuleLanguage>(), "yaml", "toml"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_is_highlighted(CaseFile.Case @case)
    {
        var language = @case.Name.Split(':')[0];
        CaseFile.Check(@case, Written(@case.Input, Of(language, @case.Input)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Any_text_has_tokens_in_order_inside_it(string language) =>
        Prop.ForAll<string>(text => Holds(language, text ?? "")).Check(Properties.Config);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Any_soup_has_tokens_in_order_inside_it(string language) =>
        Prop.ForAll(Gen.Elements(Soup).ListOf().Select(string.Concat).ToArbitrary(), text => Holds(language, text)).Check(Properties.Config.WithMaxTest(1000).WithEndSize(80));

    [Fact]
    public void A_query_anywhere_in_any_file_is_highlighted_in_its_place()
    {
        var place = Gen.Choose(-2, 40).Two().SelectMany(p => Gen.Elements(Enum.GetValues<RuleLanguage>()).Select(l => new CodePart(new(p.Item1, p.Item2), l)));
        var files = Gen.Elements(Soup).ListOf().Select(string.Concat).SelectMany(text => place.ListOf().Select(parts => (Text: text, Parts: parts)));
        Prop.ForAll(files.ToArbitrary(), file =>
        {
            foreach (var path in (string[])["a.yml", "a.toml", "a.md", ""])
                AssertInOrder(file.Text, RuleCode.Tokens(path, file.Text, file.Parts));
        }).Check(Properties.Config.WithMaxTest(2000).WithEndSize(60));
    }

    [Theory]
    [InlineData("rule.yml", "query: |\n    T | where a == \"b\"\nname: x\n", "query: |\n    ", "T | where a == \"b\"", "Kusto", "keyword where")]
    [InlineData("rule.toml", "query = '''\nprocess where a == \"b\"\n'''\n", "query = ", "'''\nprocess where a == \"b\"\n'''", "Eql", "keyword where")]
    [InlineData("rule.md", "a == \"b\"", "", "a == \"b\"", "Kusto", "text \"b\"")]
    [InlineData("rule.yml", "search: 'index=a it''s=1'\n", "search: ", "'index=a it''s=1'", "Spl", "field index")]
    public void A_query_is_in_its_own_language(string path, string text, string before, string query, string language, string expected)
    {
        var tokens = RuleCode.Tokens(path, text, [new(new(before.Length, query.Length), Enum.Parse<RuleLanguage>(language))]);
        Assert.Contains(expected, tokens.Select(t => $"{t.Class.ToString().ToLowerInvariant()} {text.Substring(t.Span.Start, t.Span.Length)}"));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_long_text_takes_its_length_and_no_more(string language)
    {
        // A quadratic reader would look at 10^10 characters here and run into the time limit of the whole run.
        foreach (var piece in (string[])["\"\"\"\n", "```", "/* ", "'a ", "`b\n", "[", "# c\n", "a|b: c\n", "| where a=\"b\" ", "\"\\\"", "f(", "a.b.c.d."])
            Holds(language, string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length)));
    }

    static void Holds(string language, string text) => AssertInOrder(text, Of(language, text));

    static void AssertInOrder(string text, ImmutableArray<CodeToken> tokens)
    {
        var at = 0;
        foreach (var token in tokens)
        {
            Assert.True(token.Span.Start >= at && token.Span.Length > 0 && token.Span.End <= text.Length, $"{token} behind {at} in {text.Length}");
            at = token.Span.End;
        }
    }

    static ImmutableArray<CodeToken> Of(string language, string text) => language switch
    {
        "yaml" => YamlHighlighter.Of(text),
        "toml" => TomlHighlighter.Of(text),
        _ => RuleCode.Tokens(Enum.Parse<RuleLanguage>(language, ignoreCase: true), text),
    };

    static string Written(string text, ImmutableArray<CodeToken> tokens)
    {
        var lines = new StringBuilder();
        foreach (var token in tokens)
            lines.Append(token.Class.ToString().ToLowerInvariant().PadRight(9)).AppendLine(text.Substring(token.Span.Start, token.Span.Length).Replace("\n", "\\n", StringComparison.Ordinal));
        return lines.ToString().TrimEnd();
    }
}
