using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Sigma;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

public class SigmaReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/sigma.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_documents(CaseFile.Case @case)
    {
        var split = @case.Input.IndexOf('\n', StringComparison.Ordinal);
        var file = SourceFile.Decode(@case.Input[..split], Encoding.UTF8.GetBytes(@case.Input[(split + 1)..]));
        var read = new SigmaReader().Read(file, new(new("sigma", "source", null, null, null, "DRL-1.1"), []));
        var lines = read.Value.SelectMany(Describe)
            .Concat(read.Diagnostics.Concat(read.Value.SelectMany(d => d.Diagnostics)).Select(d => CorpusFinding.In(file.Source, d).ToString()));
        CaseFile.Check(@case, string.Join('\n', lines));
    }

    [Theory]
    [InlineData("rules/windows/a.yml", FileRole.Rules)]
    [InlineData("a.yml", FileRole.Rules)]
    [InlineData("mine/a.yaml", FileRole.Rules)]
    [InlineData("tests.yml", FileRole.Rules)]
    [InlineData("tests/a.yml", FileRole.None)]
    [InlineData(".github/workflows/a.yml", FileRole.None)]
    [InlineData(".yamllint.yml", FileRole.None)]
    public void Files_have_roles_by_their_place(string path, FileRole role) => Assert.Equal(role, new SigmaReader().RoleOf(path));

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Prop.ForAll<string>(text =>
        {
            var file = SourceFile.Decode("a.yml", Encoding.UTF8.GetBytes("title: x\ndetection: 1\n" + text));
            var read = new SigmaReader().Read(file, new(new SourceProvenance("sigma", "", null, null, null, null), []));
            return read.Value.Length <= 1 || text.Contains("---", StringComparison.Ordinal);
        }).Check(Properties.Config);

    static IEnumerable<string> Describe(RuleDocument d)
    {
        yield return $"{d.Kind.Word()} {d.Vendor}/{d.Id} {d.Title}";
        yield return $"  at {d.Source.Position(d.Extent).Line} for {d.Text.TrimEnd('\n').Split('\n').Length} lines, {d.LogSource.Display}";
        yield return $"  {d.Status} {d.Level} {d.Created:yyyy-MM-dd} {d.Modified:yyyy-MM-dd} {d.License}";
        foreach (var (name, values) in new (string, IEnumerable<string>)[]
                 {
                     ("description", d.Description.Length > 0 ? [d.Description] : []), ("authors", d.Authors), ("references", d.References),
                     ("false positives", d.FalsePositives), ("techniques", d.Techniques), ("tactics", d.Tactics), ("tags", d.Tags),
                     ("related", d.Related.Select(r => $"{r.Relation} {r.Id}")),
                 })
        {
            if (values.Any())
                yield return $"  {name}: {string.Join(" | ", values)}";
        }
    }
}
