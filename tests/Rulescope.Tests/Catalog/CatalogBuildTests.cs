using Microsoft.Data.Sqlite;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;

namespace Rulescope.Tests.Catalog;

public class CatalogBuildTests
{
    const string Detection = "selection:\n    eventName: StartSession\ncondition: selection";

    [Fact]
    public void A_second_build_of_the_same_files_reads_none_of_them_and_says_the_same()
    {
        using var fixture = new CatalogFixture().With("a", CatalogFixture.Rule("a", Detection)).With("b", CatalogFixture.Rule("b", "selection: [")).With("c", CatalogFixture.Rule("c", Detection), "deprecated");
        var first = fixture.Build();
        var second = fixture.Build();
        Assert.Equal(0, first.Unchanged);
        Assert.Equal(3, second.Unchanged);
        var (before, after) = (Assert.Single(first.Sources), Assert.Single(second.Sources));
        Assert.NotEmpty(before.Failed);
        Assert.Equal(before.Findings, after.Findings);
        Assert.Equal(before.Kinds, after.Kinds);
        Assert.Equal((before.Files, before.Rules, before.Read, before.Readable), (after.Files, after.Rules, after.Read, after.Readable));
    }

    [Fact]
    public void A_changed_a_new_and_a_removed_file_are_the_only_differences()
    {
        using var fixture = new CatalogFixture().With("a", CatalogFixture.Rule("a", Detection)).With("b", CatalogFixture.Rule("b", Detection)).With("c", CatalogFixture.Rule("c", Detection));
        fixture.Build();
        fixture.With("a", CatalogFixture.Rule("a", Detection.Replace("StartSession", "SendCommand", StringComparison.Ordinal))).With("d", CatalogFixture.Rule("d", Detection)).Remove("b");
        var result = fixture.Build();
        Assert.Equal(1, result.Unchanged);
        var guide = new GuideReader(fixture.Open()).Read(new("T1021.007"), out _)!;
        Assert.Equal(["a", "c", "d"], guide.Rules.Vendors[0].Rules.Select(r => r.Id));
        Assert.Equal(["StartSession 2 2", "SendCommand 1 1"], guide.Indicators.Rows.Select(r => $"{r.Value} {r.Rules} {r.Reach}"));
    }

    [Fact]
    public async Task A_source_that_did_not_change_keeps_its_rules_beside_one_that_did()
    {
        using var first = new CatalogFixture().With("a", CatalogFixture.Rule("a", Detection));
        using var second = new CatalogFixture().With("b", CatalogFixture.Rule("b", Detection));
        RuleSource[] sources = [first.Source, second.Source];
        async Task<string> Build()
        {
            var result = await CatalogBuild.RunAsync(sources, new BuildInputs(), first.Output, null, TestContext.Current.CancellationToken);
            return string.Join(", ", result.Sources.Select(s => $"{s.Files} {s.Rules}"));
        }

        Assert.Equal("1 1, 1 1", await Build());
        second.With("c", CatalogFixture.Rule("c", Detection));
        Assert.Equal("1 1, 2 2", await Build());
        Assert.Equal("1 1, 2 2", await Build());
        var guide = new GuideReader(first.Open()).Read(new("T1021.007"), out _)!;
        Assert.Equal(["a", "b", "c"], guide.Rules.Vendors[0].Rules.Select(r => r.Id));
    }

    [Fact]
    public void What_a_crash_left_behind_does_not_matter()
    {
        using var fixture = new CatalogFixture().With("a", CatalogFixture.Rule("a", Detection));
        File.WriteAllText(fixture.Output + ".building", "half a file");
        File.WriteAllText(fixture.Output + ".lock", "");
        Assert.Equal(1, Assert.Single(fixture.Build().Sources).Rules);
    }

    [Fact]
    public void Two_builds_of_one_file_do_not_mix()
    {
        using var fixture = new CatalogFixture().With("a", CatalogFixture.Rule("a", Detection));
        using var held = new FileStream(fixture.Output + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        Assert.Throws<IOException>(() => fixture.Build());
    }

    [Fact]
    public void A_catalog_of_another_version_says_what_to_do()
    {
        using var fixture = new CatalogFixture().With("a", CatalogFixture.Rule("a", Detection));
        fixture.Build();
        using (var connection = new SqliteConnection($"Data Source={fixture.Output};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE meta SET value = '0' WHERE key = 'schema'";
            command.ExecuteNonQuery();
        }

        Assert.Null(CatalogFile.Open(fixture.Output, out var fault, out var message));
        Assert.Equal(CatalogFault.OtherVersion, fault);
        Assert.Contains("run 'rulescope build' again", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_catalog_says_so()
    {
        using var fixture = new CatalogFixture();
        File.WriteAllText(fixture.Output, new string('x', 5000));
        Assert.Null(CatalogFile.Open(fixture.Output, out var fault, out var message));
        Assert.Equal(CatalogFault.NotACatalog, fault);
        Assert.Contains("is not a Rulescope catalog", message, StringComparison.Ordinal);
        Assert.Null(CatalogFile.Open(fixture.Output + "x", out fault, out _));
        Assert.Equal(CatalogFault.Missing, fault);
    }

    [Fact]
    public void A_rule_comes_back_with_its_text_its_stages_and_its_clauses()
    {
        using var fixture = new CatalogFixture().With("a", CatalogFixture.Rule("a", """
            selection:
                eventName: [StartSession, SendCommand]
            filter_main_role:
                userIdentity.arn|contains: 'Role/Ops'
                userAgent|startswith: 'ops'
            condition: selection and not 1 of filter_main_*
            """));
        fixture.Build();
        var rule = new RuleReader(fixture.Open()).Read("sigma", "a", out _)!;
        Assert.Equal(["Somebody", "Somebody Else"], rule.Entry.Authors);
        Assert.Equal(["aws::eventName in SendCommand", "aws::eventName in StartSession"], rule.Indicators.Select(i => $"{i.Field} {i.Kind} {i.Value}").Order(StringComparer.Ordinal));
        Assert.All(rule.Indicators, i => Assert.Contains(i.Value!, rule.Text[i.SpanStart..(i.SpanStart + i.SpanLength)], StringComparison.Ordinal));
        var clause = Assert.Single(rule.Exclusions);
        Assert.Equal("filter_main_role", clause.Label);
        Assert.Equal("userIdentity.arn contains role/ops AND userAgent starts_with ops", clause.Text);
        Assert.Equal(new DateOnly(2026, 3, 4), rule.Modified);
    }
}
