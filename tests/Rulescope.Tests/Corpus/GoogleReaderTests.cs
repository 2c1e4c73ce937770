using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Google;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

public class GoogleReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/google.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_documents(CaseFile.Case @case) =>
        CaseFile.Check(@case, DocumentLines.Of(new GoogleReader { Queries = (_, text, _) => new(null, DocumentLines.Faults(text)) }, @case, "Apache-2.0"));

    [Theory]
    [InlineData("rules/community/aws/a.yaral", FileRole.Rules)]
    [InlineData("rules/_deprecated/a.yaral", FileRole.Rules)]
    [InlineData(".github/a.yaral", FileRole.None)]
    public void Files_have_roles_by_their_place(string path, FileRole role) => Assert.Equal(role, new GoogleReader().RoleOf(path));

    [Fact]
    public void No_text_makes_the_reader_fail() =>
        Prop.ForAll<string[]>(words =>
        {
            string[] soup = ["rule a {", "\n", "meta:\n", "mitre = \"", "created = \"", "events:\n", "$e.metadata.log_type = \"", "\"", "outcome:\n$risk_score = max(", "condition:\n$e", "}", "technique = \"T1021"];
            var text = string.Concat(words.Select((w, i) => soup[(i + (w?.Length ?? 0)) % soup.Length] + w));
            var file = SourceFile.Decode("a.yaral", Encoding.UTF8.GetBytes(text));
            var read = new GoogleReader().Read(file, new(new("google", "", null, null, null, null), []));
            return read.Value.All(d => d.Extent.End <= file.Source.Text.Length && d.Diagnostics.All(f => f.Span.End <= file.Source.Text.Length + 1));
        }).Check(Properties.Config);
}
