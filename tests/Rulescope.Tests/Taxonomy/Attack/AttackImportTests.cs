using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Taxonomy.Attack;

public class AttackImportTests
{
    public static TheoryData<CaseFile.Case> Texts => CaseFile.Load("attack/text.cases");

    public static TheoryData<CaseFile.Case> Imports => CaseFile.Load("attack/import.cases");

    [Theory]
    [MemberData(nameof(Texts))]
    public void Descriptions_become_plain(CaseFile.Case @case)
    {
        CaseFile.Check(@case, string.Join('\n', AttackText.Paragraphs(@case.Input)));
        Assert.Equal(AttackText.Paragraphs(@case.Input).FirstOrDefault() ?? "", AttackText.FirstParagraph(@case.Input));
    }

    // "# file NAME" begins a file of a folder, "# limit NAME NUMBER" sets a limit; what follows is the file.
    [Theory]
    [MemberData(nameof(Imports))]
    public void Files_are_imported(CaseFile.Case @case)
    {
        var folder = Directory.CreateTempSubdirectory("rulescope-attack-");
        try
        {
            var (path, limits) = Lay(folder.FullName, @case.Input.Split('\n'));
            CaseFile.Check(@case, Shown(AttackReader.Read(path, limits, TestContext.Current.CancellationToken)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_compact_file_of_the_former_version_has_a_text_for_every_page_it_can()
    {
        if (Repository.Shared is not { } shared)
        {
            Assert.Skip(Repository.SharedAbsent);
            return;
        }

        var parsed = AttackReader.Read(Path.Combine(shared, "data", "attack-enterprise-compact-18.1.json"), cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(("18.1", 691), (parsed.Value.Version, parsed.Value.Techniques.Count));
        Assert.Contains("MITRE", parsed.Value.Notice, StringComparison.Ordinal);
        var facts = AttackFacts.Default;
        var without = facts.Techniques.Where(t => parsed.Value.Find(facts, t.Id) is null).Select(t => t.Id);
        Assert.Equal("T1027.018 T1682 T1683 T1683.001 T1683.002 T1684 T1686.003 T1687", string.Join(' ', without));
        Assert.Equal("T1562.001", parsed.Value.Find(facts, "T1685")?.FromId);
        Assert.All(parsed.Value.Moved.Keys, id => Assert.True(facts.Resolve(id).HasPage, id));
        Assert.All(parsed.Value.Techniques.Values, t => Assert.DoesNotContain("(Citation", AttackText.FirstParagraph(t.Description), StringComparison.Ordinal));
        Assert.All(parsed.Value.Techniques.Values, t => Assert.NotEmpty(AttackText.FirstParagraph(t.Description)));
    }

    [Fact]
    public void No_text_breaks_the_paragraphs()
    {
        Prop.ForAll<string>(text => !AttackText.Paragraphs(text).Any(p => p.Length == 0)).Check(Properties.Config);
        string[] marks = ["(Citation: ", "[", "](", ")", "<code>", "<", ">", "`", "&lt;", "\n", "* ", "- ", " ", "x"];
        Prop.ForAll(
            Gen.ListOf(Gen.Elements(marks)).Select(string.Concat).ToArbitrary(),
            text => !AttackText.Paragraphs(text).Any(p => p.Length == 0)).Check(Properties.Config);
        Assert.All(marks, mark => Assert.All(AttackText.Paragraphs(string.Concat(Enumerable.Repeat(mark, 20_000))), Assert.NotEmpty));
    }

    [Fact]
    public void No_bytes_break_the_import()
    {
        const string bundle = """{"type":"bundle","objects":[{"type":"attack-pattern","id":"a--1","name":"N","external_references":[{"source_name":"mitre-attack","external_id":"T1001"}]}]}""";
        var whole = Encoding.UTF8.GetBytes(bundle);
        for (var cut = 0; cut < whole.Length; cut++)
            Assert.Contains(Import(whole[..cut]).Diagnostics, d => d.Code.Severity == Severity.Error);
        Prop.ForAll<byte[]>(bytes => !Import(bytes).IsComplete).Check(Properties.Config);
        Prop.ForAll<byte, int>((value, at) =>
        {
            var changed = whole.ToArray();
            changed[(int)((uint)at % changed.Length)] = value;
            return Import(changed).Value.Techniques.Count <= 1;
        }).Check(Properties.Config);
        Assert.False(Import(Encoding.UTF8.GetBytes(new string('[', 1_000_000))).IsComplete);
    }

    [Fact]
    public void A_file_larger_than_the_buffer_is_read_whole()
    {
        var text = new StringBuilder("{\"objects\":[");
        for (var i = 0; i < 2000; i++)
            text.Append(CultureInfo.InvariantCulture, $$$"""{{{(i == 0 ? "" : ",")}}}{"type":"attack-pattern","description":"{{{new string('d', 500)}}}","external_references":[{"source_name":"mitre-attack","external_id":"T{{{i:D4}}}"}]}""");
        var parsed = Import(Encoding.UTF8.GetBytes(text.Append("]}").ToString()));
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(2000, parsed.Value.Techniques.Count);
    }

    static Parsed<AttackDescriptions> Import(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return AttackReader.Read(stream, "bytes");
    }

    static (string Path, AttackLimits Limits) Lay(string folder, string[] lines)
    {
        var limits = new AttackLimits();
        var files = new List<(string Name, StringBuilder Text)>();
        foreach (var line in lines)
        {
            if (line.Split(' ') is ["#", "limit", var limit, var number])
                limits = Limit(limits, limit, int.Parse(number, CultureInfo.InvariantCulture));
            else if (line.Split(' ') is ["#", "file", var name])
                files.Add((name, new StringBuilder()));
            else if (files.Count > 0)
                files[^1].Text.Append(line).Append('\n');
        }

        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, "data", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.WriteAllText(path, text.ToString());
        }

        return (Path.Combine(folder, "data", files is [var (single, _)] ? single : ""), limits);
    }

    static AttackLimits Limit(AttackLimits limits, string name, int number) => name switch
    {
        "piece" => limits with { MaxPiece = number },
        "files" => limits with { MaxFiles = number },
        "techniques" => limits with { MaxTechniques = number },
        "text" => limits with { MaxText = number },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such limit"),
    };

    static string Shown(Parsed<AttackDescriptions> parsed)
    {
        var import = parsed.Value;
        return string.Join('\n',
        [
            $"version {import.Version ?? "-"}",
            $"notice {import.Notice ?? "-"}",
            .. import.Techniques.Values.OrderBy(t => t.Id, StringComparer.Ordinal).Select(t =>
                $"{t.Id} {t.Name} | {string.Join(", ", t.Tactics.Items)} | {string.Join(", ", t.Platforms.Items)}{(t.IsRetired ? " | retired" : "")} | {t.Description}"),
            .. import.Moved.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} > {m.Value}"),
            .. parsed.Diagnostics.Select(d => d.ToString()),
        ]);
    }
}
