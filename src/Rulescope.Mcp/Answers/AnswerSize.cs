using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rulescope.Mcp.Answers;

/// <summary>Keeps an answer within what a model can read: long texts and lists are shortened, and each cut is named.</summary>
static class AnswerSize
{
    public const int MostBytes = 64 << 10;

    const int NamedCuts = 20;

    static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1024 };

    // From hardly any cut to the shortest; the first that fits is taken. Even 4 lists inside each other fit under the last one.
    static readonly ImmutableArray<(int Text, int List)> Steps = [(16_000, 400), (8_000, 100), (4_000, 40), (2_000, 16), (1_000, 8), (400, 4), (100, 2), (40, 1)];

    /// <summary>The answer as compact JSON of at most <see cref="MostBytes"/>; null where even the shortest cut is too large.</summary>
    /// <param name="content">The document.</param>
    /// <param name="cuts">How much was cut; 0 where it is whole.</param>
    public static string? Write(JsonObject content, out int cuts)
    {
        cuts = 0;
        var whole = content.ToJsonString(Compact);
        if (Encoding.UTF8.GetByteCount(whole) <= MostBytes)
            return whole;
        foreach (var (text, list) in Steps)
        {
            var cutting = new Cutting(text, list);
            var shorter = (JsonObject)cutting.Shorten(content, "");
            shorter[AnswerMembers.Cut] = cutting.Named();
            if (shorter.ToJsonString(Compact) is { } written && Encoding.UTF8.GetByteCount(written) <= MostBytes)
            {
                cuts = cutting.Count;
                return written;
            }
        }

        return null;
    }

    sealed class Cutting(int mostText, int mostItems)
    {
        readonly List<(string Path, int Kept, int Of)> _cuts = [];

        public int Count => _cuts.Count;

        public JsonNode Shorten(JsonNode node, string path) => node switch
        {
            JsonObject o => new JsonObject(o.Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Shorten(m.Value, path.Length == 0 ? m.Key : $"{path}.{m.Key}")))),
            JsonArray a => Items(a, path),
            JsonValue v when v.TryGetValue<string>(out var text) && text.Length > mostText => Text(text, path),
            _ => node.DeepClone(),
        };

        public JsonArray Named()
        {
            var named = _cuts.OrderByDescending(c => c.Of - c.Kept).Take(NamedCuts)
                .Select(c => (JsonNode)new JsonObject { ["path"] = c.Path, ["kept"] = c.Kept, ["of"] = c.Of });
            return [.. named];
        }

        JsonArray Items(JsonArray list, string path)
        {
            if (list.Count > mostItems)
                _cuts.Add((path, mostItems, list.Count));
            return [.. list.Take(mostItems).Select((item, i) => item is null ? null : Shorten(item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))];
        }

        JsonValue Text(string text, string path)
        {
            // Not between the halves of one character.
            var kept = char.IsHighSurrogate(text[mostText - 1]) ? mostText - 1 : mostText;
            _cuts.Add((path, kept, text.Length));
            return JsonValue.Create($"{text.AsSpan(0, kept)}…");
        }
    }
}
