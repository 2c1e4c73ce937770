using System.Text.Json;

namespace Rulescope.Corpus.Sources;

/// <summary>Why something could not be read, in words that name no path of this machine.</summary>
static class Reason
{
    public static string Of(Exception error) => error switch
    {
        UnauthorizedAccessException => "access is denied",
        FileNotFoundException or DirectoryNotFoundException => "it has gone",
        JsonException json => $"no JSON from line {json.LineNumber + 1} on",
        InvalidDataException or InvalidOperationException or NotSupportedException or FormatException => error.Message.TrimEnd('.'),
        IOException => "it is in use, or the disk failed",
        _ => error.GetType().Name,
    };
}
