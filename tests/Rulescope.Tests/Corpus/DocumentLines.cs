using System.Globalization;
using System.Text;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Corpus;

/// <summary>What a reader makes of a case: the first line is the path, what follows is the file. Empty attributes are left out.</summary>
static class DocumentLines
{
    /// <summary>A file from a case, read; <c>+ path</c> lines part the companions that stand before it.</summary>
    public static string Of(IVendorReader reader, CaseFile.Case @case, string? license)
    {
        var files = @case.Input.Split("\n+ ").Select(Decode).ToArray();
        var file = files[^1];
        var read = reader.Read(file, new(new(reader.Vendor, "source", null, null, null, license), files[..^1]));
        var lines = read.Value.SelectMany(Describe)
            .Concat(read.Diagnostics.Concat(read.Value.SelectMany(d => d.Diagnostics)).Select(d => CorpusFinding.In(file.Source, d).ToString()));
        return string.Join('\n', lines);
    }

    static SourceFile Decode(string text)
    {
        var split = text.IndexOf('\n', StringComparison.Ordinal);
        return SourceFile.Decode(text[..split], Encoding.UTF8.GetBytes(text[(split + 1)..]));
    }

    static IEnumerable<string> Describe(RuleDocument d)
    {
        yield return $"{d.Kind.Word()} {d.Vendor}/{d.Id} {d.Title}";
        yield return $"  {d.Language} at {d.Source.Position(d.Extent).Line} for {d.Text.TrimEnd('\n').Split('\n').Length} lines, {d.LogSource.Display}".TrimEnd(' ', ',');
        foreach (var (name, values) in new (string, IEnumerable<string>)[]
                 {
                     ("status", One(d.Status)), ("level", One(d.Level)), ("risk", One(d.RiskScore?.ToString(CultureInfo.InvariantCulture))),
                     ("created", One($"{d.Created:yyyy-MM-dd}")), ("modified", One($"{d.Modified:yyyy-MM-dd}")), ("license", One(d.License)),
                     ("description", One(d.Description.Replace("\n", "\\n", StringComparison.Ordinal))), ("authors", d.Authors), ("references", d.References),
                     ("false positives", d.FalsePositives), ("notes", d.Notes), ("techniques", d.Techniques), ("tactics", d.Tactics), ("tags", d.Tags),
                     ("related", d.Related.Select(r => $"{r.Relation} {r.Id}")), ("query", d.Query is null ? [] : [TreeText.Of(d.Query)]),
                 })
        {
            if (values.Any())
                yield return $"  {name}: {string.Join(" | ", values)}";
        }
    }

    static string[] One(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}
