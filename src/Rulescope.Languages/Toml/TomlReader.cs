using Rulescope.Text;

namespace Rulescope.Languages.Toml;

/// <summary>Reads TOML 1.0 (https://toml.io/en/v1.0.0) strictly: what the standard forbids is a finding, and reading goes on at the next line.</summary>
public static class TomlReader
{
    /// <summary>Deepest nesting of tables and arrays together.</summary>
    public const int MaxDepth = 128;

    /// <summary>Most findings of one document; one more says that there were others.</summary>
    public const int MaxFindings = 500;

    /// <summary>The root table; text that is no TOML gives an empty or partial one and error findings, never an exception.</summary>
    public static Parsed<TomlValue.Table> Read(string text)
    {
        var parser = new TomlParser(text);
        var root = parser.ParseDocument();
        return new(root, parser.Findings);
    }

    /// <summary>The content of a string value of <paramref name="text"/>, with the place of every piece of it in that text.</summary>
    public static EmbeddedText Content(string text, TomlValue.String value)
    {
        var start = value.Span.Start;
        if (start < 0 || start >= text.Length || text[start] is not ('"' or '\''))
            throw new ArgumentException("the value is not from this text", nameof(value));
        var scanner = new TomlStringScanner(text, start, findings: null, withAnchors: true);
        var content = scanner.Scan();
        return new(content, scanner.Anchors, scanner.ContentEnd);
    }
}
