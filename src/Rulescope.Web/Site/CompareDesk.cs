using Rulescope.Catalog.Checking;

namespace Rulescope.Web.Site;

/// <summary>Where the texts that visitors hand over are read: a few at once, so that the pages go on, and nobody waits for one for long.</summary>
/// <remarks>A parser cannot be stopped half-way. One that takes too long keeps its seat until it is done, so however many ask, no more than the seats are at work.</remarks>
public sealed class CompareDesk : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Queueing = TimeSpan.FromSeconds(2);

    // Half of the machine stays free for the pages.
    readonly SemaphoreSlim _seats = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Reads a text; null when there was no seat, or the text took too long.</summary>
    public async Task<PastedRule?> ReadAsync(string text, string? language, CancellationToken cancellation)
    {
        if (!await _seats.WaitAsync(Queueing, cancellation).ConfigureAwait(false))
            return null;
        var reading = Task.Run(() => PastedRule.Read(text, language), CancellationToken.None);
        _ = reading.ContinueWith(_ => _seats.Release(), TaskScheduler.Default);
        var done = await Task.WhenAny(reading, Task.Delay(Patience, cancellation)).ConfigureAwait(false);
        return done == reading ? await reading.ConfigureAwait(false) : null;
    }

    public void Dispose() => _seats.Dispose();
}
