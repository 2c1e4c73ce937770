using System.Collections.Immutable;

namespace Rulescope.Web.Serving;

/// <summary>What is logged of requests, to stderr.</summary>
public enum RequestLogForm
{
    None,
    Text,
    Json,
}

/// <summary>How the site is run. The defaults are those of <c>rulescope serve</c>.</summary>
public sealed record SiteSettings
{
    public static readonly SiteSettings Default = new();

    public RequestLogForm Log { get; init; }

    /// <summary>Whether the log also has what follows the <c>?</c> of an address, such as the words of a search.</summary>
    public bool LogsQueries { get; init; }

    /// <summary>Requests a second that one remote address may send for long; six times as many at once. 0 means any number.</summary>
    public int RequestsPerSecond { get; init; } = 50;

    /// <summary>Whether the limit holds for this machine too. Off, because nobody is kept from their own program.</summary>
    public bool LimitsLoopback { get; init; }

    /// <summary>How long an answer may take, waiting included.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many answers are made at once; each takes a core and the memory of a page.</summary>
    public int MadeAtOnce { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>The names the site answers to; empty means those of the addresses it listens on.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>Whether traces and metrics go where the variables <c>OTEL_*</c> say.</summary>
    public bool SendsTelemetry { get; init; }

    /// <summary>Whether finished answers are kept for those who ask next.</summary>
    public bool KeepsAnswers { get; init; } = true;
}
