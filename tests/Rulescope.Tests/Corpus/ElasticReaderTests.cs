using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

public class ElasticReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/elastic.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_documents(CaseFile.Case @case) => CaseFile.Check(@case, DocumentLines.Of(new ElasticReader(), @case, "Elastic-2.0"));

    [Theory]
    [InlineData("rules/windows/a.toml", FileRole.Rules)]
    [InlineData("hunting/windows/queries/a.toml", FileRole.Rules)]
    [InlineData("a.toml", FileRole.Rules)]
    [InlineData("mine/a.toml", FileRole.Rules)]
    [InlineData("tests/data/a.toml", FileRole.None)]
    [InlineData("detection_rules/etc/a.toml", FileRole.None)]
    [InlineData("pyproject.toml", FileRole.None)]
    [InlineData("lib/kql/pyproject.toml", FileRole.None)]
    [InlineData(".github/a.toml", FileRole.None)]
    public void Files_have_roles_by_their_place(string path, FileRole role) => Assert.Equal(role, new ElasticReader().RoleOf(path));

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Prop.ForAll<string, bool>((text, isHunt) =>
        {
            var toml = $"{(isHunt ? "[hunt]\nquery" : "[rule]\ntype = 'eql'\nquery")} = {text}\n";
            var file = SourceFile.Decode("a.toml", Encoding.UTF8.GetBytes(toml));
            var read = new ElasticReader().Read(file, new(new("elastic", "", null, null, null, null), []));
            return read.Value.SelectMany(d => d.Diagnostics).Concat(read.Diagnostics).All(d => d.Span.End <= file.Source.Text.Length + 1);
        }).Check(Properties.Config);
}
