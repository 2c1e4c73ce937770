using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rulescope.Languages.Toml;

namespace Rulescope.Tests.Support;

/// <summary>What the archives of public test data hold; callers skip first where <see cref="Repository.Shared"/> is null.</summary>
public static partial class PublicArchive
{
    /// <summary>A query of a rule or hunt file, with the language it is written in.</summary>
    public sealed record Query(string Path, string Language, string Text);

    /// <summary>The files of an archive such as <c>corpora/elastic.tar.gz</c> whose names end in <paramref name="ending"/>.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string archive, string ending)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Repository.Shared!, archive)), CompressionMode.Decompress);
        using var entries = new TarReader(packed);
        while (entries.GetNextEntry() is { } entry)
        {
            if (!entry.Name.EndsWith(ending, StringComparison.Ordinal) || entry.DataStream is not { } data)
                continue;
            using var reader = new StreamReader(data);
            yield return (entry.Name, reader.ReadToEnd());
        }
    }

    /// <summary>The objects of a JSON Lines file of an archive.</summary>
    public static IEnumerable<JsonElement> JsonLines(string archive, string ending) =>
        Files(archive, ending).SelectMany(f => f.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => JsonDocument.Parse(l).RootElement);

    /// <summary>Elastic's queries of one language (<c>eql</c>, <c>kuery</c>, <c>lucene</c>, <c>esql</c>), threat queries and hunts included.</summary>
    public static IEnumerable<Query> Elastic(string language) => Files("corpora/elastic.tar.gz", ".toml")
        .SelectMany(f => QueriesOf(f.Path, TomlReader.Read(f.Text).Value))
        .Where(q => q.Language == language);

    static IEnumerable<Query> QueriesOf(string path, TomlValue.Table file)
    {
        if (file.Find("rule", "language") is TomlValue.String language && file.Find("rule", "query") is TomlValue.String query)
            yield return new(path, language.Text, query.Text);
        if (file.Find("rule", "threat_language") is TomlValue.String threat && file.Find("rule", "threat_query") is TomlValue.String threats)
            yield return new(path, threat.Text, threats.Text);
        if (file.Find("hunt", "query") is not TomlValue.Array hunts)
            yield break;
        foreach (var hunt in hunts.Items.Items.OfType<TomlValue.String>())
            yield return new(path, LanguageOf(hunt.Text), hunt.Text);
    }

    // Hunt files name the languages of all their queries together, so each is known by how it begins.
    static string LanguageOf(string hunt) => EqlStart.IsMatch(hunt) ? "eql" : SqlStart.IsMatch(hunt) ? "sql" : "esql";

    [GeneratedRegex(@"\A(\s|//.*|/\*[\s\S]*?\*/)*(sequence|sample|\w+\s+where)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    static partial Regex EqlStart { get; }

    [GeneratedRegex(@"\A\s*(--.*\s*)*select\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    static partial Regex SqlStart { get; }
}
