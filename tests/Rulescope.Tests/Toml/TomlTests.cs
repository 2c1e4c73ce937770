using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Toml;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Toml;

public class TomlTests
{
    const string Valid = "toml/valid.cases";
    const string Invalid = "toml/invalid.cases";

    public static TheoryData<CaseFile.Case> ValidCases => CaseFile.Load(Valid);

    public static TheoryData<CaseFile.Case> InvalidCases => CaseFile.Load(Invalid);

    [Theory]
    [MemberData(nameof(ValidCases))]
    public void What_the_standard_allows_is_read(CaseFile.Case @case)
    {
        var parsed = TomlReader.Read(@case.Input);
        Assert.Empty(parsed.Diagnostics);
        Holds(@case.Input);
        CaseFile.Check(@case, TomlText.Of(parsed.Value));
    }

    [Theory]
    [MemberData(nameof(InvalidCases))]
    public void What_the_standard_forbids_is_found_and_the_rest_is_read(CaseFile.Case @case)
    {
        var parsed = TomlReader.Read(@case.Input);
        Assert.False(parsed.IsComplete);
        Holds(@case.Input);
        CaseFile.Check(@case, TomlText.Of(parsed.Value) + string.Join('\n', parsed.Diagnostics));
    }

    [Theory]
    [InlineData("a = \"x\u0001y\"\nb = 1", "TML0101 @6+1")]
    [InlineData("a = 'x\u007fy'\nb = 1", "TML0101 @6+1")]
    [InlineData("a = 1 # \u0000\nb = 1", "TML0101 @8+1")]
    [InlineData("a = 1 # x\ry\nb = 1", "TML0101 @9+1")]
    [InlineData("a = '''x\ry'''\nb = 1", "TML0101 @8+1")]
    [InlineData("a = 1\rb = 1", "TML0303 @5+6")]
    public void Characters_that_may_not_stand_are_found(string text, string finding)
    {
        var parsed = TomlReader.Read(text);
        Assert.StartsWith(finding + " ", Assert.Single(parsed.Diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_found() =>
        Assert.StartsWith("TML0105 @8+1 ", Assert.Single(TomlReader.Read("a = 1 # \ud83d\nb = 1").Diagnostics).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_are_read()
    {
        var parsed = TomlReader.Read("\uFEFFa = 1\r\nb = \"\"\"\r\nx\r\ny\"\"\"\r\n[c]\r\n");
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal("\"a\" = 1\n\"b\" = \"x\\ny\"\n\"c\" = {}\n", TomlText.Of(parsed.Value));
    }

    [Fact]
    public void Every_unit_of_a_content_has_its_place()
    {
        const string Text = "k = \"a\\tb\\u00e9c\"";
        const string Expected = "a\tb\u00e9c";
        var embedded = Content(Text);
        Assert.Equal(Expected, embedded.Text);
        Assert.Equal([5, 6, 8, 9, 15, 16], Enumerable.Range(0, Expected.Length + 1).Select(embedded.ToOuter));
    }

    [Fact]
    public void A_content_in_triple_quotes_maps_through_breaks_and_continuations()
    {
        const string Text = "k = \"\"\"\r\nab\r\ncd \\\r\n   ef\\\\g\"\"\"\"\"";
        var embedded = Content(Text);
        Assert.Equal("ab\ncd ef\\g\"\"", embedded.Text);
        foreach (var letter in "abcdefg\\")
            Assert.Equal(letter, Text[embedded.ToOuter(embedded.Text.IndexOf(letter, StringComparison.Ordinal))]);
        Assert.Equal(Text.Length - 3, embedded.OuterEnd);
        Assert.Equal(new SourceSpan(Text.IndexOf("ef", StringComparison.Ordinal), 2), embedded.ToOuter(new SourceSpan(6, 2)));
    }

    [Fact]
    public void Values_of_another_text_are_refused() =>
        Assert.Throws<ArgumentException>(() => TomlReader.Content("a = 1", new TomlValue.String("x") { Span = new(4, 1) }));

    [Fact]
    public void Paths_find_values_through_tables()
    {
        var root = TomlReader.Read("[a.b]\nc = 'x'").Value;
        Assert.Equal(new TomlValue.String("x"), root.Find("a", "b", "c"));
        Assert.Null(root.Find("a", "x", "c"));
        Assert.Null(root.Find("a", "b", "c", "d"));
        Assert.Equal(new SourceSpan(6, 1), ((TomlValue.Table)root.Find("a", "b")!).Entries[0].KeySpan);
    }

    [Theory]
    [InlineData("a = ", "[", "")]
    [InlineData("a = ", "{b=", "")]
    [InlineData("a = ", "[{b=", "")]
    [InlineData("[", "a.", "a]\nx = 1")]
    [InlineData("", "a.", "a = 1")]
    [InlineData("", "[[a]]\n[a.b]\n", "")]
    [InlineData("a = [", "1,", "]")]
    [InlineData("", "]", "\n")]
    [InlineData("", "%\n", "\n")]
    [InlineData("a = '", "x", "")]
    public void A_million_of_anything_ends_in_findings(string head, string unit, string tail)
    {
        var parsed = TomlReader.Read(head + string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length)) + tail);
        Assert.InRange(parsed.Diagnostics.Length, 0, TomlReader.MaxFindings + 1);
        Assert.NotNull(TomlText.Of(parsed.Value));
        Assert.Equal(parsed.Value, parsed.Value with { });
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_said_and_the_rest_is_read()
    {
        var parsed = TomlReader.Read($"a = {new string('[', 500)}{new string(']', 500)}\nb = 1");
        Assert.Equal("TML0901", Assert.Single(parsed.Diagnostics).Code.Id);
        Assert.Equal(new TomlValue.Integer(1), parsed.Value["b"]);
    }

    [Fact]
    public void Findings_end_at_the_limit()
    {
        var parsed = TomlReader.Read(string.Concat(Enumerable.Repeat("x\n", 1000)));
        Assert.Equal(TomlReader.MaxFindings + 1, parsed.Diagnostics.Length);
        Assert.Equal("TML0902", parsed.Diagnostics[^1].Code.Id);
    }

    [Fact]
    public void No_text_throws() =>
        Prop.ForAll<string>(text => Holds(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_token_soup_throws()
    {
        string[] tokens =
        [
            "a", "b", ".", "=", "[", "]", "[[", "]]", "{", "}", ",", "\"", "'", "\"\"\"", "'''", "\n", " ", "#", "\\", "\\u00", "1", "0x", "1979-05-27", "07:32:00",
            "T", "Z", "true", "inf", "_", "-", "+", "e", "\r\n", "\r", "\u0001", "\ud83d",
        ];
        var soup = Gen.Elements(tokens).ArrayOf(60).Select(string.Concat);
        Prop.ForAll(soup.ToArbitrary(), Holds).Check(Properties.Config.WithMaxTest(3000));
    }

    [Fact]
    public void Every_code_has_a_case()
    {
        var seen = new[] { Valid, Invalid }.SelectMany(f => CaseFile.Load(f)).SelectMany(r => TomlReader.Read(r.Data.Input).Diagnostics).Select(d => d.Code.Id)
            .Concat(["TML0101", "TML0105", "TML0901", "TML0902"]).ToHashSet(StringComparer.Ordinal);
        var codes = typeof(TomlCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((DiagnosticCode)f.GetValue(null)!).Id);
        Assert.Equal(codes.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Public_rule_files_are_read_without_findings()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var files = 0;
        using var archive = new TarReader(new GZipStream(File.OpenRead(Path.Combine(Repository.Shared!, "corpora", "elastic.tar.gz")), CompressionMode.Decompress));
        while (archive.GetNextEntry() is { } entry)
        {
            if (!entry.Name.EndsWith(".toml", StringComparison.Ordinal) || entry.DataStream is not { } data)
                continue;
            using var reader = new StreamReader(data);
            var text = reader.ReadToEnd();
            Assert.Empty(TomlReader.Read(text).Diagnostics);
            Assert.True(Holds(text), entry.Name);
            files++;
        }

        Assert.Equal(2332, files);
    }

    static EmbeddedText Content(string text) => TomlReader.Content(text, (TomlValue.String)TomlReader.Read(text).Value.Entries[0].Value);

    // Spans lie inside the text, and every string's content agrees with its value and maps into the string, in order.
    static bool Holds(string text)
    {
        var parsed = TomlReader.Read(text);
        var whole = new SourceSpan(0, text.Length);
        Assert.All(parsed.Diagnostics, d => Assert.True(whole.Contains(d.Span), d.ToString()));
        Walk(parsed.Value);
        return true;

        void Walk(TomlValue value)
        {
            Assert.True(whole.Contains(value.Span));
            switch (value)
            {
                case TomlValue.String s:
                    var content = TomlReader.Content(text, s);
                    Assert.Equal(s.Text, content.Text);
                    var places = Enumerable.Range(0, content.Text.Length + 1).Select(content.ToOuter).ToList();
                    Assert.True(places.SequenceEqual(places.Order()));
                    Assert.All(places, p => Assert.InRange(p, s.Span.Start, s.Span.End));
                    Assert.All(Enumerable.Range(0, content.Text.Length), i => Assert.True(text[places[i]] == content.Text[i] || text[places[i]] is '\\' or '\r' || IsSecondHalf(text, places[i])));
                    break;
                case TomlValue.Array a:
                    Assert.All(a.Items.Items, Walk);
                    break;
                case TomlValue.Table t:
                    Assert.Equal(t.Entries.Count, t.Entries.Select(e => e.Key).Distinct(StringComparer.Ordinal).Count());
                    Assert.All(t.Entries.Items, e => Walk(e.Value));
                    break;
            }
        }
    }

    // The second half of a character that was escaped as \UXXXXXXXX.
    static bool IsSecondHalf(string text, int place) => place > 0 && text[place - 1] == '\\' && text[place] == 'U';
}
