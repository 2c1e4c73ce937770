using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Python;

/// <summary>CPython as the judge: a script of <c>tests/oracles/python</c> run by the <c>python3</c> of this machine.</summary>
sealed class CPython : IDisposable
{
    public const string Absent = "python3 is not there or is not 3.11, so there is no one to compare with";

    readonly Process _process;

    CPython(Process process, string library)
    {
        _process = process;
        Library = library;
    }

    /// <summary>The folder of CPython's standard library.</summary>
    public string Library { get; }

    /// <summary>A running judge, or null where python3 is absent or of another version.</summary>
    public static CPython? Start(string script = "dump.py", params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "tests", "oracles", "python", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        try
        {
            var process = Process.Start(start)!;
            var hello = JsonNode.Parse(process.StandardOutput.ReadLine() ?? "{}")!;
            if ((string?)hello["version"] == "3.11")
                return new(process, Path.GetDirectoryName((string)hello["library"]!)!);
            process.Kill();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program.
        }

        return null;
    }

    /// <summary>The tree of a text, or why CPython refuses it.</summary>
    public (string? Tree, string? Error) Parse(string text) => Ask("text", text);

    /// <summary>The tree of a file, decoded as CPython does.</summary>
    public (string? Tree, string? Error) ParseFile(string path) => Ask("path", path);

    /// <summary>What a rule says to each event: <c>True</c>, <c>False</c> or <c>error</c>.</summary>
    public IReadOnlyList<string> Run(string rule, IEnumerable<string> events)
    {
        var question = new JsonObject { ["rule"] = rule, ["events"] = new JsonArray([.. events.Select(e => JsonNode.Parse(e))]) };
        return [.. Answer(question.ToJsonString()).AsArray().Select(a => a!.ToString())];
    }

    /// <summary>What a script answers to a question of its own form.</summary>
    public JsonNode Ask(JsonObject question) => Answer(question.ToJsonString());

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    (string? Tree, string? Error) Ask(string kind, string what)
    {
        var answer = Answer(JsonSerializer.Serialize(new Dictionary<string, string> { [kind] = what }));
        return ((string?)answer["tree"], (string?)answer["error"]);
    }

    JsonNode Answer(string question)
    {
        _process.StandardInput.WriteLine(question);
        _process.StandardInput.Flush();
        return JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("python3 stopped"))!;
    }
}
