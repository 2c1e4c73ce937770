using System.Globalization;
using System.Text.RegularExpressions;
using Rulescope.Tests.Support;

namespace Rulescope.Corpus.Tests;

/// <summary>A rule's text, and the ways a value may stand in it.</summary>
sealed partial class RuleText(string id, IReadOnlyDictionary<string, string> macros, string text)
{
    const int MostMacros = 100;

    readonly string _plain = text.Replace("\\", "", StringComparison.Ordinal);
    readonly string _slashes = Backslashes.Replace(text, @"\");
    readonly string _letters = Marks.Replace(text, "");

    public bool Has(string value) => IsWritten(value) || IsElsewhere(value);

    // In any case; with escapes or without; a name for the path that ends in it; by its letters and digits; 0.25 as .25.
    bool IsWritten(string value) =>
        text.Contains(value, StringComparison.OrdinalIgnoreCase)
        || Holds(_plain, value.Replace("\\", "", StringComparison.Ordinal).Trim('*', '/'))
        || Holds(_slashes, Backslashes.Replace(value, @"\"))
        || Holds(_letters, Marks.Replace(value, ""))
        || Holds(_letters, Escaped(value))
        || (value.StartsWith("0.", StringComparison.Ordinal) && Holds(text, value[1..]));

    // Characters that are written as escapes: what is left of \t is its letter, of \u{202e} its number.
    static string Escaped(string value) => Marks.Replace(
        string.Concat(value.Select(c => c switch
        {
            '\t' => "t",
            '\r' => "r",
            '\n' => "n",
            _ when char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format => $"u{(int)c:x4}",
            _ => c.ToString(),
        })), "");

    // What is nothing but marks must stand as it is.
    static bool Holds(string text, string part) => part.Length > 0 && text.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Values that no rule spells as the row does, each with the reason.
    bool IsElsewhere(string value) =>
        IsComputed(value) || IsFlag(value) || IsEncoded || IsRegistryRoot(value) || IsImported || IsInMacro(value);

    // A moment, a span of time, or a value out of another part of the query: each language writes these in its own way.
    static bool IsComputed(string value) => Computed.IsMatch(value);

    // A column that is asked for by its name alone is asked for true.
    static bool IsFlag(string value) => value is "true" or "false";

    // Sigma's modifiers encode what is written.
    bool IsEncoded => text.Contains("|base64", StringComparison.Ordinal) || text.Contains("|wide", StringComparison.Ordinal) || text.Contains("|utf16", StringComparison.Ordinal);

    // The taxonomy has one spelling of HKEY_USERS and the like.
    bool IsRegistryRoot(string value) => value.StartsWith("HK", StringComparison.OrdinalIgnoreCase) && value.IndexOf('\\', StringComparison.Ordinal) is var end and > 0 && IsWritten(value[(end + 1)..]);

    // Panther keeps lists and helpers in modules that rules import.
    bool IsImported => id.StartsWith("panther/", StringComparison.Ordinal) && text.Contains("import ", StringComparison.Ordinal);

    // Splunk's searches call macros, which call others.
    bool IsInMacro(string value) => id.StartsWith("splunk/", StringComparison.Ordinal) && Called().Any(m => new RuleText("", macros, m).IsWritten(value));

    List<string> Called()
    {
        var (called, names) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var at = -1; at < called.Count && called.Count < MostMacros; at++)
        {
            foreach (Match call in MacroCall.Matches(at < 0 ? text : called[at]))
            {
                if (names.Add(call.Groups["name"].Value) && macros.TryGetValue(call.Groups["name"].Value, out var definition))
                    called.Add(definition);
            }
        }

        return called;
    }

    /// <summary>The macro files of Splunk's archive by name; none where it is absent.</summary>
    public static Dictionary<string, string> SplunkMacros()
    {
        const string Archive = "corpora/splunk.tar.gz";
        return Repository.Shared is null || !File.Exists(Path.Combine(Repository.Shared, Archive))
            ? []
            : PublicArchive.Files(Archive, ".yml").Where(f => f.Path.Contains("macros/", StringComparison.Ordinal))
                .GroupBy(f => Path.GetFileNameWithoutExtension(f.Path), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Text, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"`(?<name>[A-Za-z0-9_-]+)[`(]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    static partial Regex MacroCall { get; }

    [GeneratedRegex(@"\\+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    static partial Regex Backslashes { get; }

    [GeneratedRegex(@"[\W_]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    static partial Regex Marks { get; }

    [GeneratedRegex(@"\(.*\)| [-+*/] |^-?([0-9]+\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    static partial Regex Computed { get; }
}
