using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Rulescope.Load;

/// <summary>What came of a run; times are those a visitor waits, from asking to the last byte.</summary>
sealed record LoadResult(int Requests, int Failed, long Bytes, TimeSpan Took, long[] Sorted)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Requests / Took.TotalSeconds:n0} requests/s, p50 {At(0.5):n1} ms, p95 {At(0.95):n1} ms, p99 {At(0.99):n1} ms, longest {At(1):n1} ms, {Bytes / Math.Max(1, Requests):n0} bytes each, {Failed} failed of {Requests:n0}");

    double At(double part) => Sorted.Length == 0 ? 0 : Stopwatch.GetElapsedTime(0, Sorted[Math.Min(Sorted.Length - 1, (int)(Sorted.Length * part))]).TotalMilliseconds;
}

/// <summary>Connections that are kept and each ask one thing after the other.</summary>
sealed class LoadClient : IDisposable
{
    readonly Uri _address;
    readonly string _encoding;
    readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false, UseProxy = false });

    public LoadClient(Uri address, string encoding) => (_address, _encoding) = (address, encoding);

    /// <summary>Asks for the pages in turn, until there were so many requests or the time is over.</summary>
    public async Task<LoadResult> RunAsync(IReadOnlyList<string> pages, int connections, int requests = int.MaxValue, TimeSpan? time = null)
    {
        var uris = pages.Select(p => new Uri(_address, p)).ToArray();
        var next = -1;
        var start = Stopwatch.GetTimestamp();
        var results = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(AskAsync))).ConfigureAwait(false);
        var took = Stopwatch.GetElapsedTime(start);
        long[] sorted = [.. results.SelectMany(r => r.Times).Order()];
        return new(sorted.Length, results.Sum(r => r.Failed), results.Sum(r => r.Bytes), took, sorted);

        async Task<(List<long> Times, int Failed, long Bytes)> AskAsync()
        {
            var (times, failed, bytes, buffer) = (new List<long>(), 0, 0L, new byte[64 << 10]);
            while ((time is null || Stopwatch.GetElapsedTime(start) < time) && Interlocked.Increment(ref next) is var number && number < requests)
            {
                var asked = Stopwatch.GetTimestamp();
                var (isFine, length) = await AskOnceAsync(uris[number % uris.Length], _encoding, buffer).ConfigureAwait(false);
                times.Add(Stopwatch.GetTimestamp() - asked);
                bytes += length;
                failed += isFine ? 0 : 1;
            }

            return (times, failed, bytes);
        }
    }

    /// <summary>The page that is the most to carry for a visitor whose browser knows gzip alone.</summary>
    public async Task<(string Page, long Bytes)> WeighAsync(IEnumerable<string> pages)
    {
        var (heaviest, most, buffer) = ("", 0L, new byte[64 << 10]);
        foreach (var page in pages)
        {
            var (_, bytes) = await AskOnceAsync(new(_address, page), "gzip", buffer).ConfigureAwait(false);
            if (bytes > most)
                (heaviest, most) = (page, bytes);
        }

        return (heaviest, most);
    }

    public async Task<string> TextAsync(string page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_address, page));
        using var answer = await _http.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync().ConfigureAwait(false);
    }

    public void Dispose() => _http.Dispose();

    async Task<(bool IsFine, long Bytes)> AskOnceAsync(Uri page, string encoding, byte[] buffer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, page);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        try
        {
            using var answer = await _http.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
            using var body = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
            var bytes = 0L;
            while (await body.ReadAsync(buffer).ConfigureAwait(false) is var read and > 0)
                bytes += read;
            return (answer.StatusCode == HttpStatusCode.OK, bytes);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return (false, 0);
        }
    }
}
