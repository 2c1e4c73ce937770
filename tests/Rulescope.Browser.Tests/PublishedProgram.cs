using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rulescope.Browser.Tests;

/// <summary>The program as users run it: <c>./rulescope</c>, which publishes what the sources say and runs that.</summary>
static class PublishedProgram
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    static string Launcher => Path.Combine(Repository, "rulescope");

    /// <summary>The folder that holds <c>Rulescope.slnx</c>.</summary>
    public static string Repository { get; } = Folder();

    /// <summary>Runs a verb to its end; it must answer with 0.</summary>
    public static async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        using var patience = new CancellationTokenSource(Patience);
        var told = process.StandardError.ReadToEndAsync(patience.Token);
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"rulescope {string.Join(' ', arguments)} ends with {process.ExitCode}: {await told}{output}");
        return output;
    }

    /// <summary>Serves a catalog at a port the system picks.</summary>
    public static async Task<(Process Server, Uri Address)> ServeAsync(string catalog)
    {
        var server = Start(["serve", "--catalog", catalog, "--urls", "http://127.0.0.1:0"]);
        var told = new StringBuilder();
        server.ErrorDataReceived += (_, line) => told.AppendLine(line.Data);
        server.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        while (await server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Split(' ').FirstOrDefault(w => w.StartsWith("http://", StringComparison.Ordinal)) is { } address)
                return (server, new(address));
        }

        throw new InvalidOperationException($"rulescope serve ended: {told}");
    }

    static Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("bash", [Launcher, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException("bash does not start");
    }

    static string Folder([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here) ?? "");
        while (!File.Exists(Path.Combine(folder.FullName, "Rulescope.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return folder.FullName;
    }
}
