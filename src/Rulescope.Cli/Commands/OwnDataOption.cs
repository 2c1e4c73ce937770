using System.CommandLine;
using System.Globalization;
using Rulescope.Catalog.Search;
using Rulescope.Engine.Records;

namespace Rulescope.Cli.Commands;

/// <summary><c>--data</c>: what data there is to run rules on, by its names or by a sample of it (SPEC E04).</summary>
static class OwnDataOption
{
    public static Option<string?> Build() => new("--data")
    {
        Description = "Only rules that can run on the data at hand: names of tables, indices, log types or log sources, or files with sample records, parted by commas.",
        HelpName = "NAMES",
    };

    /// <summary>The names of the data; a file counts for the log sources of its records. False, and it is said why, where a file tells nothing.</summary>
    public static bool TryRead(Terminal terminal, string? data, out string? names)
    {
        names = null;
        if (data is null)
            return true;
        var all = new List<string>();
        foreach (var part in data.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!File.Exists(part))
                all.Add(part);
            else if (!TrySample(terminal, part, all))
                return false;
        }

        names = string.Join(',', all);
        if (OwnData.Of(all).Unknown is { IsEmpty: false } unknown)
            terminal.Note($"rulescope: no known log source is called {string.Join(", ", unknown.Select(n => $"'{n}'"))}; only rules that name it themselves are kept for it");
        return true;
    }

    static bool TrySample(Terminal terminal, string path, List<string> names)
    {
        LogSample sample;
        try
        {
            using var log = File.OpenRead(path);
            sample = LogSample.Read(log, path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            terminal.CouldNotRun($"'{path}' cannot be read: {problem.Message}");
            return false;
        }

        foreach (var finding in sample.Findings)
            terminal.Note($"rulescope: {finding}");
        if (sample.Sources.IsEmpty)
        {
            terminal.CouldNotRun(sample.Records == 0
                ? $"'{path}' holds no record; give JSON, JSON Lines, or these gzipped or in a zip archive"
                : $"none of the {Number(sample.Records)} records of '{path}' is of a known log source; name it yourself, such as --data SigninLogs");
            return false;
        }

        terminal.Note($"rulescope: '{path}' is {string.Join(", ", sample.Sources.Select(s => $"{s.Id} ({Number(s.Records)})"))}, by {(sample.IsCut ? "its first" : "all its")} {Number(sample.Records)} records{Rest(sample)}");
        names.AddRange(sample.Sources.Select(s => s.Id));
        return true;
    }

    static string Rest(LogSample sample) => sample.Unknown == 0 ? "" : $"; {Number(sample.Unknown)} of them are of no known source";

    static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
