namespace Rulescope.Cli.Tests;

/// <summary>The examples of docs/json.md: each is what the program really writes.</summary>
/// <remarks><c>ACCEPT=1</c> in the environment rewrites an example that differs; review the diff.</remarks>
static class JsonExamples
{
    const string Fence = "```";

    /// <summary>Fails when the first block of JSON under a heading is other than what was written.</summary>
    public static void Check(string heading, string written)
    {
        var path = Path.Combine(Root(), "docs", "json.md");
        var text = File.ReadAllText(path);
        var section = text.IndexOf($"\n## {heading}\n", StringComparison.Ordinal);
        Assert.True(section >= 0, $"docs/json.md has no section '{heading}'");
        var opening = $"\n{Fence}json\n";
        var start = text.IndexOf(opening, section, StringComparison.Ordinal) + opening.Length;
        var end = text.IndexOf($"\n{Fence}\n", start, StringComparison.Ordinal);
        Assert.True(start > opening.Length && end >= start - 1, $"section '{heading}' of docs/json.md has no block of JSON");
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
            File.WriteAllText(path, text[..start] + written.TrimEnd('\n') + text[end..]);
        else
            Assert.Equal(text[start..end], written.TrimEnd('\n'));
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
