using System.CommandLine;
using Rulescope.Web.Serving;

namespace Rulescope.Cli.Commands;

/// <summary>The options of <c>serve</c> that say how the site is run.</summary>
sealed class ServingOptions
{
    const int MostRequests = 100_000;

    public Option<string> Log { get; } = WithChoice(new("--log")
    {
        Description = "A line on stderr for each request: none, text or json. It holds no address of a visitor.",
        HelpName = "FORM",
        DefaultValueFactory = _ => "none",
    });

    public Option<bool> LogQueries { get; } = new("--log-queries") { Description = "Log what follows the ? of an address too, such as the words of a search." };

    public Option<int> Rate { get; } = new("--rate")
    {
        Description = "Requests a second that one remote address may send for long, six times as many at once; 0 sets no limit. This machine has none.",
        HelpName = "N",
        DefaultValueFactory = _ => SiteSettings.Default.RequestsPerSecond,
    };

    public Option<string?> Hosts { get; } = new("--hosts")
    {
        Description = "The names the site answers to, parted by commas; without it, those of this machine where --urls names no other, and any else.",
        HelpName = "NAMES",
    };

    /// <summary>The settings as they were given; null with a message where one cannot be.</summary>
    public SiteSettings? Read(ParseResult parse, out string message)
    {
        message = "";
        var rate = parse.GetRequiredValue(Rate);
        if (rate is >= 0 and <= MostRequests)
        {
            return SiteSettings.Default with
            {
                Log = Enum.Parse<RequestLogForm>(parse.GetRequiredValue(Log), ignoreCase: true),
                LogsQueries = parse.GetValue(LogQueries),
                RequestsPerSecond = rate,
                Hosts = [.. (parse.GetValue(Hosts) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            };
        }

        message = $"--rate {rate} is no number of requests a second: write one from 0, which sets no limit, to {MostRequests}";
        return null;
    }

    static Option<string> WithChoice(Option<string> option)
    {
        option.AcceptOnlyFromAmong([.. Enum.GetNames<RequestLogForm>().Select(n => n.ToLowerInvariant())]);
        return option;
    }
}
