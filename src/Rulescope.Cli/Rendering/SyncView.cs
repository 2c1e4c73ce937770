using Rulescope.Corpus.Sync;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>What <c>sync</c> has fetched.</summary>
static class SyncView
{
    const int ShortCommit = 12;

    public static void Write(IAnsiConsole console, IReadOnlyList<SyncResult> results)
    {
        var table = Page.Table("Rule set", "Commit", "Result");
        foreach (var result in results)
        {
            table.AddRow(
                Page.Cell($"{result.RuleSet.Vendor}/{result.RuleSet.Name}"),
                Page.Cell(result.Commit is { } commit ? commit[..Math.Min(ShortCommit, commit.Length)] : ""),
                result.Error is { } error
                    ? Page.Cell(SafeText.Value(error) + (result.Commit is null ? "" : " (what was there stays)"), Page.Alarm)
                    : Page.Cell(result.IsNew ? "cloned" : "updated"));
        }

        console.WriteTable(table);
    }
}
