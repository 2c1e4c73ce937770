using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;

namespace Rulescope.Tests.Corpus;

public sealed class ProvenanceTests : IDisposable
{
    const string First = "1111111111111111111111111111111111111111";
    const string Second = "2222222222222222222222222222222222222222";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_loose_ref_is_followed()
    {
        MakeCheckout("ref: refs/heads/main\n", ("refs/heads/main", First + "\n"));
        Assert.Equal(First, Provenance().Commit);
    }

    [Fact]
    public void A_packed_ref_is_found()
    {
        MakeCheckout("ref: refs/heads/main\n", ("packed-refs", $"# pack-refs with: peeled\n{Second} refs/heads/maintenance\n{First} refs/heads/main\n^{Second}\n"));
        Assert.Equal(First, Provenance().Commit);
    }

    [Fact]
    public void A_loose_ref_comes_before_a_packed_one()
    {
        MakeCheckout("ref: refs/heads/main\n", ("refs/heads/main", Second), ("packed-refs", $"{First} refs/heads/main\n"));
        Assert.Equal(Second, Provenance().Commit);
    }

    [Fact]
    public void A_detached_head_is_the_commit()
    {
        MakeCheckout(First.ToUpperInvariant());
        Assert.Equal(First, Provenance().Commit);
    }

