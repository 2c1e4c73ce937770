using System.Collections.Immutable;
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
        var files = Files(@case);
        var file = files[^1];
        var read = reader.Read(file, new(new(reader.Vendor, "source", null, null, null, license), files[..^1]));
        var lines = read.Value.SelectMany(Describe)
            .Concat(read.Diagnostics.Select(d => CorpusFinding.In(file.Source, d).ToString()))
            .Concat(read.Value.SelectMany(document => document.Diagnostics.Select(d => CorpusFinding.In(document.Source, d).ToString())));
        return string.Join('\n', lines);
    }

    /// <summary>The files of a case, in its order.</summary>
    public static SourceFile[] Files(CaseFile.Case @case) => [.. @case.Input.Split("\n+ ").Select(Decode)];

    /// <summary>A finding at the word FAULT of a query: its place shows that findings land in the file.</summary>
    public static ImmutableArray<Diagnostic> Faults(EmbeddedText text)
    {
        var at = text.Text.IndexOf("FAULT", StringComparison.Ordinal);
        return at < 0 ? [] : [Diagnostic.At(text.ToOuter(new SourceSpan(at, 5)), CorpusCodes.WrongShape, "FAULT", "mended")];
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
                     ("platforms", d.Platforms), ("domains", d.Domains),
                     ("related", d.Related.Select(r => $"{r.Relation} {r.Id}")), ("query", d.Query is null ? [] : [TreeText.Of(d.Query)]),
                 })
        {
            if (values.Any())
                yield return $"  {name}: {string.Join(" | ", values)}";
        }
    }

    static string[] One(string? value) => string.IsNullOrEmpty(value) ? [] : [value];
}
