using System.Formats.Tar;
using System.IO.Compression;
using Rulescope.Languages.Sigma;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests;

/// <summary>The public Sigma rules; they are external test data and stay outside the repository.</summary>
public class SigmaCorpusTests
{
    [Fact]
    public void Public_rules_are_read_without_error()
    {
        var rules = Rules().Where(r => !IsOld(r.Path)).ToList();
        Assert.True(rules.Count >= 3780, $"{rules.Count} rules");
        Assert.Empty(Failures(rules));
    }

    [Fact]
    public void Old_rules_are_read_with_findings_at_most()
    {
        foreach (var rule in Rules().Where(r => IsOld(r.Path)))
        {
            var parsed = SigmaParser.Parse(rule.Text);
            Assert.NotEmpty(parsed.Value);
            Assert.All(parsed.Diagnostics, d => Assert.InRange(d.Span.End, 0, rule.Text.Length));
        }
    }

    [Fact]
    public void Written_rules_are_read_as_they_were()
    {
        foreach (var rule in Rules())
        {
            var parsed = SigmaParser.Parse(rule.Text);
            if (!parsed.IsComplete)
                continue;
            var written = SigmaWriter.Write(parsed.Value);
            var again = SigmaParser.Parse(written);
            Assert.True(parsed.Value == again.Value, $"{rule.Path}\n{written}");
        }
    }

    [Fact]
    public void Public_rules_have_a_meaning()
    {
        var rules = Rules().Where(r => !IsOld(r.Path)).ToList();
        var unclear = rules.Where(r => SigmaParser.Parse(r.Text).Value.Any(d => TreeText.Of(SigmaLowering.Lower(d).Value).Contains("(unsupported", StringComparison.Ordinal)));
        Assert.Empty(unclear.Select(r => r.Path));
    }

    static IEnumerable<string> Failures(IEnumerable<SourceText> rules) =>
        from rule in rules
        from finding in SigmaParser.Parse(rule.Text).Diagnostics
        where finding.Code.Severity == Severity.Error
        select $"{rule.Path}: {finding}";

    static bool IsOld(string path) => path.StartsWith("deprecated/", StringComparison.Ordinal) || path.StartsWith("unsupported/", StringComparison.Ordinal);

    internal static IEnumerable<SourceText> Rules()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        using var file = File.OpenRead(Path.Combine(Repository.Shared, "corpora", "sigma.tar.gz"));
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            var path = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (entry.DataStream is null || !path.EndsWith(".yml", StringComparison.Ordinal))
                continue;
            using var reader = new StreamReader(entry.DataStream);
            var text = reader.ReadToEnd();
            if (text.Contains("detection:", StringComparison.Ordinal) || text.Contains("correlation:", StringComparison.Ordinal))
                yield return new(path, text);
        }
    }
}
