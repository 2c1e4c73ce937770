using System.Diagnostics;
using Microsoft.Extensions.Logging.Console;

namespace Rulescope.Web.Serving;

/// <summary>One line for each request: no address of a visitor, and of what was asked the path alone unless more is wanted.</summary>
sealed partial class RequestLog(RequestDelegate next, SiteSettings settings, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            var (request, response) = (context.Request, context.Response);
            // Encoded, so that no line break of a request gets into the log.
            var path = request.Path.ToUriComponent() + (settings.LogsQueries ? request.QueryString.ToUriComponent() : "");
            var (milliseconds, answer) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, context.Features.Get<AnswerOrigin>()?.Word ?? "-");
            Answered(log, request.Method, path, response.StatusCode, response.ContentLength ?? 0, milliseconds, answer);
        }
    }

    public static void Configure(ILoggingBuilder logging, SiteSettings settings)
    {
        logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (settings.Log != RequestLogForm.None)
            logging.AddFilter(typeof(RequestLog).FullName, LogLevel.Information);
        if (settings.Log == RequestLogForm.Json)
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
            return;
        }

        logging.AddSimpleConsole(text =>
        {
            text.ColorBehavior = LoggerColorBehavior.Disabled;
            (text.SingleLine, text.UseUtcTimestamp, text.TimestampFormat) = (settings.Log == RequestLogForm.Text, true, "yyyy-MM-ddTHH:mm:ss.fffZ ");
        });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} {Status} {Bytes} bytes {Milliseconds:0.0} ms {Answer}")]
    static partial void Answered(ILogger log, string method, string path, int status, long bytes, double milliseconds, string answer);
}
