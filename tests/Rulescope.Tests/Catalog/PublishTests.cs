using System.Text;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Search;
using Rulescope.Corpus.Provenance;

namespace Rulescope.Tests.Catalog;

public class PublishTests
{
    const string Id = "own-published";

    // Each word stands at one place of the rule only.
    const string Rule = """
        title: Marktitle
        id: own-published
        status: test
        level: medium
        description: markdescription
        author: markauthor
        date: 2026-01-02
        references:
            - https://example.org/markreference
        falsepositives:
            - markfalse
        related:
            - id: markrelated
              type: derived
        tags:
            - attack.t1021.007
            - own.marktag
        # markcomment
        logsource:
            product: aws
            service: markservice
        detection:
            markselection:
                eventName: markvalue
                markfield|markmodifier: markunread
            filter_own:
                userAgent: markexclusion
            condition: markselection and not 1 of filter_*
        """;

    static readonly string[] Identity = ["marktitle", Id, "markauthor", "t1021.007"];

    static readonly string[] Read = ["markdescription", "markreference", "markfalse", "markrelated", "marktag", "markservice", "markvalue", "markexclusion"];

    static readonly string[] Own = ["markcomment", "markmodifier", "markunread"];

    public static TheoryData<Publish, string[], string[]> Modes => new()
    {
        { Publish.Full, [.. Identity, .. Read, .. Own], [] },
        { Publish.Facts, [.. Identity, .. Read], Own },
        { Publish.Link, Identity, [.. Read, .. Own, "markselection"] },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_file_itself_holds_what_is_published_and_nothing_else(Publish mode, string[] there, string[] absent)
    {
        using var catalog = new CatalogFixture { Publish = mode }.With("own", Rule);
        catalog.Build();
        AssertHeld(catalog, there, absent);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_catalog_that_is_built_again_keeps_nothing_it_may_no_longer_show(Publish mode, string[] there, string[] absent)
    {
        using var catalog = new CatalogFixture { Publish = Publish.Full }.With("own", Rule);
        catalog.Build();
        catalog.Publish = mode;
        catalog.Build();
        AssertHeld(catalog, there, absent);
        catalog.Publish = Publish.Full;
        catalog.Build();
        AssertHeld(catalog, [.. Identity, .. Read, .. Own], []);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Every_answer_follows(Publish mode, string[] there, string[] absent)
    {
        using var catalog = new CatalogFixture { Publish = mode }.With("own", Rule);
        catalog.Build();
        using var opened = catalog.Open();
        var page = new RuleReader(opened).Read("sigma", Id, out _)!;
        var guide = new GuideReader(opened).Read(new GuideQuestion("T1021.007") { All = true }, out _)!;
        var search = new SearchReader(opened).Search(SearchQuery.Parse("marktitle").Value, 10);
        using var answers = new MemoryStream();
        RuleJson.Write(page, answers);
        GuideJson.Write(guide, answers);
        RuleJson.Write(search, answers);
        var text = Encoding.UTF8.GetString(answers.ToArray());
        Assert.All(there, word => Assert.Contains(word, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(absent, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains($"\"publish\": \"{mode.Word()}\"", text, StringComparison.Ordinal);
        Assert.Equal(mode == Publish.Full, page.Withheld is null);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void A_search_for_a_word_that_is_not_published_finds_nothing(Publish mode, string[] there, string[] absent)
    {
        using var catalog = new CatalogFixture { Publish = mode }.With("own", Rule);
        catalog.Build();
        using var opened = catalog.Open();
        var search = new SearchReader(opened);
        Assert.Contains("marktitle", there);
        Assert.Equal(1, search.Search(SearchQuery.Parse("marktitle").Value, 10).Total);
        Assert.All(absent, word => Assert.Equal(0, search.Search(SearchQuery.Parse(word).Value, 10).Total));
    }

    [Fact]
    public void Rows_of_facts_have_no_place_in_a_text_that_is_not_there()
    {
        using var catalog = new CatalogFixture { Publish = Publish.Facts }.With("own", Rule);
        catalog.Build();
        using var opened = catalog.Open();
        var page = new RuleReader(opened).Read("sigma", Id, out _)!;
        Assert.NotEmpty(page.Indicators);
        Assert.All(page.Indicators, i => Assert.Equal(0, i.SpanLength));
        // The line is told, the words are not.
        Assert.All(page.Unread, u => Assert.True(u is { Text: "", Line: > 20 }));
        Assert.NotEmpty(page.Unread);
    }

    // SQLite keeps texts as they are, so the bytes of the file say what it holds, in tables, indices and free pages.
    static void AssertHeld(CatalogFixture catalog, string[] there, string[] absent)
    {
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(catalog.Output)).ToLowerInvariant();
        Assert.All(there, word => Assert.Contains(word, bytes, StringComparison.Ordinal));
        Assert.All(absent, word => Assert.DoesNotContain(word, bytes, StringComparison.Ordinal));
    }
}
