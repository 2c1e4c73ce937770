using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rulescope.Algebra.Plans;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Engine.Conformance;

/// <summary>UDM events: a YARA-L test on each value of an event finds that value, and one on another value does not.</summary>
/// <remarks>There are no public YARA-L rules with events and results; this holds field paths, repeated fields, maps and times to real records.</remarks>
public static class UdmSuite
{
    public const string Name = "yaral-udm";

    public const string FileName = "yaral-udm.tar.gz";

    const string Events = "yaral-udm/udm-events.jsonl";

    /// <summary>Runs all events, one case each.</summary>
    /// <param name="read">Reads a YARA-L rule.</param>
    public static SuiteResult Run(SuiteFiles files, Func<string, Parsed<RuleQuery>> read, SkipList skips)
    {
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        using var lines = new MemoryStream(files.Bytes(Events));
        var events = JsonEventReader.Read(lines, Events).Select(r => r.Event).OfType<Event>().ToList();
        return SuiteResult.Of(Name, skips, events.Select(e => (string.Create(CultureInfo.InvariantCulture, $"event {e.Line}"), Judge(e, read, recognizer))));
    }

    static CaseOutcome Judge(Event record, Func<string, Parsed<RuleQuery>> read, RecordRecognizer recognizer)
    {
        var leaves = record.Content["udm"] is EventValue.Object udm ? Leaves(udm, "").DistinctBy(l => (l.Path, l.Value.AsText)).ToImmutableArray() : [];
        if (leaves.IsEmpty)
            return CaseOutcome.Ran("a UDM event", "none");
        var failed = leaves.SelectMany(leaf => Asked(leaf).Where(asked => Matches(asked.Test, record, read, recognizer) != asked.Expected).Select(asked => asked.Test)).ToList();
        return CaseOutcome.Ran(
            string.Create(CultureInfo.InvariantCulture, $"{leaves.Length} values found"),
            string.Create(CultureInfo.InvariantCulture, $"{leaves.Length - failed.Count} values found{(failed.Count == 0 ? "" : ", not " + string.Join(" and ", failed.Take(3)))}"));
    }

    static bool? Matches(string test, Event record, Func<string, Parsed<RuleQuery>> read, RecordRecognizer recognizer)
    {
        var query = read($"rule r {{ events: {test} condition: $e }}");
        return query.IsComplete && SingleEventRule.Prepare(query.Value, recognizer).Value is { } rule ? rule.Matches(record) : null;
    }

    // The value is there, and no other value is.
    static IEnumerable<(string Test, bool Expected)> Asked((string Path, EventValue Value) leaf)
    {
        var (same, other) = leaf.Value switch
        {
            EventValue.Text text => (Quoted(text.Value), Quoted(text.Value + "\u0001")),
            EventValue.Bool flag => (flag.Value ? "true" : "false", flag.Value ? "false" : "true"),
            var number => (number.AsText ?? "0", $"{number.AsText}1"),
        };
        yield return ($"$e.{leaf.Path} = {same}", true);
        if (leaf.Value is not EventValue.Bool)
            yield return ($"$e.{leaf.Path} = {other}", false);
    }

    static IEnumerable<(string Path, EventValue Value)> Leaves(EventValue value, string path) => value switch
    {
        EventValue.Object record when path == "additional" => record.Members.Items.SelectMany(m => Entries(m)),
        EventValue.Object record => record.Members.Items.SelectMany(m => Leaves(m.Value, path.Length == 0 ? Snake(m.Name) : $"{path}.{Snake(m.Name)}")),
        EventValue.Array list => list.Items.Items.SelectMany(i => Leaves(i, path)),
        EventValue.Text text when IsTime(path) => Seconds(text.Value) is { } seconds ? [($"{path}.seconds", new EventValue.Integer(seconds))] : [],
        EventValue.Missing or EventValue.Null => [],
        _ => [(path, value)],
    };

    // A map's values are read as texts; what is nested in one has no path.
    static IEnumerable<(string Path, EventValue Value)> Entries(EventValue.Member entry) => (entry.Value is EventValue.Array list ? list.Items.Items : [entry.Value])
        .Where(v => v.AsText is not null).Select(v => ($"additional.fields[{Quoted(entry.Name)}]", (EventValue)new EventValue.Text(v.AsText ?? "")));

    static bool IsTime(string path) => path.EndsWith("_timestamp", StringComparison.Ordinal) || path.EndsWith("_time", StringComparison.Ordinal);

    static long? Seconds(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUnixTimeSeconds() : null;

    static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
            _ = char.IsAsciiLetterUpper(c) ? text.Append('_').Append(char.ToLowerInvariant(c)) : text.Append(c);
        return text.ToString();
    }

    static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
