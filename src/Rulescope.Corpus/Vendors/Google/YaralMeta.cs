using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Languages.Yaral;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Google;

/// <summary>What a rule says of itself under <c>meta</c>, and the constants of its <c>outcome</c>. Keys in any case; values are texts.</summary>
sealed class YaralMeta(YaralRule rule)
{
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

    public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

    /// <summary>Where <c>meta</c> begins, for findings about all of it; the rule's start without it.</summary>
    public SourceSpan Place => rule.Meta.IsEmpty ? new(rule.Span.Start, 0) : rule.Meta[0].Span;

    /// <summary>The risk score where it is a constant from 0 to 100: <c>35</c> or <c>max(35)</c>.</summary>
    public long? RiskScore => Outcome("risk_score") switch
    {
        YaralExpression.Number number => Score(number),
        YaralExpression.Call { Function: "max", Arguments: [YaralExpression.Number number] } => Score(number),
        _ => null,
    };

    /// <summary>The texts under these keys in the order of the keys; empty ones are left out.</summary>
    public ImmutableArray<string> Texts(params ReadOnlySpan<string> keys)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var key in keys)
            texts.AddRange(rule.Meta.Where(m => string.Equals(m.Name, key, StringComparison.OrdinalIgnoreCase)).Select(m => m.Text?.Trim()).OfType<string>().Where(t => t.Length > 0));
        return texts.ToImmutable();
    }

    /// <summary>The first text under one of these keys; empty where there is none.</summary>
    public string First(params ReadOnlySpan<string> keys) => Texts(keys) is [var first, ..] ? first : "";

    /// <summary>Words parted by commas.</summary>
    public ImmutableArray<string> Words(string key) =>
        [.. Texts(key).SelectMany(t => t.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The first day under one of these keys; what is no day is a finding.</summary>
    public DateOnly? Date(params ReadOnlySpan<string> keys)
    {
        var text = First(keys);
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, ["yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        _findings.Add(Diagnostic.At(Place, CorpusCodes.NoDate, keys[0], text));
        return null;
    }

    /// <summary>The texts written anywhere in the value of an outcome variable.</summary>
    public ImmutableArray<string> Outcomes(string name) => Outcome(name) is { } value ? [.. TextsIn(value)] : [];

    YaralExpression? Outcome(string name) => rule.Outcome.FirstOrDefault(o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;

    static IEnumerable<string> TextsIn(YaralExpression value) => value switch
    {
        YaralExpression.Text text => [text.Value.Trim()],
        YaralExpression.Call call => call.Arguments.SelectMany(TextsIn),
        YaralExpression.Array array => array.Items.SelectMany(TextsIn),
        _ => [],
    };

    static long? Score(YaralExpression.Number number) =>
        long.TryParse(number.Digits, NumberStyles.None, CultureInfo.InvariantCulture, out var score) && score <= 100 ? score : null;
}
