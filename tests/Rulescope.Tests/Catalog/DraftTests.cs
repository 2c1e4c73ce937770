using Rulescope.Catalog.Draft;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Drafts;
using Rulescope.Corpus.Sources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Catalog;

/// <summary>Drafts of rules: what they say, and that they say it in a form their own readers take without an error.</summary>
public sealed class DraftTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-drafts-");
    readonly CatalogFixture _fixture = new();

    public static TheoryData<string> Languages => [.. DraftLanguage.All.Select(l => l.Name)];

    public void Dispose()
    {
        _fixture.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("sigma", "eventName: 'StartSession'", "filter_main_1", "condition: 'selection and not filter_main_1'")]
    [InlineData("kuery", "event.action:", "aws.cloudtrail.user_identity.arn:*deployer", "not ")]
    [InlineData("eql", "any where event.action == ", "endsWith~(aws.cloudtrail.user_identity.arn", "logs-aws.cloudtrail-*")]
    [InlineData("esql", "FROM logs-aws.cloudtrail-* METADATA", "aws.cloudtrail.user_identity.arn LIKE", "AND NOT ")]
    [InlineData("spl", "sourcetype=\"aws:cloudtrail\"", "NOT userIdentity.arn=", "mitre_attack_id:")]
    [InlineData("kusto", "AWSCloudTrail", "| where EventName =~ \"StartSession\"", "| where not(UserIdentityArn endswith")]
    [InlineData("yaral", "$e.metadata.log_type = \"AWS_CLOUDTRAIL\"", "$e.metadata.product_event_type = \"StartSession\" nocase", "technique = \"T1021.007\"")]
    [InlineData("panther", "LogTypes:", "Value: 'StartSession'", "None:")]
    public void A_draft_is_a_whole_file_in_its_vendors_words(string language, params string[] pieces)
    {
        foreach (var id in (string[])["one", "two"])
        {
            _fixture.With(id, CatalogFixture.Rule(
                id, "selection:\n    eventName: StartSession\n    eventSource: ssm.amazonaws.com\nfilter:\n    userIdentity.arn|endswith: deployer\nfilter_tool:\n    userAgent|contains: tool\ncondition: selection and not filter and not filter_tool"));
        }

        _fixture.Build();
        var draft = Draft(_fixture.Open(), "T1021.007", language);
        Assert.NotNull(draft);
        Assert.All(pieces, p => Assert.Contains(p, draft.Text, StringComparison.Ordinal));
        Assert.Contains("userAgent contains tool (an attacker can meet it", draft.Text, StringComparison.Ordinal);
        Assert.Equal(["StartSession", "ssm.amazonaws.com"], draft.Tests.Select(t => t.Value).Order(StringComparer.Ordinal));
        Assert.Equal(draft.Text, Draft(_fixture.Open(), "t1021.007", language)?.Text);
    }

    [Fact]
    public void A_name_nobody_knows_stands_under_its_canonical_one_and_says_so()
    {
        foreach (var id in (string[])["one", "two"])
            _fixture.With(id, CatalogFixture.Rule(id, "selection:\n    eventName: StartSession\n    ownWord: x\ncondition: selection"));
        _fixture.Build();
        var draft = Draft(_fixture.Open(), "T1021.007", "kusto");
        Assert.Contains("# ownWord: the name this field has here is not known", draft?.Text, StringComparison.Ordinal);
        Assert.Equal("StartSession", Assert.Single(draft!.Tests).Value);
    }

    [Fact]
    public void Hostile_values_end_no_comment_and_no_string()
    {
        foreach (var id in (string[])["one", "two"])
            _fixture.With(id, CatalogFixture.Rule(id, "selection:\n    eventName: \"a'\\\"\\\\*/\\n{{x}} | where true ''' \\u2028 end\"\n    eventSource: 'x\\'\nfilter:\n    userIdentity.arn: \"q\\nmaturity = 1\"\ncondition: selection and not filter"));
        _fixture.Build();
        foreach (var language in DraftLanguage.All)
        {
            if (Draft(_fixture.Open(), "T1021.007", language.Name) is { } draft)
                Assert.Contains("T1021.007", Techniques(language, draft), StringComparer.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("T9999")]
    [InlineData("nonsense")]
    [InlineData("T1021.001")]
    public void Where_nothing_can_be_drafted_a_message_says_so(string technique)
    {
        _fixture.With("one", CatalogFixture.Rule("one", "selection:\n    eventName: x\ncondition: selection")).Build();
        Assert.Null(new DraftReader(_fixture.Open()).Read(technique, DraftLanguage.All[0], out var message));
        Assert.NotEmpty(message);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_technique_of_the_starter_rules_has_a_draft_that_shows_its_rows(string name)
    {
        var language = DraftLanguage.Find(name)!;
        var starters = Path.Combine(Repository.Root, "content", "rules");
        await CatalogBuild.RunAsync([.. Directory.GetDirectories(starters).Select(d => new RuleSource(Path.GetFileName(d), d))], new BuildInputs(), _fixture.Output, null, TestContext.Current.CancellationToken);
        using var catalog = _fixture.Open();
        var drafts = new TechniqueIndex(catalog).Read().Where(t => t.Rules > 0).Select(t => Draft(catalog, t.Technique.Id, name)).OfType<DraftedRule>().ToArray();
        Assert.NotEmpty(drafts);
        var written = await WrittenAsync(language, drafts);
        foreach (var draft in drafts)
        {
            var guide = new GuideReader(written).Read(new(draft.Technique.Id) { All = true }, out _)!;
            // Some vendors tag the technique above too, so its page has the draft of the one below.
            Assert.InRange(guide.Rules.Total, 1, drafts.Length);
            Assert.Equal(guide.Rules.Total, guide.Rules.Readable);
            Assert.All(draft.Tests, t => Assert.Contains(guide.Indicators.Rows, r => (r.Field, r.Owner, r.Kind) == (t.Field, t.Owner, t.Kind) && string.Equals(r.Value, t.Value, StringComparison.OrdinalIgnoreCase)));
            Assert.All(draft.Exclusions.SelectMany(e => e.Tests), t => Assert.Contains(guide.Exclusions.Rows, r => (r.Field, r.Kind) == (t.Field, t.Kind)));
        }
    }

    static DraftedRule? Draft(CatalogFile catalog, string technique, string language) => new DraftReader(catalog).Read(technique, DraftLanguage.Find(language)!, out _);

    async Task<CatalogFile> WrittenAsync(DraftLanguage language, DraftedRule[] drafts)
    {
        var set = Path.Combine(_folder.FullName, language.Path);
        Directory.CreateDirectory(set);
        foreach (var draft in drafts)
            await File.WriteAllTextAsync(Path.Combine(set, draft.FileName), draft.Text, TestContext.Current.CancellationToken);
        var output = Path.Combine(_folder.FullName, "drafts.db");
        var result = await CatalogBuild.RunAsync([new RuleSource(language.Reader.Vendor, _folder.FullName)], new BuildInputs(), output, null, TestContext.Current.CancellationToken);
        Assert.Equal(0, result.Unchanged);
        return CatalogFile.Open(output, out _, out var message) ?? throw new InvalidOperationException(message);
    }

    static IEnumerable<string> Techniques(DraftLanguage language, DraftedRule draft)
    {
        var file = SourceFile.Decode($"{language.Path}{draft.FileName}", System.Text.Encoding.UTF8.GetBytes(draft.Text));
        var read = language.Reader.Read(file, new(new(language.Reader.Vendor, "", null, null, null, null), []));
        var document = Assert.Single(read.Value);
        Assert.DoesNotContain(read.Diagnostics.Concat(document.Diagnostics), d => d.Code.Severity == Rulescope.Text.Severity.Error);
        return document.Techniques.Items;
    }
}
