using System.Globalization;
using System.Text;
using System.Text.Json;
using Rulescope.Languages.Toml;

namespace Rulescope.Tests.Toml;

/// <summary>Values as the cases write them: every kind is recognisable, tables in braces, the root one key per line.</summary>
static class TomlText
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(TomlValue.Table root)
    {
        var text = new StringBuilder();
        foreach (var entry in root.Entries)
            text.Append(Entry(entry)).Append('\n');
        return text.ToString();
    }

    static string Entry(TomlEntry entry) => $"{Quote(entry.Key)} = {Of(entry.Value)}";

    static string Of(TomlValue value) => value switch
    {
        TomlValue.String s => Quote(s.Text),
        TomlValue.Integer i => i.Value.ToString(CultureInfo.InvariantCulture),
        TomlValue.Float f => "float " + f.Value.ToString("R", CultureInfo.InvariantCulture),
        TomlValue.Boolean b => b.Value ? "true" : "false",
        TomlValue.OffsetDateTime o => $"instant {o.Local:yyyy-MM-ddTHH:mm:ss.FFFFFFF} {o.Offset.TotalMinutes.ToString(CultureInfo.InvariantCulture)}",
        TomlValue.LocalDateTime l => $"moment {l.Value:yyyy-MM-ddTHH:mm:ss.FFFFFFF}",
        TomlValue.LocalDate d => $"day {d.Value:yyyy-MM-dd}",
        TomlValue.LocalTime t => $"time {t.Value:HH:mm:ss.FFFFFFF}",
        TomlValue.Array a => $"[{string.Join(", ", a.Items.Select(Of))}]",
        TomlValue.Table t => $"{{{string.Join(", ", t.Entries.Select(Entry))}}}",
        _ => throw new System.Diagnostics.UnreachableException(value.GetType().Name),
    };

    static string Quote(string text) => JsonSerializer.Serialize(text, Plain);
}
