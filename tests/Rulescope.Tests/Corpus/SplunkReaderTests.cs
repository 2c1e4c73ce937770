using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Splunk;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

public class SplunkReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/splunk.cases");

    public static TheoryData<CaseFile.Case> LookupCases => CaseFile.Load("corpus/splunk-lookups.cases");

    public static TheoryData<CaseFile.Case> MacroCases => CaseFile.Load("corpus/splunk-macros.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_documents(CaseFile.Case @case) =>
        CaseFile.Check(@case, DocumentLines.Of(new SplunkReader { Queries = (_, text, _) => new(null, DocumentLines.Faults(text)) }, @case, "Apache-2.0"));

    [Theory]
    [MemberData(nameof(LookupCases))]
    public void A_lookup_that_is_missing_is_told_once(CaseFile.Case @case)
    {
        var files = DocumentLines.Files(@case);
        var read = new SplunkReader().Read(files[^1], new(new("splunk", "", null, null, null, null), files[..^1]));
        CaseFile.Check(@case, string.Join('\n', read.Value.SelectMany(d => d.Diagnostics).Select(d => CorpusFinding.In(files[^1].Source, d))));
    }

    [Theory]
    [MemberData(nameof(MacroCases))]
    public void Files_give_macros(CaseFile.Case @case)
    {
        var files = DocumentLines.Files(@case);
        Assert.All(files.Where(f => !f.Path.StartsWith("rules/", StringComparison.Ordinal)), f => Assert.Equal(FileRole.Companion, new SplunkReader().RoleOf(f.Path)));
        var macros = SplunkReader.Macros(new(new("splunk", "", null, null, null, null), files));
        CaseFile.Check(@case, string.Join('\n', macros.All.Select(m => $"{m.Name}({string.Join(", ", m.Parameters)}) = {m.Definition.Replace("\n", "\\n", StringComparison.Ordinal)}")));
    }

    [Theory]
    [InlineData("detections/endpoint/a.yml", FileRole.Rules)]
    [InlineData("a.yaml", FileRole.Rules)]
    [InlineData("baselines/a.yml", FileRole.Rules)]
    [InlineData("macros/a.yml", FileRole.Companion)]
    [InlineData("my_app/default/macros.conf", FileRole.Companion)]
    [InlineData("my_app/default/savedsearches.conf", FileRole.None)]
    [InlineData("lookups/a.yml", FileRole.Companion)]
    [InlineData("stories/deprecated/a.yml", FileRole.None)]
    [InlineData("data_sources/a.yml", FileRole.None)]
    [InlineData("contentctl.yml", FileRole.None)]
    [InlineData("removed/deprecation_mapping.YML", FileRole.None)]
    [InlineData("tests/a.yml", FileRole.None)]
    [InlineData("build/bin/content/a.yml", FileRole.Rules)]
    [InlineData(".github/workflows/a.yml", FileRole.None)]
    public void Files_have_roles_by_their_place(string path, FileRole role) => Assert.Equal(role, new SplunkReader().RoleOf(path));

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Prop.ForAll<string[]>(words =>
        {
            string[] soup = ["search: ", "\n", "name: ", "tags:\n  ", "risk_score: ", "rba:\n  risk_objects:\n  - ", "- ", "date: ", "mitre_attack_id: [", "'", "`a`"];
            var text = string.Concat(words.Select((w, i) => soup[(i + (w?.Length ?? 0)) % soup.Length] + w));
            var file = SourceFile.Decode("a.yml", Encoding.UTF8.GetBytes(text));
            var read = new SplunkReader().Read(file, new(new("splunk", "", null, null, null, null), [SourceFile.Decode("macros/a.yml", Encoding.UTF8.GetBytes(text)), SourceFile.Decode("macros.conf", Encoding.UTF8.GetBytes(text))]));
            return read.Value.All(d => d.Extent.End <= file.Source.Text.Length && d.Diagnostics.All(f => f.Span.End <= file.Source.Text.Length + 1));
        }).Check(Properties.Config);
}
