namespace Rulescope.Cli.Tests;

/// <summary>The examples of docs/json.md: each is what the program really writes.</summary>
/// <remarks><c>ACCEPT=1</c> in the environment rewrites an example that differs; review the diff.</remarks>
static class JsonExamples
{
    const string Fence = "```";

    // Tests run side by side, and one that accepts writes the file the others read.
    static readonly Lock Gate = new();

    /// <summary>The first block of JSON under a heading.</summary>
    public static string Of(string heading)
    {
        lock (Gate)
        {
            var page = File.ReadAllText(Page);
            return page[Block(page, heading)];
        }
    }

    /// <summary>Fails when the first block of JSON under a heading is other than what was written.</summary>
    public static void Check(string heading, string written)
    {
        lock (Gate)
        {
            var page = File.ReadAllText(Page);
            var block = Block(page, heading);
            if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
                File.WriteAllText(Page, page[..block.Start] + written.TrimEnd('\n') + page[block.End..]);
            else
                Assert.Equal(page[block], written.TrimEnd('\n'));
        }
    }

    static string Page => Path.Combine(Root(), "docs", "json.md");

    static Range Block(string page, string heading)
    {
        var section = page.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(section >= 0, $"docs/json.md has no section '{heading}'");
        var opening = $"\n{Fence}json\n";
        var start = page.IndexOf(opening, section, StringComparison.Ordinal) + opening.Length;
        var end = page.IndexOf($"\n{Fence}\n", start, StringComparison.Ordinal);
        Assert.True(start > opening.Length && end >= start, $"section '{heading}' of docs/json.md has no block of JSON");
        return start..end;
    }

    static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Rulescope.slnx")))
                return folder;
        }

        throw new InvalidOperationException("the tests do not run below the repository");
    }
}
