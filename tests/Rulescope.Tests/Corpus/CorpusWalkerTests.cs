using System.Formats.Tar;
using System.Globalization;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

public class CorpusWalkerTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/walk.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_source_gives_files_and_findings(CaseFile.Case @case)
    {
        using var fixture = new SourceFixture(@case.Input);
        CaseFile.Check(@case, Walk(fixture));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("zip")]
    [InlineData("tar")]
    public void Every_kind_of_source_gives_the_same_files(string kind)
    {
        const string Files = """
            file | rules/b.yml | b
            file | rules-dfir/a.yml | a
            file | rules/a/z.yml | z
            file | Zed.yml | Z
            file | rules/README.md | no rule
            """;
        using var packed = new SourceFixture("kind | tar.gz\n" + Files);
        using var other = new SourceFixture($"kind | {kind}\n" + Files);
        Assert.Equal(Walk(packed), Walk(other));
        Assert.Equal(["Zed.yml", "rules-dfir/a.yml", "rules/a/z.yml", "rules/b.yml"], Paths(other));
    }

    [Fact]
    public void Any_bytes_in_place_of_an_archive_are_survived()
    {
        var random = new Random(17);
        using var good = new SourceFixture("kind | tar.gz\nfile | rules/a.yml | title: a\nfile | rules/b.yml | title: b");
        using var zip = new SourceFixture("kind | zip\nfile | rules/a.yml | title: a\nfile | rules/b.yml | title: b");
        using var tar = new SourceFixture("kind | tar\nfile | rules/a.yml | title: a\nfile | rules/b.yml | title: b");
        foreach (var fixture in new[] { good, zip, tar })
        {
            var bytes = File.ReadAllBytes(fixture.Path);
            for (var i = 0; i < 300; i++)
            {
                var spoilt = bytes.ToArray();
                for (var n = random.Next(1, 6); n > 0; n--)
                    spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                File.WriteAllBytes(fixture.Path, spoilt[..random.Next(spoilt.Length + 1)]);
                Assert.InRange(Paths(fixture).Length, 0, 2);
            }
        }
    }

    [Fact]
    public void A_long_name_of_gigabytes_is_not_read()
    {
        using var fixture = new SourceFixture("kind | tar\nfile | a.yml | a");
        using (var writer = new TarWriter(File.Create(fixture.Path), TarEntryFormat.Gnu))
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, new string('x', 200) + ".yml"));
        var bytes = File.ReadAllBytes(fixture.Path);
        "77777777777"u8.CopyTo(bytes.AsSpan(124));
        File.WriteAllBytes(fixture.Path, bytes);
        using var contents = Open(fixture);
        Assert.Empty(contents.Paths);
        Assert.Equal("COR0305", Assert.Single(contents.Findings).Diagnostic.Code.Id);
    }

    [Fact]
    public void A_folder_that_cannot_block_or_loop_is_read()
    {
        using var fixture = new SourceFixture("kind | folder\nfile | rules/a.yml | a\nlink | rules/loop | ..\nlink | rules/self.yml | self.yml");
        using var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(fixture.Path, "rules", "pipe.yml")]);
        made.WaitForExit();
        Assert.Equal(["rules/a.yml", "rules/pipe.yml"], Paths(fixture));
    }

    [Fact]
    public void Cancelling_stops_the_listing()
    {
        using var fixture = new SourceFixture("file | a.yml | a");
        Assert.Throws<OperationCanceledException>(() => new CorpusWalker().Open(new("sigma", fixture.Path), [".yml"], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_public_sigma_rules_are_listed()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        using var contents = new CorpusWalker().Open(new("sigma", Path.Combine(Repository.Shared, "corpora", "sigma.tar.gz")), [".yml"], TestContext.Current.CancellationToken);
        Assert.Equal(4039, contents.Paths.Length);
        Assert.Equal("https://github.com/SigmaHQ/sigma", contents.Provenance.Repository);
        Assert.Equal("DRL-1.1", contents.Provenance.License);
        Assert.Equal("8eaafff1f2845a696050e05e72ba1140ee190698", contents.Provenance.Commit);
        Assert.Equal(new DateOnly(2026, 8, 5), contents.Provenance.Date);
        Assert.All(Enumerable.Range(0, contents.Paths.Length), i => Assert.NotNull(contents.Read(i)));
        Assert.Empty(contents.Findings);
    }

    [Theory]
    [InlineData("sigma=rules", "sigma", "rules")]
    [InlineData("Sigma=C:\\a=b", "sigma", "C:\\a=b")]
    [InlineData("sigma=", "", "")]
    [InlineData("=x", "", "")]
    [InlineData("x", "", "")]
    public void A_source_is_written_as_vendor_and_path(string text, string vendor, string path)
    {
        Assert.Equal(vendor.Length > 0, RuleSource.TryParse(text, out var source));
        Assert.Equal(new(vendor, path), source);
    }

    static string[] Paths(SourceFixture fixture)
    {
        using var contents = Open(fixture);
        return [.. contents.Paths.Where((_, i) => contents.Read(i) is not null)];
    }

    static SourceContents Open(SourceFixture fixture) =>
        new CorpusWalker(KnownRuleSets.Builtin, fixture.Limits).Open(new("sigma", fixture.Path), [".yml"], TestContext.Current.CancellationToken);

    static string Walk(SourceFixture fixture)
    {
        using var contents = Open(fixture);
        var lines = new List<string>();
        for (var i = 0; i < contents.Paths.Length; i++)
        {
            if (contents.Read(i) is { } file)
                lines.Add($"{file.Path} {file.Size.ToString(CultureInfo.InvariantCulture)} {file.Hash[..8]} {Quote(file.Source.Text)}");
        }

        var findings = contents.Findings;
        if (findings.Length > 20)
            lines.Add($"{findings.Length - 1} times {findings[0].Diagnostic.Code.Id}");
        lines.AddRange(findings.TakeLast(findings.Length > 20 ? 1 : 20).Select(f => f.ToString().Replace(fixture.Path, "SOURCE", StringComparison.Ordinal)));
        return string.Join('\n', lines);
    }

    static string Quote(string text) =>
        text.Length > 40 ? $"{text.Length} units" : '"' + text.ReplaceLineEndings("\\n") + '"';
}
