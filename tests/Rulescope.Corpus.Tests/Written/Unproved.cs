using System.Text.Json;
using Rulescope.Tests.Support;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>The rules that have a value which does not follow from the words the page shows, each with the reason: <c>unproved.json</c>.</summary>
sealed class Unproved
{
    readonly Dictionary<string, string> _reasons = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Rulescope.Corpus.Tests", "Written", "unproved.json"))) ?? [];

    public IEnumerable<string> Rules => _reasons.Keys;

    public bool Holds(string id) => _reasons.ContainsKey(id);
}
