using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Kusto;

/// <summary>Every query of the public test data, by the name under which its verdict is recorded.</summary>
static class KustoCorpus
{
    public sealed record Named(string Name, string Text)
    {
        /// <summary>The line of the file that the text begins on, counted from 1.</summary>
        public int FirstLine { get; init; } = 1;

        /// <summary>The line it ends on.</summary>
        public int LastLine => FirstLine + Text.Count(c => c == '\n');
    }

    /// <summary>The fenced blocks of the two public rule collections: 849 and 299.</summary>
    public static IReadOnlyList<Named> Rules(string shared) =>
        [.. Files(shared, "corpora/kusto-bertjanp").SelectMany(Blocks), .. Files(shared, "corpora/kusto-m365d").SelectMany(Blocks)];

    /// <summary>The queries of the documentation and of an engine's tests.</summary>
    public static IReadOnlyList<Named> Conformance(string shared) =>
        [.. Files(shared, "conformance/kusto").Where(f => f.Name.EndsWith(".jsonl", StringComparison.Ordinal)).SelectMany(Lines)];

    /// <summary>The lines of a data file beside the cases, without its comments.</summary>
    public static IEnumerable<string> Facts(string file) =>
        File.ReadLines(Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", "kusto", file)).Where(l => l.Length > 0 && l[0] != '#');

    static List<Named> Files(string shared, string archive)
    {
        var files = new List<Named>();
        using var reader = new TarReader(new GZipStream(File.OpenRead(Path.Combine(shared, $"{archive}.tar.gz")), CompressionMode.Decompress));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data)
                continue;
            using var text = new StreamReader(data, Encoding.UTF8);
            files.Add(new($"{Path.GetFileName(archive)}/{entry.Name.TrimStart('.', '/')}", text.ReadToEnd().ReplaceLineEndings("\n")));
        }

        return files;
    }

    static IEnumerable<Named> Blocks(Named file)
    {
        if (!file.Name.EndsWith(".md", StringComparison.Ordinal))
            return file.Name.EndsWith(".txt", StringComparison.Ordinal) ? [file with { Name = $"{file.Name}#1" }] : [];
        var blocks = new List<Named>();
        List<string>? open = null;
        var number = 0;
        var isQuery = false;
        var at = 0;
        var first = 1;
        foreach (var line in file.Text.Split('\n'))
        {
            at++;
            var fence = line.TrimStart();
            var info = fence.TrimStart('`').Trim();
            var isFence = fence.StartsWith("```", StringComparison.Ordinal);
            if (isFence && open is null)
            {
                open = [];
                first = at + 1;
                number++;
                isQuery = info is not ("PowerShell" or "JSON");
            }
            else if (isFence && info.Length == 0)
            {
                Close();
            }
            else
            {
                open?.Add(line);
            }
        }

        Close();
        return blocks;

        void Close()
        {
            if (open is not null && isQuery)
                blocks.Add(new($"{file.Name}#{number}", string.Join('\n', open)) { FirstLine = first });
            open = null;
        }
    }

    static IEnumerable<Named> Lines(Named file)
    {
        var number = 0;
        foreach (var line in file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.TryGetProperty("query", out var query) && query.GetString() is { } text)
                yield return new($"kusto/{Path.GetFileName(file.Name)}#{number}", text);
            number++;
        }
    }
}
