using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Rulescope.Web.Serving;

/// <summary>What one visitor may take of the machine: bytes, time and requests.</summary>
static class SiteLimits
{
    const int MaxRequestLine = 8 << 10;
    const int MaxHeaders = 32 << 10;
    const int MaxHeaderCount = 64;
    const int MaxBody = 16 << 10;
    const int MaxConnections = 1_024;
    const int MaxWaiting = 512;
    const int Burst = 6;

    static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(10);
    static readonly TimeSpan QuietConnection = TimeSpan.FromSeconds(60);
    static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    // Slower than that nobody reads a page, but some hold on to connections.
    static readonly MinDataRate LeastRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestLineSize = MaxRequestLine;
        limits.MaxRequestHeadersTotalSize = MaxHeaders;
        limits.MaxRequestHeaderCount = MaxHeaderCount;
        limits.MaxRequestBodySize = MaxBody;
        limits.MaxConcurrentConnections = MaxConnections;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.KeepAliveTimeout = QuietConnection;
        limits.MinRequestBodyDataRate = LeastRate;
        limits.MinResponseDataRate = LeastRate;
    }

    public static void AddLimits(this IServiceCollection services, SiteSettings settings)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = settings.AnswerWithin, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable });
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = TellAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => Partition(context, settings));
        });
        services.AddSingleton(new ConcurrencyLimiter(new() { PermitLimit = settings.MadeAtOnce, QueueLimit = MaxWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
    }

    /// <summary>Lets no more answers be made at once than the machine can make; the others wait their turn.</summary>
    public static void UseTurns(this IApplicationBuilder site)
    {
        var turns = site.ApplicationServices.GetRequiredService<ConcurrencyLimiter>();
        site.Use(async (context, next) =>
        {
            using var turn = await turns.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
            if (turn.IsAcquired)
            {
                await next(context).ConfigureAwait(false);
                return;
            }

            context.Response.Headers.RetryAfter = "5";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        });
    }

    static RateLimitPartition<IPAddress> Partition(HttpContext context, SiteSettings settings)
    {
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        return settings.RequestsPerSecond == 0 || (IPAddress.IsLoopback(remote) && !settings.LimitsLoopback)
            ? RateLimitPartition.GetNoLimiter(IPAddress.None)
            : RateLimitPartition.GetTokenBucketLimiter(Subscriber(remote), _ => new()
            {
                TokenLimit = settings.RequestsPerSecond * Burst,
                TokensPerPeriod = settings.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            });
    }

    // One subscriber has 2^64 addresses of IPv6.
    static IPAddress Subscriber(IPAddress remote)
    {
        if (remote.IsIPv4MappedToIPv6)
            return remote.MapToIPv4();
        if (remote.AddressFamily != AddressFamily.InterNetworkV6)
            return remote;
        var bytes = remote.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }

    // A line of text: who asks too much must not cost a page.
    static async ValueTask TellAsync(OnRejectedContext rejected, CancellationToken cancellation)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
        var response = rejected.HttpContext.Response;
        response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync("Too many requests from this address. Slow down and try again.\n", cancellation).ConfigureAwait(false);
    }
}
