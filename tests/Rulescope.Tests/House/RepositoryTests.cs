using System.Text.RegularExpressions;

namespace Rulescope.Tests.House;

public class RepositoryTests
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // Put together here, so that this file does not name them.
    static readonly string[] MachinePaths = [.. ((string[])["work", "farm"]).Select(folder => $"/{folder}/")];

    static readonly string RootHome = string.Join('/', "", "root", "");

    [Fact]
    public void No_file_names_a_path_of_one_machine()
    {
        var found = from file in Tree.Files
                    where !IsBinary(file)
                    from line in Tree.Lines(file).Index()
                    where MachinePaths.Any(p => line.Item.Contains(p, StringComparison.Ordinal))
                        || (!MaySpeakOfRoot(file) && line.Item.Contains(RootHome, StringComparison.Ordinal))
                    select $"{file}:{line.Index + 1}";
        Assert.Empty(found);
    }

    [Fact]
    public void Every_script_is_executable()
    {
        var scripts = Tree.Files.Where(f => !IsBinary(f) && Tree.Read(f).StartsWith("#!", StringComparison.Ordinal)).ToList();
        Assert.Contains("build.sh", scripts, StringComparer.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        foreach (var script in scripts)
            Assert.True(File.GetUnixFileMode(Tree.PathOf(script)).HasFlag(UnixFileMode.UserExecute), $"{script} is not executable");
    }

    [Fact]
    public void No_source_says_to_do_something_later()
    {
        var word = string.Concat("TO", "DO");
        var found = from file in Tree.Files
                    where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)
                    from line in Tree.Lines(file).Index()
                    where Regex.IsMatch(line.Item, $@"//.*\b{word}\b", Options)
                    select $"{file}:{line.Index + 1}";
        Assert.Empty(found);
    }

    [Fact]
    public void Readme_names_verbs_that_exist()
    {
        var verbs = Tree.Files
            .Where(f => f.StartsWith("src/Rulescope.Cli/Commands/", StringComparison.Ordinal) && f.EndsWith("Command.cs", StringComparison.Ordinal))
            .Select(f => Path.GetFileName(f)[..^"Command.cs".Length])
            .Concat(Tree.Allowed("readme-allow.txt"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var named = Regex.Matches(Tree.Read("README.md"), @"(?m)^(\$ )?\./rulescope (?<verb>[a-z]+)", Options).Select(m => m.Groups["verb"].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, verb => Assert.Contains(verb, verbs));
    }

    [Fact]
    public void Links_between_documents_lead_somewhere()
    {
        var dead = from file in Tree.Files
                   where file.EndsWith(".md", StringComparison.Ordinal)
                   from Match link in Regex.Matches(Tree.Read(file), @"\]\((?<target>[^)#\s]+)[^)]*\)", Options)
                   let target = link.Groups["target"].Value
                   where !target.Contains(':', StringComparison.Ordinal)
                   where !Path.Exists(Path.Combine(Path.GetDirectoryName(Tree.PathOf(file)) ?? "", target))
                   select $"{file}: {target}";
        Assert.Empty(dead);
    }

    [Fact]
    public void Every_analyzer_rule_that_is_off_has_its_reason()
    {
        var reasons = Tree.Read("docs/decisions/0002-analyzers.md");
        var off = Regex.Matches(Tree.Read(".editorconfig"), @"dotnet_diagnostic\.(?<id>\w+)\.severity = none", Options).Select(m => m.Groups["id"].Value);
        Assert.All(off, id => Assert.Contains(id, reasons, StringComparison.Ordinal));
    }

    // Rules and logs of Linux hosts speak of that folder with good reason.
    static bool MaySpeakOfRoot(string file) => file.EndsWith(".cases", StringComparison.Ordinal) || file.StartsWith("content/", StringComparison.Ordinal);

    static bool IsBinary(string file)
    {
        using var stream = File.OpenRead(Tree.PathOf(file));
        Span<byte> head = stackalloc byte[4096];
        return head[..stream.Read(head)].Contains((byte)0);
    }
}
