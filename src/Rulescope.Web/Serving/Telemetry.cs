using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Rulescope.Web.Serving;

/// <summary>Traces and metrics of the framework's own sources, sent where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; nothing of it runs otherwise.</summary>
sealed class Telemetry : IDisposable
{
    static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    readonly TracerProvider _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Name).AddSource("Microsoft.AspNetCore").AddOtlpExporter().Build();

    readonly MeterProvider _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Name).AddMeter(Meters).AddOtlpExporter().Build();

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    /// <summary>Names each trace by its route, and tells of its address the path alone.</summary>
    public static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        await next(context).ConfigureAwait(false);
        if (Activity.Current is not { } trace)
            return;
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        trace.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        trace.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route)
            .SetTag("url.path", context.Request.Path.ToUriComponent()).SetTag("http.response.status_code", context.Response.StatusCode);
    }

    static void Name(ResourceBuilder resource) =>
        resource.AddService("rulescope", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)).AddEnvironmentVariableDetector();
}
