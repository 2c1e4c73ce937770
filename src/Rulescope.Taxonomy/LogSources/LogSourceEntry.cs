using Rulescope.Text;

namespace Rulescope.Taxonomy.LogSources;

/// <summary>Sigma's name of a log source: <c>product</c>, <c>category</c> and <c>service</c>, each optional.</summary>
public readonly record struct LogSourceTriple(string? Product, string? Category, string? Service)
{
    /// <summary>True when a rule that asks for <paramref name="asked"/> also means this source: every part it names is the same here.</summary>
    public bool Answers(LogSourceTriple asked) =>
        Same(asked.Product, Product) && Same(asked.Category, Category) && Same(asked.Service, Service);

    static bool Same(string? asked, string? own) => asked is null || string.Equals(asked, own, StringComparison.OrdinalIgnoreCase);

    /// <summary><c>windows/process_creation/-</c>: product, category, service, <c>-</c> for what is not named.</summary>
    public override string ToString() => $"{Product ?? "-"}/{Category ?? "-"}/{Service ?? "-"}";
}

/// <summary>One log source: how Sigma and the vendors name it, where it belongs, and how its records are told from others.</summary>
/// <param name="Id">Stable id such as <c>windows/process_creation</c>.</param>
/// <param name="Title">Short name for people.</param>
/// <param name="Triples">Sigma's names of it; no two sources share one.</param>
/// <param name="Platforms">Such as <c>windows</c>, <c>aws</c>; <c>any</c> where the source is not bound to one.</param>
/// <param name="Domains">Some of <see cref="LogSourceCatalog.Domains"/>.</param>
/// <param name="Records">A record is of this source when one of these selects it; empty when records cannot be recognised.</param>
/// <param name="Names">Per vocabulary the names of the source there: datasets, source types, tables, log types.</param>
public sealed record LogSourceEntry(
    string Id,
    string Title,
    EquatableArray<LogSourceTriple> Triples,
    EquatableArray<string> Platforms,
    EquatableArray<string> Domains,
    EquatableArray<RecordSelector> Records,
    EquatableArray<VocabularyNames> Names)
{
    /// <summary>Tests of a vocabulary that together pick the source where no single name does.</summary>
    public EquatableArray<SourceSignature> Signatures { get; init; }
}

/// <summary>The source is meant when every one of these fields is tested for no other than these values.</summary>
public sealed record SourceSignature(string Vocabulary, EquatableArray<SignatureTest> Tests);

/// <summary>A native field and values that fit.</summary>
public sealed record SignatureTest(string Field, EquatableArray<string> Values);

/// <summary>What one vocabulary (<c>elastic</c>, <c>splunk</c>, ...) calls a log source; <c>*</c> at the end stands for the rest.</summary>
public sealed record VocabularyNames(string Vocabulary, EquatableArray<string> Names);

/// <summary>Which records belong to a log source, and how they answer to its field names.</summary>
/// <param name="Family">The family of record shapes, <see cref="RecordShape.Family"/>.</param>
/// <param name="Channels">Windows channels, any of them; empty for all.</param>
/// <param name="EventIds">Event ids, any of them; empty for all.</param>
/// <param name="Where">Tests that must all hold.</param>
/// <param name="Fields">Field names that stand elsewhere in these records; they win over a field of that name in the record.</param>
/// <param name="Values">Values that are written otherwise in these records.</param>
public sealed record RecordSelector(
    string Family,
    EquatableArray<string> Channels,
    EquatableArray<int> EventIds,
    EquatableArray<RecordTest> Where,
    EquatableArray<FieldPaths> Fields,
    EquatableArray<FieldValues> Values)
{
    /// <summary>The paths this selector names for a field, first found wins; empty when it says nothing about it.</summary>
    public EquatableArray<RecordPath> PathsOf(string field) => FieldPaths.Find(Fields, field);
}

/// <summary>The steps from the root of a record to a value; <c>*</c> takes every member. No steps: the record itself.</summary>
public sealed record RecordPath(EquatableArray<string> Steps)
{
    /// <summary><c>Event.System.Channel</c>, for people.</summary>
    public override string ToString() => string.Join('.', Steps.Items);
}

/// <summary>Where a field stands: the first of the paths that leads to a value.</summary>
public sealed record FieldPaths(string Field, EquatableArray<RecordPath> Paths)
{
    /// <summary>The paths of a field in a list; field names are case-sensitive.</summary>
    public static EquatableArray<RecordPath> Find(EquatableArray<FieldPaths> fields, string field)
    {
        foreach (var entry in fields.Items)
        {
            if (string.Equals(entry.Field, field, StringComparison.Ordinal))
                return entry.Paths;
        }

        return [];
    }
}

/// <summary>How a field's native values read in the source's vocabulary: <c>S-1-16-12288</c> is <c>High</c>.</summary>
public sealed record FieldValues(string Field, EquatableArray<ValueSpelling> Spellings);

/// <summary>One native value and what it reads as.</summary>
public sealed record ValueSpelling(string Native, string Value);

/// <summary>One way a log source is written down: Windows events as XML turned to JSON, CloudTrail records, ...</summary>
/// <param name="Id">Stable id such as <c>windows-evtx</c>.</param>
/// <param name="Family">Shapes of one family hold the same facts in different places.</param>
/// <param name="Title">Short name for people.</param>
/// <param name="When">The record has this shape when all tests of one of the lists hold; the first shape that fits counts.</param>
/// <param name="System">Names every record of the shape answers to, and where they stand.</param>
/// <param name="Data">Objects whose members are the record's fields; empty for the record itself.</param>
/// <param name="TextKey">The member that holds the text of an element with attributes (<c>#text</c>), or null.</param>
/// <param name="IgnoreSpaces">True when <c>Threat Name</c> in the record answers to <c>ThreatName</c>.</param>
/// <param name="Time">Where the time of the event stands, first found wins.</param>
public sealed record RecordShape(
    string Id,
    string Family,
    string Title,
    EquatableArray<EquatableArray<RecordTest>> When,
    EquatableArray<FieldPaths> System,
    EquatableArray<RecordPath> Data,
    string? TextKey,
    bool IgnoreSpaces,
    EquatableArray<RecordPath> Time);

/// <summary>A test of one place in a raw record. Text compares without regard to ASCII case; an array passes when one element does.</summary>
public abstract record RecordTest
{
    RecordTest(RecordPath path) => Path = path;

    /// <summary>The tested place.</summary>
    public RecordPath Path { get; }

    /// <summary>Something stands there (a null counts as nothing), or nothing does.</summary>
    public sealed record Present(RecordPath Path, bool Expected) : RecordTest(Path);

    /// <summary>The value as text is one of these.</summary>
    public sealed record OneOf(RecordPath Path, EquatableArray<string> Values) : RecordTest(Path);

    /// <summary>The value as text begins with one of these.</summary>
    public sealed record StartsWith(RecordPath Path, EquatableArray<string> Values) : RecordTest(Path);

    /// <summary>The value as text ends with one of these.</summary>
    public sealed record EndsWith(RecordPath Path, EquatableArray<string> Values) : RecordTest(Path);
}
