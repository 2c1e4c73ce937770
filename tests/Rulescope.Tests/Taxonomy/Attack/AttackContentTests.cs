using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy.Attack;

/// <summary>Holds content/attack to the public data it was taken from; <c>ACCEPT=1</c> writes it anew.</summary>
public class AttackContentTests
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Techniques_of_the_former_version_are_those_of_the_public_file()
    {
        var order = Rows("tactics.json", "tactics").Select(t => Of(t, "formerShort") ?? Of(t, "short")).ToList();
        var rows = Shared("attack-enterprise-compact-18.1.json")["techniques"]?.AsArray() ?? [];
        var lines = rows.OrderBy(t => Of(t, "id"), StringComparer.Ordinal).Select(t => Line(
            ("id", t?["id"]),
            ("name", t?["name"]),
            ("tactics", Array(t?["tactics"], name => order.IndexOf(name))),
            ("platforms", Array(t?["platforms"], name => name.ToLowerInvariant()))));
        Check("techniques-18.1.json", $"{{\n\"version\":\"18.1\",\n\"techniques\":[\n{string.Join(",\n", lines)}\n]}}\n");
    }

    // Moves that no public file of the data set states, such as those of 19.0 that Elastic does not need, are kept as they are.
    [Fact]
    public void Moves_of_the_public_files_are_all_held()
    {
        var compact = Shared("attack-enterprise-compact-18.1.json");
        var held = Rows("moved.json", "moved").ToDictionary(m => Of(m, "id") ?? "", m => m, StringComparer.Ordinal);
        var names = (compact["techniques"]?.AsArray() ?? []).ToDictionary(t => Of(t, "id") ?? "", t => Of(t, "name"), StringComparer.Ordinal);
        var partial = Shared("attack-v18-to-v19-partial.json")["technique_map"];
        foreach (var (from, to) in Pairs(partial).Concat(YamlPairs(Elastic("attack_v18_to_v19.yaml"))))
            Put(from, to, "19.0");
        foreach (var (from, to) in Pairs(compact["revoked_by"]).Concat(Pairs(JsonNode.Parse(Elastic("attack-technique-redirects.json"))?["mapping"])))
            Put(from, to, "18.1");
        Check("moved.json", $"{{\n\"moved\":[\n{string.Join(",\n", held.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => m.Value?.ToJsonString(Plain)))}\n]}}\n");

        // Groups and software have ids too; only techniques are held.
        void Put(string from, string to, string by)
        {
            if (from[0] == 'T')
                held[from] = JsonNode.Parse(Line(("id", from), ("name", Of(held.GetValueOrDefault(from), "name") ?? names.GetValueOrDefault(from)), ("to", to), ("by", by)));
        }
    }

    [Fact]
    public void Names_of_the_current_version_agree_with_the_public_file() =>
        Assert.All(Pairs(Shared("attack-v18-to-v19-partial.json")["new_names"]), pair => Assert.Equal(pair.To, AttackFacts.Default.NameOf(pair.From)));

    [Fact]
    public void Tactics_of_the_current_version_agree_with_the_public_index() =>
        Assert.All(
            File.ReadLines(Path.Combine(SharedFolder(), "data", "atomic-red-team-index.csv")).Skip(1).Select(line => line.Split(',')),
            row => Assert.Contains(AttackFacts.Default.Find(row[1])?.Tactics ?? [], tactic => tactic.ShortName == row[0]));

    // Sigma tags ids of the current version, Panther older ones, one misspelt one, a mobile one and one of ATLAS.
    [Theory]
    [InlineData("sigma.tar.gz", "attack.t", "")]
    [InlineData("panther-yaml.tar.gz", ":T", "T0018.000 T1636.003")]
    [InlineData("splunk.tar.gz", "- T", "")]
    public void Ids_of_public_rules_are_known(string corpus, string before, string otherwise)
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (_, text) in Corpus(corpus))
        {
            for (var at = text.IndexOf(before, StringComparison.Ordinal); at >= 0; at = text.IndexOf(before, at + 1, StringComparison.Ordinal))
            {
                var start = at + before.Length - 1;
                var end = start + 1;
                while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
                    end++;
                var resolution = AttackFacts.Default.Resolve(text[start..end].TrimEnd('.'));
                if (end > start + 4 && resolution.Kind is AttackIdKind.Unknown or AttackIdKind.OtherMatrix)
                    unknown.Add(resolution.Id ?? "");
            }
        }

        Assert.Equal(otherwise, string.Join(' ', unknown));
    }

    static void Check(string file, string expected)
    {
        var path = PathOf(file);
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
            File.WriteAllText(path, expected);
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    static string PathOf(string file) => Path.Combine(Repository.Root, "content", "attack", file);

    static JsonArray Rows(string file, string array) => JsonNode.Parse(File.ReadAllText(PathOf(file)))?[array]?.AsArray() ?? [];

    static JsonNode Shared(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(SharedFolder(), "data", file))) ?? throw new InvalidDataException(file);

    static string SharedFolder()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        return Repository.Shared!;
    }

    static string Elastic(string name) =>
        Corpus("elastic.tar.gz").First(f => f.Name.EndsWith(name, StringComparison.Ordinal)).Text;

    static IEnumerable<(string Name, string Text)> Corpus(string file)
    {
        using var zipped = new GZipStream(File.OpenRead(Path.Combine(SharedFolder(), "corpora", file)), CompressionMode.Decompress);
        using var tar = new TarReader(zipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data)
                continue;
            using var reader = new StreamReader(data, Encoding.UTF8);
            yield return (entry.Name, reader.ReadToEnd());
        }
    }

    static IEnumerable<(string From, string To)> Pairs(JsonNode? map) =>
        (map?.AsObject() ?? []).Select(entry => (entry.Key, entry.Value?.GetValue<string>() ?? ""));

    // The file maps "  T1562:" to an indented "    id: T1685"; nothing else of YAML is needed.
    static IEnumerable<(string From, string To)> YamlPairs(string text)
    {
        var from = "";
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (line is ['T', .., ':'])
                from = line[..^1];
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                yield return (from, line["id: ".Length..]);
        }
    }

    static JsonNode Array<TKey>(JsonNode? array, Func<string, TKey> order) =>
        new JsonArray([.. (array?.AsArray() ?? []).Select(item => item?.GetValue<string>() ?? "").OrderBy(order).Select(item => (JsonNode)item)]);

    static string Line(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var row = new JsonObject();
        foreach (var (name, value) in members)
            row[name] = value?.DeepClone();
        return row.ToJsonString(Plain);
    }

    static string? Of(JsonNode? row, string member) => row?[member]?.GetValue<string>();
}
