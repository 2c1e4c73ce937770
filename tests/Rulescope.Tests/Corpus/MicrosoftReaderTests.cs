using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Microsoft;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Corpus;

public class MicrosoftReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/microsoft.cases");

    public static TheoryData<CaseFile.Case> Triggers => CaseFile.Load("corpus/microsoft-triggers.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_gives_documents(CaseFile.Case @case) =>
        CaseFile.Check(@case, DocumentLines.Of(new MicrosoftReader { Queries = (_, text, _) => new(null, DocumentLines.Faults(text)) }, @case, "MIT"));

    [Theory]
    [MemberData(nameof(Triggers))]
    public void A_trigger_adds_stages(CaseFile.Case @case)
    {
        var file = SourceFile.Decode("a.yaml", Encoding.UTF8.GetBytes("id: 1\nname: a\nquery: QUERY\n" + @case.Input));
        var reader = new MicrosoftReader { Queries = (_, text, context) => new(RuleQuery.Of(context.LogSource, new Predicate.Unsupported(text.Text)), []) };
        var rule = Assert.Single(reader.Read(file, new(new("microsoft", "", null, null, null, null), [])).Value);
        Assert.NotNull(rule.Query);
        CaseFile.Check(@case, TreeText.Of(rule.Query));
    }

    [Theory]
    [InlineData("Defender/a.md", FileRole.Rules)]
    [InlineData("a.kql", FileRole.Rules)]
    [InlineData("Detections/SigninLogs/a.yaml", FileRole.Rules)]
    [InlineData("Email/Certificate Template Changed.md", FileRole.Rules)]
    [InlineData("README.md", FileRole.None)]
    [InlineData("Board/readme.txt", FileRole.None)]
    [InlineData("DetectionTemplate.md", FileRole.None)]
    [InlineData("00-query-submission-template.md", FileRole.None)]
    [InlineData("Functions/a.md", FileRole.None)]
    [InlineData("Parsers/ASimDns/a.yaml", FileRole.None)]
    [InlineData("MITRE ATT&CK/Mapping.md", FileRole.Companion)]
    [InlineData("Mapping.md", FileRole.Rules)]
    [InlineData(".github/a.yml", FileRole.None)]
    public void Files_have_roles_by_their_place(string path, FileRole role) => Assert.Equal(role, new MicrosoftReader().RoleOf(path));

    [Theory]
    [InlineData("md")]
    [InlineData("txt")]
    [InlineData("kql")]
    [InlineData("yaml")]
    public void No_text_makes_the_reader_fail(string extension) =>
        Prop.ForAll<string[]>(words =>
        {
            string[] soup = ["```", "\n", "\n\n", "# a", "|", "| where", "// c", ";", "let a = 1", "query: ", "```kql\n", "T1059"];
            var text = string.Concat(words.Select((w, i) => soup[(i + (w?.Length ?? 0)) % soup.Length] + w));
            var file = SourceFile.Decode("a." + extension, Encoding.UTF8.GetBytes(text));
            var read = new MicrosoftReader().Read(file, new(new("microsoft", "", null, null, null, null), []));
            return read.Value.All(d => d.Extent.End <= file.Source.Text.Length && d.Diagnostics.All(f => f.Span.End <= file.Source.Text.Length + 1));
        }).Check(Properties.Config);
}
