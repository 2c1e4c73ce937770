using System.Globalization;
using System.Text.Json.Nodes;

namespace Rulescope.Mcp.Answers;

/// <summary>Takes one page of the lists of an answer; what is left says how many rows there are in all.</summary>
static class AnswerPages
{
    const string EachOf = "[].";

    /// <summary>Keeps the rows from <paramref name="offset"/> on and adds the member <c>page</c>; gives a sentence about it.</summary>
    public static string Take(JsonObject content, IEnumerable<string> paths, int limit, int offset)
    {
        var taken = paths.SelectMany(p => Lists(content, p)).Select(l => (l.Path, Total: l.List.Count, Rows: Keep(l.List, limit, offset))).ToArray();
        var next = taken.Any(t => offset + t.Rows < t.Total && t.Rows > 0) ? offset + limit : (int?)null;
        content[AnswerMembers.Page] = new JsonObject
        {
            ["offset"] = offset,
            ["limit"] = limit,
            ["lists"] = new JsonArray([.. taken.Select(t => new JsonObject { ["path"] = t.Path, ["rows"] = t.Rows, ["total"] = t.Total })]),
            ["next"] = next,
        };
        var most = taken.Length > 3 ? [] : taken.Select(t => $"{t.Rows} of {t.Total} {t.Path}");
        return string.Join(", ", most.Append(next is null ? "no more rows" : string.Create(CultureInfo.InvariantCulture, $"more with offset {next}"))) + ".";
    }

    static int Keep(JsonArray list, int limit, int offset)
    {
        var end = Math.Min(list.Count, offset + limit);
        if (end < list.Count)
            list.RemoveRange(end, list.Count - end);
        list.RemoveRange(0, Math.Min(offset, list.Count));
        return list.Count;
    }

    static IEnumerable<(string Path, JsonArray List)> Lists(JsonObject root, string path)
    {
        if (path.Split(EachOf, 2) is [var before, var after])
        {
            return At(root, before) is JsonArray outer
                ? outer.OfType<JsonObject>().SelectMany((item, i) => Lists(item, after).Select(l => (string.Create(CultureInfo.InvariantCulture, $"{before}[{i}].{l.Path}"), l.List)))
                : [];
        }

        return At(root, path) is JsonArray list ? [(path, list)] : [];
    }

    static JsonNode? At(JsonNode root, string path)
    {
        JsonNode? at = root;
        foreach (var name in path.Split('.'))
            at = (at as JsonObject)?[name];
        return at;
    }
}
