using System.Text.RegularExpressions;

namespace Rulescope.Tests.House;

/// <summary>Files and methods stay short enough to be read at one go; the exceptions are in <c>shape-allow.txt</c>.</summary>
public class SourceShapeTests
{
    const int MaxFile = 500;
    const int MostFiles = 300;
    const int MaxMethod = 60;
    const int MaxSwitch = 80;

    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    static readonly IReadOnlyList<string> Sources = [.. Tree.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))];

    static readonly HashSet<string> Allowed = new(Tree.Allowed("shape-allow.txt"), StringComparer.Ordinal);

    [Fact]
    public void No_file_is_too_long() => Assert.Empty(TooLongFiles().Where(f => !Allowed.Contains(f.Name)).Select(f => $"{f.Name} has {f.Lines} lines of {MaxFile}"));

    [Fact]
    public void Nineteen_files_of_twenty_are_short()
    {
        var lengths = Sources.Select(f => Tree.Lines(f).Length).Order().ToList();
        var p95 = lengths[(int)Math.Ceiling(lengths.Count * 0.95) - 1];
        Assert.True(p95 <= MostFiles, $"the 95th percentile of lines is {p95} of {MostFiles}");
    }

    [Fact]
    public void No_method_is_too_long() => Assert.Empty(TooLongMethods().Where(m => !Allowed.Contains(m.Name)).Select(m => $"{m.Name} has {m.Lines} lines"));

    [Fact]
    public void The_list_of_exceptions_is_current() =>
        Assert.Empty(Allowed.Except(TooLongFiles().Concat(TooLongMethods()).Select(x => x.Name), StringComparer.Ordinal));

    [Fact]
    public void Methods_are_measured()
    {
        string[] source =
        [
            "public sealed class A",
            "{",
            "    int One(",
            "        string text)",
            "    {",
            "        if (text == \"{\")",
            "        {",
            "            return 1;",
            "        }",
            "    }",
            "",
            "    static string Two<T>(T x) => x switch",
            "    {",
            "        _ => \"}\",",
            "    };",
            "",
            "    sealed record B(",
            "        int C)",
            "    {",
            "        public int D()",
            "        {",
            "        }",
            "    }",
            "}",
        ];
        Assert.Equal([("One", 6, false), ("Two", 3, true), ("D", 2, false)], Methods(source));
    }

    static IEnumerable<(string Name, int Lines)> TooLongFiles() =>
        Sources.Select(f => (f, Tree.Lines(f).Length)).Where(f => f.Length > MaxFile);

    static IEnumerable<(string Name, int Lines)> TooLongMethods() =>
        from file in Sources
        from method in Methods(Tree.Lines(file))
        where method.Lines > (method.IsSwitch ? MaxSwitch : MaxMethod)
        select ($"{file}::{method.Name}", method.Lines);

    // The format check holds indentation, so a body is found by its braces' column alone, whatever strings and comments hold.
    static IEnumerable<(string Name, int Lines, bool IsSwitch)> Methods(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim() != "{")
                continue;
            var indent = lines[i].IndexOf('{', StringComparison.Ordinal);
            var head = Head(lines, i, indent);
            if (IsType(head))
                continue;
            if (Regex.Match(head, @"(?<name>\w+)(<[^(]*>)?\s*(\(|\[|=>|$)", Options) is not { Success: true } name)
                continue;
            var end = Array.FindIndex(lines, i, line => line.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
            if (end < 0)
                continue;
            yield return (name.Groups["name"].Value, end - i + 1, head.EndsWith(" switch", StringComparison.Ordinal) || IsOneSwitch(lines, i, end, indent + 4));
            i = end;
        }
    }

    // The lines before the brace, back to the one that stands in the brace's own column.
    static string Head(string[] lines, int brace, int indent)
    {
        var start = brace - 1;
        while (start > 0 && (lines[start].Length <= indent || char.IsWhiteSpace(lines[start][indent])))
            start--;
        return string.Join(' ', lines[start..brace].Select(l => l.Trim()));
    }

    static bool IsType(string head) =>
        Regex.IsMatch(head, @"^((public|private|protected|internal|static|sealed|abstract|partial|readonly|ref|file|unsafe) )*(class|record|struct|interface|enum|namespace|extension)\b", Options);

    static bool IsOneSwitch(string[] lines, int start, int end, int indent) =>
        lines[start..end].Any(l => l.StartsWith(new string(' ', indent) + "switch (", StringComparison.Ordinal)
            || (l.StartsWith(new string(' ', indent) + "return ", StringComparison.Ordinal) && l.EndsWith(" switch", StringComparison.Ordinal)));
}
