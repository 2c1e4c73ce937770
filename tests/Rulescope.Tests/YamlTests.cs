using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Yaml;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests;

public class YamlTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("sigma/yaml.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_reads_to_nodes_with_places(CaseFile.Case @case)
    {
        var parsed = YamlReader.Read(@case.Input);
        var shown = new StringBuilder();
        foreach (var document in parsed.Value)
            Show(shown, @case.Input, document.Root, "");
        foreach (var finding in parsed.Diagnostics)
            shown.Append(finding).Append('\n');
        CaseFile.Check(@case, shown.ToString());
    }

    [Theory]
    [InlineData("12", 12L, 12.0)]
    [InlineData("-3", -3L, -3.0)]
    [InlineData("0x1F", 31L, 31.0)]
    [InlineData("0o17", 15L, 15.0)]
    [InlineData("0o7777777777777777777777777", null, null)]
    [InlineData("0xFFFFFFFFFFFFFFFF", null, null)]
    [InlineData("99999999999999999999", null, 1e20)]
    [InlineData("1.5", null, 1.5)]
    [InlineData("-1e3", null, -1000.0)]
    [InlineData(".5", null, 0.5)]
    [InlineData("-.inf", null, double.NegativeInfinity)]
    [InlineData("+.INF", null, double.PositiveInfinity)]
    [InlineData(".nan", null, double.NaN)]
    [InlineData("1e", null, null)]
    [InlineData("1.5x", null, null)]
    [InlineData("text", null, null)]
    public void Numbers_have_values(string text, long? integer, double? number)
    {
        var scalar = new YamlNode.Scalar(text);
        Assert.Equal(integer, scalar.Integer);
        Assert.Equal(number, scalar.Number);
    }

    [Fact]
    public void Written_nodes_are_read_as_they_were()
    {
        Prop.ForAll<string, string>((key, value) =>
        {
            var node = new YamlNode.Mapping([
                new(YamlWriter.Key(Clean(key)), new YamlNode.Sequence([YamlWriter.Quoted(Clean(value)), new YamlNode.Sequence([]), new YamlNode.Mapping([])])),
                new(YamlWriter.Key("-" + Clean(key)), new YamlNode.Mapping([new(YamlWriter.Key("a"), new YamlNode.Sequence([new YamlNode.Sequence([new YamlNode.Scalar("1")])]))])),
            ]);
            return YamlReader.Read(YamlWriter.Write(node)).Value is [{ Root: var read }] && read == node;
        }).Check(Properties.Config);

        // A lone half of a surrogate pair is no text that a file could hold; keys are at most 1,024 characters.
        static string Clean(string? text) => string.Concat((text ?? "").Take(200).Where(c => !char.IsSurrogate(c) && c < '\uFFFE'));
    }

    [Fact]
    public void Byte_order_mark_and_windows_line_ends_keep_places()
    {
        const string Text = "\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n";
        var root = Assert.IsType<YamlNode.Mapping>(Assert.Single(YamlReader.Read(Text).Value).Root);
        Assert.Equal("1", Slice(Text, root["a"]!.Span));
        var block = Assert.IsType<YamlNode.Scalar>(root["b"]);
        Assert.Equal("x\ny\n", block.Value);
        var content = YamlContent.Of(Text, block);
        Assert.Equal('x', Text[content.ToOuter(0)]);
        Assert.Equal('y', Text[content.ToOuter(2)]);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Deep_nesting_is_one_finding(string opening)
    {
        var parsed = YamlReader.Read(string.Concat(Enumerable.Repeat(opening, 1_000_000)));
        Assert.Equal("YML0302", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_read()
    {
        var depth = YamlReader.MaxDepth;
        Assert.True(YamlReader.Read(new string('[', depth) + new string(']', depth)).IsComplete);
        Assert.False(YamlReader.Read(new string('[', depth + 1) + new string(']', depth + 1)).IsComplete);
    }

    [Fact]
    public void A_million_items_are_read()
    {
        var parsed = YamlReader.Read(string.Concat(Enumerable.Repeat("- a\n", 1_000_000)));
        Assert.Equal(1_000_000, Assert.IsType<YamlNode.Sequence>(Assert.Single(parsed.Value).Root).Items.Count);
    }

    [Fact]
    public void Alias_bombs_are_stopped()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 40; i++)
            text.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        var parsed = YamlReader.Read(text.ToString());
        Assert.Contains(parsed.Diagnostics, d => d.Code == YamlCodes.TooManyAliased);
        Assert.InRange(Size(Assert.Single(parsed.Value).Root), 1, 2 * YamlReader.MaxAliased);
    }

    [Fact]
    public void A_chain_of_aliases_is_no_deeper_than_the_limit()
    {
        var text = new StringBuilder("- &a0 x\n");
        for (var i = 1; i < 300; i++)
            text.Append($"- &a{i} [*a{i - 1}]\n");
        var parsed = YamlReader.Read(text.ToString());
        Assert.InRange(Height(Assert.Single(parsed.Value).Root), 1, YamlReader.MaxDepth + 1);
    }

    [Fact]
    public void Huge_texts_are_refused() =>
        Assert.Equal("YML0301", Assert.Single(YamlReader.Read(new string('a', YamlReader.MaxLength + 1)).Diagnostics).Code.Id);

    [Fact]
    public void No_input_throws() =>
        Prop.ForAll<string>(text => Readable(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_soup_of_tokens_throws()
    {
        string[] tokens = ["- ", "? ", ": ", "\n", "  ", "[", "]", "{", "}", ",", "a", "'", "\"", "|", ">", "&a ", "*a ", "!!str ", "!", "---\n", "...\n", "#", "\t", "\\", "%TAG ! x\n", "😀", "\r\n", "<<"];
        var soup = Gen.Elements(tokens).ListOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(soup, Readable).Check(Properties.Config.WithMaxTest(3000));
    }

    [Fact]
    public void Quoted_text_comes_back_with_its_places()
    {
        Prop.ForAll<string>(text =>
        {
            var value = new string([.. (text ?? "").Where(c => c is >= ' ' and <= '~')]);
            var source = $"a: '{value.Replace("'", "''", StringComparison.Ordinal)}'";
            var root = (YamlNode.Mapping)YamlReader.Read(source).Value[0].Root;
            var scalar = (YamlNode.Scalar)root["a"]!;
            var content = YamlContent.Of(source, scalar);
            return scalar.Value == value && value.Select((c, i) => source[content.ToOuter(i)] == c).All(same => same);
        }).Check(Properties.Config);
    }

    static bool Readable(string text)
    {
        var parsed = YamlReader.Read(text);
        return parsed.Diagnostics.All(d => d.Span.Start >= 0 && d.Span.End <= text.Length)
            && parsed.Value.All(d => Inside(text, d.Root));
    }

    static bool Inside(string text, YamlNode node) => node.Span.Start >= 0 && node.Span.End <= text.Length && node switch
    {
        YamlNode.Scalar scalar => YamlContent.Of(text, scalar) is var content && content.Text == scalar.Value && content.OuterEnd <= text.Length,
        YamlNode.Sequence sequence => sequence.Items.All(i => Inside(text, i)),
        YamlNode.Mapping mapping => mapping.Entries.All(e => Inside(text, e.Key) && Inside(text, e.Value)),
        _ => false,
    };

    static int Size(YamlNode node) => node switch
    {
        YamlNode.Sequence sequence => 1 + sequence.Items.Sum(Size),
        YamlNode.Mapping mapping => 1 + mapping.Entries.Sum(e => Size(e.Key) + Size(e.Value)),
        _ => 1,
    };

    static int Height(YamlNode node) => node is YamlNode.Sequence { Items.Count: > 0 } sequence ? 1 + sequence.Items.Max(Height) : 1;

    static void Show(StringBuilder shown, string text, YamlNode node, string indent)
    {
        switch (node)
        {
            case YamlNode.Scalar scalar:
                shown.Append($"{indent}{scalar.Style} {scalar.Kind} {Escaped(scalar.Value)} @{scalar.Span}");
                var content = YamlContent.Of(text, scalar);
                var outer = Escaped(string.Concat(scalar.Value.Select((_, i) => content.ToOuter(i) < text.Length ? text[content.ToOuter(i)] : '$')));
                shown.Append(outer == Escaped(scalar.Value) ? "\n" : $" from {outer}\n");
                break;
            case YamlNode.Sequence sequence:
                shown.Append($"{indent}sequence @{sequence.Span}\n");
                foreach (var item in sequence.Items)
                    Show(shown, text, item, indent + "  ");
                break;
            case YamlNode.Mapping mapping:
                shown.Append($"{indent}mapping @{mapping.Span}\n");
                foreach (var entry in mapping.Entries)
                {
                    Show(shown, text, entry.Key, indent + "  ");
                    Show(shown, text, entry.Value, indent + "    ");
                }

                break;
        }
    }

    static string Escaped(string text) => "`" + string.Concat(text.Select(c => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        < ' ' or '\u0085' or '\u00A0' => $"\\x{(int)c:X2}",
        _ => c.ToString(),
    })) + "`";

    static string Slice(string text, SourceSpan span) => text[span.Start..span.End];
}
