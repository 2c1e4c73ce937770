using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Python;

/// <summary>CPython as the judge: <c>tests/oracles/python/dump.py</c> run by the <c>python3</c> of this machine.</summary>
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
    public static CPython? Start()
    {
        var start = new ProcessStartInfo("python3", [Path.Combine(Repository.Root, "tests", "oracles", "python", "dump.py")])
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

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    (string? Tree, string? Error) Ask(string kind, string what)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new Dictionary<string, string> { [kind] = what }));
        _process.StandardInput.Flush();
        var answer = JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("python3 stopped"))!;
        return ((string?)answer["tree"], (string?)answer["error"]);
    }
}
