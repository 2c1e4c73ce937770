using Rulescope.Catalog.Facts;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Catalog;

public sealed class ReachFactsTests : IDisposable
{
    readonly CatalogFixture _fixture = new CatalogFixture()
        .With("one", CatalogFixture.Rule("one", "selection:\n    eventName: StartSession\ncondition: selection"))
        .With("two", CatalogFixture.Rule("two", "selection:\n    eventName: [STARTSESSION, Other]\ncondition: selection"));

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Counts_come_back_as_they_were_written()
    {
        _fixture.Build();
        using var file = new MemoryStream();
        using (var catalog = _fixture.Open())
            ReachFacts.Write(catalog, new(2026, 11, 22), file);
        var facts = ReachFacts.Read(new MemoryStream(file.ToArray()));
        Assert.NotNull(facts);
        Assert.Equal(new DateOnly(2026, 11, 22), facts.Date);
        Assert.Equal([2, 0, 0, 0, 0, 0], facts.Find("", "aws::eventName", "eq", "startsession"));
        Assert.Equal([1, 0, 0, 0, 0, 0], facts.Find("", "aws::eventName", "eq", "other"));
        Assert.Empty(facts.Find("", "aws::eventName", "eq", "nowhere"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("rulescope-reach 1 2026-11-22\n\nshort")]
    [InlineData("rulescope-reach 2 2026-11-22\n\n")]
    [InlineData("rulescope-reach 1 yesterday\n\n")]
    public void What_is_no_file_of_counts_is_none(string content)
    {
        using var file = new MemoryStream();
        using (var packed = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            packed.Write(System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Null(ReachFacts.Read(new MemoryStream(file.ToArray())));
        Assert.Null(ReachFacts.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content + "not packed"))));
    }

    [Fact]
    public void The_shipped_counts_name_what_was_counted()
    {
        Assert.NotNull(ReachFacts.Shipped);
        Assert.Equal(Vendors.Order.Order(StringComparer.Ordinal), ReachFacts.Shipped.Sources.Select(s => s.Split(' ')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.True(ReachFacts.Shipped.Count > 40_000);
    }

    // Names of the taxonomy are part of what is hashed: a change there makes the counts of old, and "rulescope build --facts" counts anew.
    [Fact]
    public async Task The_shipped_counts_are_those_of_the_public_rules()
    {
        if (Repository.Shared is not { } shared)
        {
            Assert.Skip(Repository.SharedAbsent);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("rulescope-facts-");
        try
        {
            var output = Path.Combine(folder.FullName, "catalog.db");
            await CatalogBuild.RunAsync(
                [new RuleSource("sigma", Path.Combine(shared, "corpora", "sigma.tar.gz"))], new BuildInputs(), output, null, TestContext.Current.CancellationToken);
            using var catalog = CatalogFile.Open(output, out _, out _);
            Assert.NotNull(catalog);
            using var file = new MemoryStream();
            ReachFacts.Write(catalog, new(2026, 11, 22), file);
            Assert.NotNull(ReachFacts.Shipped);
            Assert.Equal(0, ReachFacts.Read(new MemoryStream(file.ToArray()))?.Differences(ReachFacts.Shipped, "sigma"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
