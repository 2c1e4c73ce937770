using Rulescope.Corpus;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>A bar on stderr while something long runs; nothing at all where nobody looks at a terminal.</summary>
static class ProgressBar
{
    public static Task<T> RunAsync<T>(Terminal terminal, string what, Func<IProgress<CorpusProgress>?, Task<T>> work) =>
        !terminal.Error.Profile.Capabilities.Interactive || !terminal.Error.Profile.Capabilities.Ansi
            ? work(null)
            : terminal.Error.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(what)))));

    sealed class Bar(ProgressTask task) : IProgress<CorpusProgress>
    {
        public void Report(CorpusProgress value)
        {
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
        }
    }
}
