using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Panther;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

public class PantherReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/panther.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_documents(CaseFile.Case @case) => CaseFile.Check(@case, DocumentLines.Of(new PantherReader(), @case, "Apache-2.0"));

    [Theory]
    [InlineData("rules/aws_rules/a.yml", FileRole.Rules)]
    [InlineData("rules/aws_rules/a.py", FileRole.Companion)]
    [InlineData("correlation_rules/a.yml", FileRole.Rules)]
    [InlineData("policies/a.yaml", FileRole.Rules)]
    [InlineData("queries/aws/a.yml", FileRole.Rules)]
    [InlineData("a.yml", FileRole.Rules)]
    [InlineData("mine/a.yml", FileRole.Rules)]
    [InlineData("global_helpers/a.py", FileRole.Companion)]
    [InlineData("global_helpers/a.yml", FileRole.None)]
    [InlineData("data_models/a.yml", FileRole.Companion)]
    [InlineData("data_models/edr/a.py", FileRole.Companion)]
    [InlineData("packs/a.yml", FileRole.None)]
    [InlineData("lookup_tables/a/a.yml", FileRole.None)]
    [InlineData("templates/a.py", FileRole.None)]
    [InlineData(".github/a.yml", FileRole.None)]
    [InlineData(".pre-commit-config.yaml", FileRole.None)]
    public void Files_have_roles_by_their_place(string path, FileRole role) => Assert.Equal(role, new PantherReader().RoleOf(path));

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Prop.ForAll<string, int>((text, kind) =>
        {
            string[] heads = ["rule\nRuleID: a\nDetection", "correlation_rule\nDetection", "rule\nFilename", "policy\nReports", "saved_query\nQuery", ""];
            var yaml = $"AnalysisType: {heads[Math.Abs(kind % heads.Length)]}: {text}\n";
            var file = SourceFile.Decode("a.yml", Encoding.UTF8.GetBytes(yaml));
            var read = new PantherReader().Read(file, new(new("panther", "", null, null, null, null), []));
            return read.Value.SelectMany(d => d.Diagnostics).Concat(read.Diagnostics).All(d => d.Span.End <= file.Source.Text.Length + 1);
        }).Check(Properties.Config);
}
