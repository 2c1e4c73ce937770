using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rulescope.Tests.Agreement;

/// <summary>A program of others that reads or runs a query: one line of JSON in, one line of JSON out.</summary>
static class Oracle
{
    /// <summary>What is asked: a query and the events it is to be run over.</summary>
    public sealed record Question(string Query, IReadOnlyList<JsonObject> Events);

    /// <summary>What is said: whether the query is read, and of each event true, false, or null where running it failed.</summary>
    public sealed record Answer(bool Accepted, string Message, IReadOnlyList<bool?> Verdicts)
    {
        /// <summary>The same with letter case counted, of a program that has one rule of it for a whole query; else empty.</summary>
        public IReadOnlyList<bool?> Sensitive { get; init; } = [];

        /// <summary>The verdicts beside what we say: where the two rules of letter case differ, one of them must say the same.</summary>
        public Answer Beside(IReadOnlyList<bool> ours) => Sensitive.Count == 0 ? this
            : this with { Verdicts = [.. Verdicts.Select((verdict, i) => verdict == ours[i] || Sensitive[i] != ours[i] ? verdict : ours[i])] };
    }

    /// <summary>Asks a program; skips the test where the program is not installed.</summary>
    public static async Task<IReadOnlyList<Answer>> AskAsync(string program, IEnumerable<string> arguments, IReadOnlyList<Question> questions, string absent)
    {
        using var process = Start(program, arguments, absent);
        var writing = WriteAsync(process.StandardInput, questions);
        var answers = new List<Answer>(questions.Count);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            answers.Add(JsonSerializer.Deserialize<Answer>(line, JsonSerializerOptions.Web)!);
        await writing;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, questions.Count), (process.ExitCode, answers.Count));
        return answers;
    }

    static async Task WriteAsync(StreamWriter input, IReadOnlyList<Question> questions)
    {
        await using (input)
        {
            foreach (var question in questions)
                await input.WriteLineAsync(JsonSerializer.Serialize(question, JsonSerializerOptions.Web));
        }
    }

    static Process Start(string program, IEnumerable<string> arguments, string absent)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip(absent);
            throw;
        }
    }
}
