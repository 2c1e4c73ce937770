using FsCheck;
using FsCheck.Fluent;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Taxonomy.Attack;

public class AttackIdTests
{
    static readonly AttackFacts Facts = AttackFacts.Default;

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("attack/ids.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ids_resolve(CaseFile.Case @case) =>
        CaseFile.Check(@case, string.Join('\n', @case.Input.Split('\n').Select(Shown)));

    [Fact]
    public void Every_moved_id_ends_at_a_page()
    {
        Assert.All(Facts.MovedIds, id =>
        {
            var resolution = Facts.Resolve(id);
            Assert.Equal(AttackIdKind.Moved, resolution.Kind);
            Assert.NotNull(Facts.Find(resolution.Id ?? ""));
            Assert.NotNull(Facts.NameOf(id));
        });
        Assert.True(Facts.MovedIds.Count() >= 149);
    }

    [Fact]
    public void Every_id_of_the_former_version_has_a_page() =>
        Assert.All(FormerIds(), id => Assert.True(Facts.Resolve(id).HasPage, id));

    [Fact]
    public void Several_ids_share_one_page() =>
        Assert.Equal("T1685", Assert.Single(((string[])["T1562", "T1562.001", "T1562.006", "T1685", "T1089", "T1054"]).Select(id => Facts.Resolve(id).Id).ToHashSet(StringComparer.Ordinal)));

    [Fact]
    public void Pages_that_are_new_name_the_id_their_text_is_from()
    {
        Assert.Equal("T1562.001", Facts.Predecessor("T1685"));
        Assert.Equal("T1562.008", Facts.Predecessor("T1685.002"));
        Assert.Equal("T1562.003", Facts.Predecessor("T1690"));
        Assert.Null(Facts.Predecessor("T1682"));
        Assert.Null(Facts.Predecessor("T1647"));
        Assert.All(Facts.Techniques, t => Assert.True(Facts.Predecessor(t.Id) is not { } from || Facts.Resolve(from).Id == t.Id));
    }

    [Fact]
    public void Facts_of_a_technique_are_those_of_the_current_version()
    {
        var cloud = Facts.Find("T1021.007");
        Assert.Equal("T1021", cloud?.ParentId);
        Assert.Equal("https://attack.mitre.org/techniques/T1021/007/", cloud?.Url);
        Assert.Equal("Remote Services: Cloud Services", Facts.FullNameOf("T1021.007"));
        Assert.Equal("lateral-movement", Assert.Single(cloud?.Tactics ?? []).ShortName);
        Assert.Equal("T1685.001 T1685.002 T1685.003 T1685.004 T1685.005 T1685.006", string.Join(' ', Facts.SubTechniques("T1685").Select(t => t.Id)));
        Assert.Empty(Facts.SubTechniques("T1685.001"));
        Assert.Equal("TA0112", Assert.Single(Facts.Find("T1685")?.Tactics ?? []).Id);
        Assert.Equal("Stealth", Assert.Single(Facts.Find("T1036")?.Tactics ?? []).Name);
        Assert.Equal(("19.1", "18.1"), (Facts.Version, Facts.FormerVersion));
        Assert.Equal(697, Facts.Techniques.Length);
    }

    [Fact]
    public void Every_sub_technique_has_its_parent() =>
        Assert.All(Facts.Techniques, t => Assert.True(t.ParentId is not { } parent || Facts.Find(parent) is not null, t.Id));

    [Fact]
    public void No_text_throws() =>
        Prop.ForAll<string>(text => Facts.Resolve(text).Written == (text ?? "") && Facts.ResolveTactic(text).Written == (text ?? "")).Check(Properties.Config);

    [Fact]
    public void Spelling_does_not_matter() => Prop.ForAll(
        Gen.Elements(Facts.Techniques.AsEnumerable()).ToArbitrary(),
        technique => ((string[])[technique.Id.ToLowerInvariant(), $" {technique.Id}\t", technique.Id.Replace('.', '/'), technique.Url, $"attack.{technique.Id}"])
            .All(spelling => Facts.Resolve(spelling).Id == technique.Id)).Check(Properties.Config);

    static IEnumerable<string> FormerIds() =>
        Facts.Techniques.Select(t => t.Id).Concat(Facts.MovedIds).Where(id => Facts.FindFormer(id) is not null);

    static string Shown(string written)
    {
        var isTactic = written.StartsWith("tactic ", StringComparison.Ordinal);
        var text = isTactic ? written["tactic ".Length..] : written;
        var resolution = isTactic ? Facts.ResolveTactic(text) : Facts.Resolve(text);
        var name = isTactic ? Facts.FindTactic(resolution.Id ?? "")?.Name : Facts.NameOf(resolution.Id ?? "");
        var finding = resolution.Finding(new SourceSpan(0, text.Length));
        return $"{resolution.Kind} {string.Join(" > ", resolution.Steps.Items)}{(name is null ? "" : $" {name}")}{(finding is null ? "" : $"\n  {finding}")}";
    }
}
