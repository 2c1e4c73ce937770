using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>Reads the keys of a TOML table; a value of the wrong shape is a finding and counts as absent.</summary>
sealed class ElasticTable(TomlValue.Table table, ImmutableArray<Diagnostic>.Builder findings)
{
    static readonly TomlValue.Table Nothing = new([]);

    public SourceSpan Span => table.Span;

    public void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => findings.Add(Diagnostic.At(span, code, arguments));

    public void Report(Diagnostic finding) => findings.Add(finding);

    public TomlValue? Find(string key) => table[key];

    /// <summary>The table without some of its keys.</summary>
    public TomlValue.Table Without(params ImmutableArray<string> keys) =>
        new([.. table.Entries.Where(e => !keys.Contains(e.Key, StringComparer.Ordinal))]) { Span = table.Span };

    /// <summary>A text without blanks around it; empty when absent.</summary>
    public string Text(string key) => String(key)?.Text.Trim() ?? "";

    /// <summary>A text with its place, or null.</summary>
    public TomlValue.String? String(string key)
    {
        switch (table[key])
        {
            case null:
                return null;
            case TomlValue.String text:
                return text;
            case { } other:
                Report(other.Span, CorpusCodes.WrongShape, key, "a text");
                return null;
        }
    }

    /// <summary>A list of texts with their places; a single text is a list of one.</summary>
    public ImmutableArray<TomlValue.String> Strings(string key)
    {
        if (table[key] is not TomlValue.Array list)
            return String(key) is { } single ? [single] : [];
        var texts = ImmutableArray.CreateBuilder<TomlValue.String>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is TomlValue.String text)
                texts.Add(text);
            else
                Report(item.Span, CorpusCodes.WrongShape, key, "a list of texts");
        }

        return texts.ToImmutable();
    }

    /// <summary>A list of texts without blanks around them; empty ones are dropped.</summary>
    public ImmutableArray<string> Texts(string key) => [.. Strings(key).Select(s => s.Text.Trim()).Where(t => t.Length > 0)];

    public long? Integer(string key)
    {
        switch (table[key])
        {
            case null:
                return null;
            case TomlValue.Integer number:
                return number.Value;
            case { } other:
                Report(other.Span, CorpusCodes.WrongShape, key, "a whole number");
                return null;
        }
    }

    /// <summary>A table; an empty one when absent.</summary>
    public ElasticTable Table(string key) => Tables(key).FirstOrDefault() ?? new(Nothing, findings);

    /// <summary>An array of tables; one table is an array of one.</summary>
    public ImmutableArray<ElasticTable> Tables(string key)
    {
        var tables = ImmutableArray.CreateBuilder<ElasticTable>();
        ImmutableArray<TomlValue> items = table[key] switch { null => [], TomlValue.Array list => list.Items.Items, { } single => [single] };
        foreach (var item in items)
        {
            if (item is TomlValue.Table inner)
                tables.Add(new(inner, findings));
            else
                Report(item.Span, CorpusCodes.WrongShape, key, "a table");
        }

        return tables.ToImmutable();
    }

    /// <summary>A day, as a text (<c>2024/12/31</c>) or as TOML writes it; null when absent or no day.</summary>
    public DateOnly? Date(string key)
    {
        switch (table[key])
        {
            case null:
                return null;
            case TomlValue.LocalDate day:
                return day.Value;
            case TomlValue.String text when DateOnly.TryParseExact(text.Text.Trim(), ["yyyy/M/d", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                return day;
            case TomlValue.String text:
                Report(text.Span, CorpusCodes.NoDate, key, text.Text);
                return null;
            case { } other:
                Report(other.Span, CorpusCodes.WrongShape, key, "a date");
                return null;
        }
    }

    /// <summary>Ticks between a moment such as <c>now-9m</c> and now; null when absent or no such moment.</summary>
    public long? Ago(string key) => Time(key, "now-", "now-9m");

    /// <summary>A length of time such as <c>5m</c> in ticks; null when absent or none.</summary>
    public long? Duration(string key) => Time(key, "", "5m");

    long? Time(string key, string prefix, string example)
    {
        if (String(key) is not { } text)
            return null;
        var written = text.Text.Trim();
        if (written.StartsWith(prefix, StringComparison.Ordinal) && ElasticTime.Ticks(written[prefix.Length..]) is { } ticks)
            return ticks;
        Report(text.Span, ElasticCodes.BadTime, key, example, written);
        return null;
    }
}

/// <summary>Lengths of time in Elasticsearch's date math.</summary>
static class ElasticTime
{
    /// <summary>Ticks of <c>90m</c>, <c>7d</c> or <c>7d/d</c> (what is behind the slash rounds and does not count); null for anything else.</summary>
    public static long? Ticks(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var length = slash < 0 ? text : text[..slash];
        if (length.Length < 2 || !long.TryParse(length.AsSpan(0, length.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;
        return Unit(length[^1]) is { } unit && count <= long.MaxValue / unit ? count * unit : null;
    }

    /// <summary>Ticks of a unit's letter; a month has 30 days and a year 365, as nothing here needs a calendar.</summary>
    public static long? Unit(char letter) => letter switch
    {
        's' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMinute,
        'h' or 'H' => TimeSpan.TicksPerHour,
        'd' => TimeSpan.TicksPerDay,
        'w' => 7 * TimeSpan.TicksPerDay,
        'M' => 30 * TimeSpan.TicksPerDay,
        'y' => 365 * TimeSpan.TicksPerDay,
        _ => null,
    };
}
