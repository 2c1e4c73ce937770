using System.Collections.Immutable;
using Rulescope.Languages.Highlighting;

namespace Rulescope.Languages.Toml;

/// <summary>What the pieces of a TOML file are to a reader.</summary>
public static class TomlHighlighter
{
    /// <summary>The tokens of a string that holds code of another language; null where it does not.</summary>
    public delegate IEnumerable<CodeToken>? Meaning(TomlValue.String value);

    public static ImmutableArray<CodeToken> Of(string text) => Of(text, _ => null);

    public static ImmutableArray<CodeToken> Of(string text, Meaning meaning)
    {
        var parts = new DataParts(text);
        Add(TomlReader.Read(text).Value, text, parts, meaning);
        return parts.Finish();
    }

    // Nesting is bounded by the reader.
    static void Add(TomlValue value, string text, DataParts parts, Meaning meaning)
    {
        switch (value)
        {
            case TomlValue.Table table:
                // The header of a section; an inline table has braces around keys of its own.
                if (table.Span.Start < text.Length && text[table.Span.Start] == '[' && table.Span.Length < text.Length)
                    parts.Add(table.Span, TokenClass.Key);
                foreach (var entry in table.Entries)
                {
                    parts.Add(entry.KeySpan, TokenClass.Key);
                    Add(entry.Value, text, parts, meaning);
                }

                break;
            case TomlValue.Array array:
                foreach (var item in array.Items)
                    Add(item, text, parts, meaning);
                break;
            case TomlValue.String written:
                parts.Add(written.Span, meaning(written) ?? [new(written.Span, TokenClass.Text)]);
                break;
            case TomlValue.Boolean:
                parts.Add(value.Span, TokenClass.Keyword);
                break;
            default:
                parts.Add(value.Span, TokenClass.Number);
                break;
        }
    }
}
