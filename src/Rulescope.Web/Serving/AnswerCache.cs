using System.Collections.Concurrent;

namespace Rulescope.Web.Serving;

/// <summary>Finished answers of one catalog. Another catalog has another cache, so that none is ever out of date.</summary>
public sealed class AnswerCache
{
    const int MostAnswers = 50_000;
    const long MostBytes = 64L << 20;

    internal RecentlyUsed<AnswerKey, Answer> Kept { get; } = new(MostAnswers, MostBytes);

    /// <summary>Answers that are being made, for those who ask meanwhile; null where it came to nothing.</summary>
    internal ConcurrentDictionary<AnswerKey, Task<Answer?>> Coming { get; } = new();
}

/// <summary>Where an answer came from, for the log: <c>kept</c>, <c>shared</c> with one who asked just before, or <c>made</c>.</summary>
sealed record AnswerOrigin(string Word)
{
    public static readonly AnswerOrigin Kept = new("kept");
    public static readonly AnswerOrigin Shared = new("shared");
    public static readonly AnswerOrigin Made = new("made");
}
