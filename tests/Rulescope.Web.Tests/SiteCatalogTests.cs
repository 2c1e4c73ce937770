using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Rulescope.Catalog.Guide;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>What the site does when its catalog is built anew under it.</summary>
public class SiteCatalogTests(SiteFixture site)
{
    [Fact]
    public async Task A_new_build_is_served_with_new_counts_and_tags()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        await using var own = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        await own.StartAsync(TestContext.Current.CancellationToken);
        var home = new Uri(own.Urls.Single());
        var (before, tag) = await AskAsync(home);
        Assert.Contains("<dt>rules</dt><dd><a href=\"/search\">1</a></dd>", before, StringComparison.Ordinal);
        built.Build(OwnRules.All[0].Yaml, OwnRules.All[1].Yaml);
        var (after, fresh) = (before, tag);
        // The site looks once a second at most; how soon is not the question here.
        for (var i = 0; i < 100 && fresh == tag; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            (after, fresh) = await AskAsync(home);
        }

        Assert.NotEqual(tag, fresh);
        Assert.Contains("<dt>rules</dt><dd><a href=\"/search\">2</a></dd>", after, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_looked_at_once_a_second_at_most()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        var (time, log) = (new SteppedTime(), new Lines());
        var catalog = new SiteCatalog(built.Open(), time, log);
        var first = catalog.Enter();
        built.Build(OwnRules.All[0].Yaml, OwnRules.All[1].Yaml);
        time.Step(TimeSpan.FromMilliseconds(900));
        Assert.Same(first, catalog.Enter());
        time.Step(TimeSpan.FromMilliseconds(200));
        var second = catalog.Enter();
        Assert.NotSame(first, second);
        Assert.Equal(2, second.Overview.Counts.Rules);
        // Two are still with the old one, and it answers as before.
        Assert.Equal(1, first.Overview.Counts.Rules);
        catalog.Leave(first);
        Assert.NotNull(first.Guides.Read(new("T1021.007"), out _));
        catalog.Leave(first);
        Assert.Throws<ObjectDisposedException>(() => first.Guides.Read(new("T1021"), out _));
        Assert.NotNull(second.Guides.Read(new("T1021"), out _));
        Assert.Empty(log.Written);
    }

    [Fact]
    public void A_file_of_another_version_leaves_the_old_one_open_and_warns_once()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        var (time, log) = (new SteppedTime(), new Lines());
        var catalog = new SiteCatalog(built.Open(), time, log);
        using var other = new BuiltCatalog(OwnRules.All[0].Yaml, OwnRules.All[1].Yaml);
        using (var connection = new SqliteConnection($"Data Source={other.Path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE meta SET value = '0' WHERE key = 'schema'";
            command.ExecuteNonQuery();
        }

        File.Move(other.Path, built.Path, overwrite: true);
        for (var i = 0; i < 3; i++)
        {
            time.Step(TimeSpan.FromSeconds(2));
            var current = catalog.Enter();
            Assert.Equal(1, current.Search.Search(Rulescope.Catalog.Search.SearchQuery.Parse("").Value, 10).Total);
            catalog.Leave(current);
        }

        Assert.Contains("schema version 0", Assert.Single(log.Written), StringComparison.Ordinal);
        built.Build(OwnRules.All[0].Yaml, OwnRules.All[1].Yaml);
        time.Step(TimeSpan.FromSeconds(2));
        Assert.Equal(2, catalog.Enter().Overview.Counts.Rules);
        Assert.Single(log.Written);
    }

    [Fact]
    public void Guides_are_kept_by_question_and_the_oldest_go()
    {
        using var built = new BuiltCatalog(OwnRules.All[0].Yaml);
        using var file = built.Open();
        var cache = new GuideCache(new GuideReader(file));
        var question = new GuideQuestion("T1021.007") { Include = ["deprecated"] };
        var guide = cache.Read(question, out _);
        Assert.Same(guide, cache.Read(question with { Include = ["deprecated"] }, out _));
        Assert.NotSame(guide, cache.Read(question with { Role = "selector" }, out _));
        for (var i = 0; i < 100; i++)
            cache.Read(question with { Platform = $"p{i}" }, out _);
        Assert.Equal(16, cache.Count);
        Assert.NotSame(guide, cache.Read(question, out _));
        Assert.Null(cache.Read(new("T9999"), out var message));
        Assert.NotEmpty(message);
    }

    async Task<(string Page, string? Tag)> AskAsync(Uri address)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.ETag?.ToString());
    }

    sealed class SteppedTime : TimeProvider
    {
        long _ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Step(TimeSpan span) => _ticks += span.Ticks;
    }

    sealed class Lines : ILogger<SiteCatalog>
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.Equal(LogLevel.Warning, logLevel);
            Written.Add(formatter(state, exception));
        }
    }
}
