using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Algebra.Reading;
using Rulescope.Taxonomy.Fields;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy;

/// <summary>Holds exact bindings to events of ours that several vendors' shapes tell of (<c>content/taxonomy/samples</c>).</summary>
/// <remarks>A file: a log source, the facts of one event by concept, and the event as each vendor writes it down.</remarks>
public class BindingSampleTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "content", "taxonomy", "samples");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_in_a_vendors_shape_holds_the_fact_of_its_concept(string name)
    {
        var sample = Read(name);
        Assert.NotNull(LogSourceCatalog.Shipped.Find(sample.Source));
        var platforms = new SourceScopes(LogSourceCatalog.Shipped, FieldTaxonomy.Shipped).Platforms([sample.Source]);
        var told = sample.Values.SelectMany(v => Problem(v, sample, platforms) is { } problem ? new[] { problem } : []).ToArray();
        Assert.True(told.Length == 0, string.Join('\n', told));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_shapes_tell_of_every_fact(string name)
    {
        var sample = Read(name);
        var lonely = sample.Facts.Keys.Where(f => sample.Values.Where(v => Meaning(v, sample)?.Name == f).Select(v => v.Vocabulary).Distinct(StringComparer.Ordinal).Count() < 2);
        Assert.Empty(lonely);
    }

    [Fact]
    public void Every_binding_of_hosts_and_networks_that_changes_values_is_held_to_an_event()
    {
        var held = Directory.EnumerateFiles(Folder, "*.json").SelectMany(f => Held(Read(Path.GetFileNameWithoutExtension(f)))).ToHashSet(StringComparer.Ordinal);
        var changing = FieldTaxonomy.Shipped.Bindings.Where(b => b.Relation == FieldRelation.Exact && b.Transform is not ValueTransform.Same && !b.Concept.Contains("::", StringComparison.Ordinal));
        Assert.Empty(changing.Select(b => b.Id).Except(held));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exact_name_of_a_cloud_fact_is_in_its_vendors_shape(string name)
    {
        var sample = Read(name);
        var held = Held(sample).ToHashSet(StringComparer.Ordinal);
        var exact = FieldTaxonomy.Shipped.Bindings.Where(b =>
            b is { Relation: FieldRelation.Exact, IsPrefix: false } && b.Concept.Contains("::", StringComparison.Ordinal) && b.Fit(sample.Source) > 0 && sample.Facts.ContainsKey(b.Concept));
        Assert.Empty(exact.Select(b => b.Id).Except(held));
    }

    [Fact]
    public void The_cloud_sources_that_vendors_share_have_events()
    {
        string[] sources = ["aws/cloudtrail", "azure/signinlogs", "azure/auditlogs", "azure/riskdetection", "azure/activitylogs", "azure/graphactivity", "m365/audit", "gcp/audit", "kubernetes/audit", "okta", "github/audit", "gcp/google_workspace.admin"];
        Assert.Empty(sources.Except(Names.Select(n => Read(n.Data).Source)));
    }

    // A name that no other vendor shares in any log source merges nothing.
    [Fact]
    public void Every_exact_name_that_two_vendors_share_in_a_source_is_held_to_an_event()
    {
        var held = Names.SelectMany(n => Held(Read(n.Data))).ToHashSet(StringComparer.Ordinal);
        var exact = FieldTaxonomy.Shipped.Bindings.Where(b => b is { Relation: FieldRelation.Exact, IsPrefix: false }).ToArray();
        var shared = LogSourceCatalog.Shipped.Sources.SelectMany(source => exact
            .Where(b => FieldTaxonomy.Shipped.Resolve(b.Vocabulary, b.Field, [source.Id])?.Binding == b)
            .GroupBy(b => b.Concept, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Select(b => b.Vocabulary).Distinct(StringComparer.Ordinal).Count() > 1)
            .SelectMany(g => g));
        var lacking = shared.Where(b => !held.Contains(b.Id)).Select(b => $"{b.Concept} | {b.Id}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Assert.True(lacking.Length == 0, string.Join('\n', lacking));
    }

    // A second concept whose name differs in case only would take the place of the first.
    [Fact]
    public void No_two_concepts_have_names_that_differ_only_in_case()
    {
        var names = FieldTaxonomy.ShippedFiles.SelectMany(f =>
        {
            using var document = JsonDocument.Parse(f.Text);
            return document.RootElement.TryGetProperty("concepts", out var concepts) ? concepts.EnumerateArray().Select(c => c.GetProperty("name").GetString() ?? "").ToArray() : [];
        }).ToArray();
        Assert.Empty(names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    static IEnumerable<string> Held(Sample sample) => sample.Values.Select(v => Meaning(v, sample)?.Binding.Id).OfType<string>();

    static FieldMeaning? Meaning(NativeValue value, Sample sample) => FieldTaxonomy.Shipped.Resolve(value.Vocabulary, value.Path, [sample.Source]);

    static string? Problem(NativeValue value, Sample sample, ImmutableArray<string> platforms)
    {
        var where = $"{value.Vocabulary} {value.Path}={value.Text}";
        if (Meaning(value, sample) is not { Merges: true } meaning)
            return $"{where}: is no exact name in {sample.Source}";
        if (!sample.Facts.TryGetValue(meaning.Name, out var fact))
            return $"{where}: the sample has no fact {meaning.Name}";
        var test = meaning.Binding.Transform.Apply(new(ReadOperator.Eq, value.Text), platforms);
        var isTrue = test switch
        {
            { Operator: ReadOperator.Eq } eq => string.Equals(eq.Value, fact, StringComparison.OrdinalIgnoreCase),
            { Operator: ReadOperator.EndsWith } end => fact.EndsWith(end.Value, StringComparison.OrdinalIgnoreCase),
            _ => false,
        };
        return isTrue ? null : $"{where}: reads as {test?.Operator} {test?.Value}, the fact is {meaning.Name}={fact}";
    }

    static Sample Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        var root = document.RootElement;
        return new(
            root.GetProperty("logSource").GetString() ?? "",
            root.GetProperty("facts").EnumerateObject().ToImmutableDictionary(f => f.Name, f => f.Value.GetString() ?? "", StringComparer.OrdinalIgnoreCase),
            [.. root.GetProperty("shapes").EnumerateObject().SelectMany(s => Flat(s.Name, "", s.Value))]);
    }

    static IEnumerable<NativeValue> Flat(string vocabulary, string path, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => Flat(vocabulary, path.Length == 0 ? m.Name : $"{path}.{m.Name}", m.Value)),
        JsonValueKind.String => [new(vocabulary, path, element.GetString() ?? "")],
        _ => [new(vocabulary, path, element.GetRawText())],
    };

    sealed record Sample(string Source, ImmutableDictionary<string, string> Facts, ImmutableArray<NativeValue> Values);

    sealed record NativeValue(string Vocabulary, string Path, string Text);
}
