using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors;

/// <summary>Reads the metadata of a rule from YAML mappings, the first that has a key; a value of the wrong shape is a finding and counts as absent.</summary>
sealed class Metadata(ImmutableArray<YamlNode.Mapping> mappings)
{
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

    public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

    public void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => _findings.Add(Diagnostic.At(span, code, arguments));

    public void Report(ImmutableArray<Diagnostic> findings) => _findings.AddRange(findings);

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key)
    {
        foreach (var mapping in mappings)
        {
            if (mapping[key] is { } value)
                return value;
        }

        return null;
    }

    /// <summary>A text; empty when absent. Numbers and booleans are texts here.</summary>
    public string Text(string key)
    {
        switch (Find(key))
        {
            case null or YamlNode.Scalar { IsNull: true }:
                return "";
            case YamlNode.Scalar scalar:
                return scalar.Value.Trim();
            case { } other:
                Report(other.Span, CorpusCodes.WrongShape, key, "a text");
                return "";
        }
    }

    /// <summary>A list of texts; a single text is a list of one, empty items are dropped.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var node = Find(key);
        if (node is not YamlNode.Sequence list)
            return Text(key) is { Length: > 0 } single ? [single] : [];
        var texts = ImmutableArray.CreateBuilder<string>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (item is not YamlNode.Scalar scalar)
                Report(item.Span, CorpusCodes.WrongShape, key, "a list of texts");
            else if (!scalar.IsNull && scalar.Value.Trim() is { Length: > 0 } text)
                texts.Add(text);
        }

        return texts.ToImmutable();
    }

    /// <summary>A date as year, month, day with <c>-</c> or <c>/</c>; null when absent or no date.</summary>
    public DateOnly? Date(string key)
    {
        var text = Text(key);
        if (text.Length == 0)
            return null;
        // A time after the date says more than a day needs.
        var day = text.IndexOfAny([' ', 'T']) is var end and > 0 ? text[..end] : text;
        if (DateOnly.TryParseExact(day, ["yyyy-M-d", "yyyy/M/d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Report(Find(key)?.Span ?? default, CorpusCodes.NoDate, key, text);
        return null;
    }

    /// <summary>Names parted by commas, of a text or of the items of a list; commas inside brackets part nothing.</summary>
    public ImmutableArray<string> Names(string key) => [.. Texts(key).SelectMany(SplitNames)];

    static IEnumerable<string> SplitNames(string text)
    {
        var start = 0;
        var depth = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : ',';
            depth = c switch
            {
                '(' or '[' => depth + 1,
                ')' or ']' => Math.Max(0, depth - 1),
                _ => depth,
            };
            // A bracket that is never closed must not swallow the end.
            if (c != ',' || (depth > 0 && i < text.Length))
                continue;
            if (text[start..i].Trim() is { Length: > 0 } name)
                yield return name;
            start = i + 1;
        }
    }
}
