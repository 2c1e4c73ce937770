using Rulescope.Corpus.Provenance;
using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

/// <summary>One <c>VENDOR=PATH</c>: a folder, an archive or a single file with rules of one vendor.</summary>
public sealed record RuleSource(string Vendor, string Path)
{
    /// <summary>How much of its rules may be shown; null for what is known of the rule set.</summary>
    public Publish? Publish { get; init; }

    /// <summary>Folders, archives or files of search macros that go before the source's own; only Splunk has macros.</summary>
    public EquatableArray<string> Macros { get; init; }

    /// <summary>Splits <c>VENDOR=PATH</c> at the first <c>=</c>; the vendor is lower-cased, both must be there.</summary>
    public static bool TryParse(string text, out RuleSource source)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        source = split > 0 && split < text.Length - 1
            ? new(text[..split].Trim().ToLowerInvariant(), text[(split + 1)..])
            : new("", "");
        return source.Vendor.Length > 0;
    }
}

/// <summary>What a source may ask of us at most; whatever is cut off by one of these is reported.</summary>
public sealed record SourceLimits
{
    /// <summary>Bytes of one file.</summary>
    public int MaxFileBytes { get; init; } = 8 << 20;

    /// <summary>Entries of a folder or archive, of any kind.</summary>
    public int MaxEntries { get; init; } = 500_000;

    /// <summary>Bytes an archive may unpack to, whether they are read or skipped.</summary>
    public long MaxTotalBytes { get; init; } = 8L << 30;

    /// <summary>Bytes of the rule files of one source.</summary>
    public long MaxRuleBytes { get; init; } = 512L << 20;

    /// <summary>How many times its own size an archive may unpack to, once past <see cref="RatioFloor"/>.</summary>
    public int MaxRatio { get; init; } = 100;

    /// <summary>Bytes that any archive may unpack to: small ones of much repetition are no bombs.</summary>
    public long RatioFloor { get; init; } = 32L << 20;
}
