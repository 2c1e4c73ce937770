using System.Globalization;
using System.Text.Json.Nodes;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Agreement;

/// <summary>Where the drivers of other readers stand, and what was recorded of their answers.</summary>
static class OutsideReaders
{
    /// <summary>The interpreter the Python libraries run in.</summary>
    public static string Python => Environment.GetEnvironmentVariable("RULESCOPE_PYTHON") is { Length: > 0 } named ? named : "python3";

    public static string Driver(string language, string file) => Path.Combine(Repository.Root, "tests", "oracles", language, file);

    /// <summary>The lines of a data file such as <c>kuery/broken.jsonl</c>, without its comments.</summary>
    public static IEnumerable<string> Facts(string file) => File.ReadLines(PathOf(file)).Where(l => l.Length > 0 && l[0] != '#');

    /// <summary>Queries by the path of their file, in order; further ones of one file are numbered.</summary>
    public static IEnumerable<(string Name, string Text)> Named(IEnumerable<PublicArchive.Query> queries) => queries
        .GroupBy(q => q.Path, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
        .SelectMany(g => g.Select((q, i) => (i == 0 ? q.Path : string.Create(CultureInfo.InvariantCulture, $"{q.Path}#{i + 1}"), q.Text)));

    /// <summary>Compares a report with the one checked in; <c>ACCEPT=1</c> rewrites that.</summary>
    public static void Check(string file, string actual)
    {
        var path = PathOf(file);
        if (Environment.GetEnvironmentVariable("ACCEPT") is "1")
            File.WriteAllText(path, actual);
        else
            Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    /// <summary>An event with its values and names said otherwise.</summary>
    public static JsonObject Said(JsonObject made, Func<JsonNode?, JsonNode?> value, Func<string, string> name) =>
        new(made.Select(m => KeyValuePair.Create(name(m.Key), Said(m.Value, value, name))));

    static JsonNode? Said(JsonNode? node, Func<JsonNode?, JsonNode?> value, Func<string, string> name) => node switch
    {
        JsonObject inner => Said(inner, value, name),
        JsonArray list => new JsonArray([.. list.Select(i => Said(i, value, name))]),
        _ => value(node?.DeepClone()),
    };

    static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", file);
}
