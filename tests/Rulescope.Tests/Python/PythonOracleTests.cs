using System.Text;
using Rulescope.Languages.Python;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Python;

/// <summary>Our parser beside CPython's: the same trees, the same texts refused; and what is read survives writing.</summary>
public class PythonOracleTests
{
    const string CheckoutAbsent = "name a checkout of panther-analysis in RULESCOPE_PANTHER";

    // What CPython's standard library holds and is read differently, with the reason.
    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["test/test_traceback.py"] = "a name in full-width letters, which CPython normalizes",
        ["test/test_unicode_identifiers.py"] = "a name with a micro sign, which CPython normalizes",
        ["test/tokenizedata/bad_coding.py"] = "CPython refuses a coding comment that names no encoding; ours reads decoded text",
        ["test/tokenizedata/bad_coding2.py"] = "CPython refuses a coding comment against a byte order mark; ours reads decoded text",
    };

    [Fact]
    public void Small_texts_have_the_same_verdict()
    {
        using var judge = CPython.Start();
        Assert.SkipWhen(judge is null, CPython.Absent);
        var differences = new List<string>();
        var refused = 0;
        foreach (var theory in CaseFile.Load("python/verdicts.cases"))
        {
            var text = theory.Data.Input;
            refused += PythonParser.Parse(text).IsComplete ? 0 : 1;
            if (Compare(text, judge.Parse(text)) is { } difference)
                differences.Add($"{theory.Data.Name}: {difference}");
        }

        Assert.True(differences is ["lines 39: another tree"], string.Join('\n', differences));
        Assert.InRange(refused, 200, int.MaxValue);
    }

    [Fact]
    public void Every_module_of_the_checkout_has_the_same_tree()
    {
        var checkout = Environment.GetEnvironmentVariable("RULESCOPE_PANTHER");
        Assert.SkipWhen(checkout is not { Length: > 0 }, CheckoutAbsent);
        using var judge = CPython.Start();
        Assert.SkipWhen(judge is null, CPython.Absent);
        var (files, differences) = CompareFolder(checkout, "*.py", SearchOption.AllDirectories, judge);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.InRange(files, 1000, int.MaxValue);
    }

    // The whole library takes half a minute; RULESCOPE_PYTHON_LIBRARY=all asks for it. Without it: the modules on top and the grammar's own tests.
    [Fact]
    public void The_standard_library_has_the_same_trees()
    {
        using var judge = CPython.Start();
        Assert.SkipWhen(judge is null, CPython.Absent);
        var all = Environment.GetEnvironmentVariable("RULESCOPE_PYTHON_LIBRARY") == "all";
        var (files, differences) = CompareFolder(judge.Library, "*.py", all ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly, judge);
        if (!all && Directory.Exists(Path.Combine(judge.Library, "test")))
        {
            string[] grammar = ["test_grammar.py", "test_patma.py", "test_syntax.py", "test_named_expressions.py", "test_positional_only_arg.py", "test_generators.py"];
            foreach (var name in grammar.Where(n => File.Exists(Path.Combine(judge.Library, "test", n))))
                differences.AddRange(CompareFolder(Path.Combine(judge.Library, "test"), name, SearchOption.TopDirectoryOnly, judge).Differences);
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.InRange(files, 100, int.MaxValue);
    }

    static (int Files, List<string> Differences) CompareFolder(string folder, string pattern, SearchOption depth, CPython judge)
    {
        var files = 0;
        List<string> differences = [];
        foreach (var path in Directory.EnumerateFiles(folder, pattern, depth).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(judge.Library, path).Replace('\\', '/');
            if (name.StartsWith("site-packages/", StringComparison.Ordinal) || Known.ContainsKey(name) || Decode(path) is not { } text)
                continue;
            files++;
            if (Compare(text, judge.ParseFile(path)) is { } difference)
                differences.Add($"{Path.GetRelativePath(folder, path)}: {difference}");
        }

        return (files, differences);
    }

    // A few files are in other encodings on purpose.
    static string? Decode(string path)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static string? Compare(string text, (string? Tree, string? Error) judged)
    {
        var parsed = PythonParser.Parse(text);
        Spans.AssertNested(text, parsed.Value);
        if (judged.Error is { } error)
            return parsed.IsComplete ? $"read here, refused by CPython: {error}" : null;
        var errors = parsed.Diagnostics.Where(d => d.Code.Severity == Severity.Error).ToList();
        // Characters by their names need a table that is not here; the rest of such a text is read.
        if (errors.Count > 0)
            return errors.TrueForAll(d => d.Code == PythonCodes.CharacterName) ? null : $"refused here, read by CPython: {errors[0]}";
        if (PythonDump.Of(parsed.Value) != judged.Tree)
            return "another tree";
        var again = PythonParser.Parse(PythonWriter.Write(parsed.Value));
        return again.Value == parsed.Value ? null : $"not the same after writing: {again.Diagnostics.FirstOrDefault()}";
    }
}