    [Theory]
    [InlineData("ref: refs/heads/main")]
    [InlineData("ref: ../../secret")]
    [InlineData("ref: refs/../../secret")]
    [InlineData("ref: refs/heads/a")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void A_head_without_a_commit_gives_none(string head)
    {
        MakeCheckout(head, ("refs/heads/a", "ref: refs/heads/b"), ("refs/heads/b", "ref: refs/heads/a"), ("secret", First));
        File.WriteAllText(Path.Combine(_folder.FullName, "secret"), First);
        Assert.Null(Provenance().Commit);
    }

    [Fact]
    public void A_worktree_shares_refs_and_remotes()
    {
        MakeCheckout("ref: refs/heads/main", ("packed-refs", $"{First} refs/heads/topic\n"), ("config", "[remote \"origin\"]\n\turl = https://example.org/a/b.git\n"));
        Write(".git/worktrees/topic/HEAD", "ref: refs/heads/topic\n");
        Write(".git/worktrees/topic/commondir", "../..\n");
        Write("topic/.git", "gitdir: ../.git/worktrees/topic\n");
        Write("topic/rules/a.yml", "title: a");
        var provenance = Provenance("topic");
        Assert.Equal((First, "https://example.org/a/b"), (provenance.Commit, provenance.Repository));
    }

    [Theory]
    [InlineData("https://example.org/a/b.git", "https://example.org/a/b")]
    [InlineData("https://user:secret@example.org/a/b", "https://example.org/a/b")]
    [InlineData("https://token@example.org:8443/a/b/", "https://example.org:8443/a/b")]
    [InlineData("https://example.org/a/b?access_token=secret", "https://example.org/a/b")]
    [InlineData("http://example.org/a/b.git", "http://example.org/a/b")]
    [InlineData("ssh://git@example.org:22/a/b.git", "https://example.org/a/b")]
    [InlineData("git@example.org:a/b.git", "https://example.org/a/b")]
    [InlineData("/srv/git/b.git", null)]
    [InlineData("../b", null)]
    [InlineData("file:///srv/git/b", null)]
    [InlineData("C:/git/b", null)]
    [InlineData("ext::sh -c evil", null)]
    public void A_remote_is_shown_without_secrets(string url, string? shown)
    {
        MakeCheckout(First, ("config", $"[core]\n\turl = wrong\n[remote \"other\"]\n\turl = https://example.org/other\n[remote \"origin\"]\n\turl = {url}\n[branch \"main\"]\n\turl = wrong\n"));
        Assert.Equal(shown, Provenance().Repository);
    }

    [Fact]
    public void A_checkout_of_a_known_repository_has_its_licence_and_others_have_none()
    {
        MakeCheckout(First, ("config", "[remote \"origin\"]\n\turl = git@github.com:sigmahq/Sigma.git\n"));
        Assert.Equal("DRL-1.1", Provenance().License);
        Write(".git/config", "[remote \"origin\"]\n\turl = https://example.org/my/sigma\n");
        Assert.Null(Provenance().License);
    }

    [Fact]
    public void A_folder_or_file_inside_a_checkout_keeps_its_place_in_the_repository()
    {
        MakeCheckout(First);
        Write("rules-threat-hunting/windows/b.yml", "title: b");
        Assert.Equal(["rules-threat-hunting/windows/b.yml"], Paths("rules-threat-hunting/windows"));
        Assert.Equal(["rules-threat-hunting/windows/b.yml"], Paths("rules-threat-hunting/windows/b.yml"));
    }

    [Fact]
    public void A_plain_folder_that_is_one_of_the_known_ones_keeps_its_name()
    {
        Write("deprecated/windows/b.yml", "title: b");
        Assert.Equal(["deprecated/windows/b.yml"], Paths("deprecated"));
        Assert.Equal("https://github.com/SigmaHQ/sigma", Provenance("deprecated").Repository);
    }

    [Fact]
    public void A_plain_folder_of_unknown_layout_has_no_repository()
    {
        Write("mine/b.yml", "title: b");
        Assert.Null(Provenance("mine").Repository);
        Assert.Null(Provenance("mine").License);
    }

    [Fact]
    public void Rule_sets_of_one_vendor_are_told_apart_by_their_folders()
    {
        Write("kql/Campaigns/a.md", "x");
        Write("kql/Lateral Movement/a.md", "x");
        using var contents = new CorpusWalker().Open(new("microsoft", Path.Combine(_folder.FullName, "kql")), [".md"], TestContext.Current.CancellationToken);
        Assert.Equal(("https://github.com/microsoft/Microsoft-365-Defender-Hunting-Queries", "MIT"), (contents.Provenance.Repository, contents.Provenance.License));
    }

    [Fact]
    public void A_manifest_beside_the_archive_is_believed()
    {
        using var fixture = new SourceFixture("""
            file | rules/a.yml | title: a
            beside | sources.json | {"source.tar.gz": {"repository": "https://me:pw@example.org/x/y.git", "commit": "ABC", "date": "2026-01-02", "license": "MIT"}}
            """);
        using var contents = new CorpusWalker().Open(new("sigma", fixture.Path), [".yml"], TestContext.Current.CancellationToken);
        Assert.Equal(new("sigma", fixture.Path, "https://example.org/x/y", "abc", new(2026, 1, 2), "MIT"), contents.Provenance);
    }

    [Fact]
    public void A_manifest_that_names_another_repository_does_not_lend_it_a_licence()
    {
        using var fixture = new SourceFixture("""
            file | rules/a.yml | title: a
            beside | sources.json | {"source.tar.gz": {"repository": "https://example.org/x/y", "date": "yesterday", "commit": 7}}
            """);
        using var contents = new CorpusWalker().Open(new("sigma", fixture.Path), [".yml"], TestContext.Current.CancellationToken);
        Assert.Equal(new("sigma", fixture.Path, "https://example.org/x/y", null, null, null), contents.Provenance);
    }

    [Fact]
    public void Known_rule_sets_are_complete()
    {
        Assert.Equal("elastic google microsoft panther sigma splunk", string.Join(' ', KnownRuleSets.Builtin.All.Select(s => s.Vendor).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
        Assert.All(KnownRuleSets.Builtin.All, s => Assert.Equal(s.Repository, RepositoryUrl.Normalize(s.Repository)));
        Assert.All(KnownRuleSets.Builtin.All, s => Assert.NotEmpty(s.License));
        Assert.Distinct(KnownRuleSets.Builtin.All.Select(s => s.Vendor + "/" + s.Name), StringComparer.Ordinal);
    }

    void MakeCheckout(string head, params (string Name, string Text)[] files)
    {
        Write(".git/HEAD", head);
        foreach (var (name, text) in files)
            Write(".git/" + name, text);
        Write("rules/a.yml", "title: a");
    }

    void Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    SourceProvenance Provenance(string inside = "")
    {
        using var contents = Open(inside);
        return contents.Provenance;
    }

    string[] Paths(string inside)
    {
        using var contents = Open(inside);
        return [.. contents.Paths];
    }

    SourceContents Open(string inside) =>
        new CorpusWalker().Open(new("sigma", Path.Combine(_folder.FullName, inside)), [".yml"], TestContext.Current.CancellationToken);
}
