using System.Diagnostics;
using System.Text.Json;

namespace Rulescope.Cli.Tests;

/// <summary>The started program, spoken to line by line, as no client of the SDK would.</summary>
static class McpProcess
{
    /// <summary>The answers by id. Every line on stdout must be a message of the protocol.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="lines">What is sent.</param>
    /// <param name="until">The id whose answer is the last to wait for.</param>
    public static async Task<IReadOnlyDictionary<int, JsonElement>> AskAsync(string catalog, IEnumerable<string> lines, int until)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rulescope.dll"), "mcp", "--catalog", catalog])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("the program did not start");
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var line in lines)
            await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var answers = new Dictionary<int, JsonElement>();
        while (!answers.ContainsKey(until) && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            using var message = JsonDocument.Parse(line);
            Assert.Equal("2.0", message.RootElement.GetProperty("jsonrpc").GetString());
            if (message.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number)
                answers[id.GetInt32()] = message.RootElement.Clone();
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return answers;
    }
}
