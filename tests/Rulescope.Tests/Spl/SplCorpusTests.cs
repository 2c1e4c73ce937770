using Rulescope.Languages.Spl;
using Rulescope.Languages.Yaml;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Spl;

/// <summary>Splunk's public detections and their macros, where they are present.</summary>
public class SplCorpusTests
{
    [Fact]
    public void Every_public_search_is_read_and_survives_writing()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var macros = SplunkArchive.Macros();
        var searches = SplunkArchive.Searches().ToList();
        foreach (var (path, search) in searches)
        {
            // With the macros as Splunk reads it, and without any as a file on its own.
            foreach (var known in new[] { macros, SplMacros.None })
            {
                var expansion = SplExpansion.Of(search, known);
                var parsed = SplParser.Parse(expansion.Text);
                Assert.True(parsed.IsComplete, $"{path}\n{string.Join('\n', parsed.Diagnostics)}");
                Assert.DoesNotContain(expansion.Findings, f => f.Code.Severity == Severity.Error);
                Spans.AssertInside(expansion.Text, parsed.Value);
                SplInvariants.RoundTrip(parsed.Value);
            }
        }

        Assert.Equal(1711, searches.Count);
    }

    [Fact]
    public void Every_public_macro_is_read_and_survives_writing()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var definitions = SplunkArchive.Definitions().ToList();
        var macros = SplunkArchive.Macros();
        var unread = new List<string>();
        foreach (var macro in definitions)
        {
            // Some are commands, some conditions, some values: all are a search of their own with a word before them.
            var isCommand = SplParser.Parse("| " + SplExpansion.Of(macro.Definition, macros).Text) is { IsComplete: true };
            var parsed = SplParser.Parse((isCommand ? "| " : "") + SplExpansion.Of(macro.Definition, macros).Text);
            if (parsed.IsComplete)
                SplInvariants.RoundTrip(parsed.Value);
            else
                unread.Add(macro.Name);
        }

        Assert.Equal(189, definitions.Count);
        Assert.Empty(unread);
    }
}

/// <summary>What the archive of Splunk's public content holds.</summary>
static class SplunkArchive
{
    const string Archive = "corpora/splunk.tar.gz";

    public static IEnumerable<(string Path, string Search)> Searches() =>
        from file in PublicArchive.Files(Archive, ".yml")
        where file.Path.Contains("detections/", StringComparison.Ordinal)
        let search = TextOf(Root(file.Text), "search")
        where search.Length > 0
        select (file.Path, search);

    public static IEnumerable<SplMacro> Definitions() =>
        from file in PublicArchive.Files(Archive, ".yml")
        where file.Path.Contains("macros/", StringComparison.Ordinal)
        let root = Root(file.Text)
        where root is not null
        let parameters = root["arguments"] is YamlNode.Sequence list ? list.Items.Items.OfType<YamlNode.Scalar>().Select(s => s.Value).ToEquatableArray() : []
        select new SplMacro(TextOf(root, "name"), parameters, TextOf(root, "definition"));

    public static SplMacros Macros() => new(Definitions());

    static YamlNode.Mapping? Root(string text) => YamlReader.Read(text).Value is [var document, ..] ? document.Root as YamlNode.Mapping : null;

    static string TextOf(YamlNode.Mapping? root, string key) => root?[key] is YamlNode.Scalar scalar ? scalar.Value : "";
}
