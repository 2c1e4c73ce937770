using Rulescope.Cli.Commands;
using Rulescope.Corpus.Sync;

namespace Rulescope.Cli.Tests;

public class SyncCommandTests
{
    [Fact]
    public async Task Sync_of_an_unknown_vendor_fetches_nothing()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("sync", "elastik"), "did you mean 'elastic'?");
    }

    // No protocol is allowed here, so git refuses before it asks any network.
    [Fact]
    public async Task Sync_that_fetches_nothing_says_so_for_each_rule_set()
    {
        using var session = new Session();
        var exit = await SyncCommand.RunAsync(
            session.Open(), ["sigma"], cache => new CorpusSync(cache, [], TimeSpan.FromMinutes(1), TimeProvider.System), TestContext.Current.CancellationToken);
        Assert.Equal(2, exit);
        Assert.Contains("sigma/sigma", session.Out, StringComparison.Ordinal);
        Assert.Contains("not allowed", session.Out, StringComparison.Ordinal);
        Assert.EndsWith("rulescope: no rule set could be fetched\n", session.Error, StringComparison.Ordinal);
    }
}
