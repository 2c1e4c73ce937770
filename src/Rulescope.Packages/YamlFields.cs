using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>The keys of one mapping, read by name: what is missing, of the wrong kind or not known becomes a finding.</summary>
sealed class YamlFields(YamlNode node, SourceSpan place, ImmutableArray<Diagnostic>.Builder findings)
{
    readonly YamlNode.Mapping? _mapping = node as YamlNode.Mapping;
    readonly List<string> _asked = [];

    public SourceSpan Span => node.Span == default ? place : node.Span;

    public SourceSpan SpanOf(string key) => Value(key)?.Span ?? Span;

    /// <summary>A text that must be there; numbers are taken as they are written.</summary>
    public string Text(string key, bool required = true)
    {
        var value = Value(key);
        if (value is YamlNode.Scalar { IsNull: false, Value: not "" } scalar)
            return scalar.Value.Trim();
        if (value is YamlNode.Sequence or YamlNode.Mapping)
            Report(value.Span, PackageCodes.WrongKind, key, "a text");
        else if (required)
            Report(value?.Span ?? new(Span.Start, 0), PackageCodes.MissingKey, key);
        return "";
    }

    /// <summary>One of a few words.</summary>
    public string Word(string key, params ReadOnlySpan<string> words)
    {
        var text = Text(key);
        if (text.Length > 0 && !words.Contains(text))
            Report(SpanOf(key), PackageCodes.WrongValue, key, text, $"one of {string.Join(", ", words)}");
        return text;
    }

    public DateOnly? Date(string key)
    {
        var text = Text(key);
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Report(SpanOf(key), PackageCodes.WrongValue, key, text, "a date such as 2026-11-21");
        return null;
    }

    public EquatableArray<string> Texts(string key)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in Items(key, required: false))
        {
            if (item is YamlNode.Scalar { IsNull: false } scalar)
                texts.Add(scalar.Value.Trim());
            else
                Report(item.Span, PackageCodes.WrongKind, key, "a list of texts");
        }

        return texts.ToImmutable();
    }

    /// <summary>A list of mappings.</summary>
    public EquatableArray<T> Entries<T>(string key, Func<YamlFields, T> read, bool required = true, params ReadOnlySpan<string> keys)
    {
        var entries = ImmutableArray.CreateBuilder<T>();
        foreach (var item in Items(key, required))
        {
            if (item is not YamlNode.Mapping)
            {
                Report(item.Span, PackageCodes.WrongKind, key, "a list of keys and values");
                continue;
            }

            var fields = new YamlFields(item, SpanOf(key), findings);
            entries.Add(read(fields));
            fields.Finish(keys);
        }

        return entries.ToImmutable();
    }

    /// <summary>Names the keys that nobody asked for.</summary>
    public void Finish(params ReadOnlySpan<string> more)
    {
        string[] known = [.. _asked.Distinct(StringComparer.Ordinal), .. more];
        foreach (var entry in _mapping?.Entries.Items ?? [])
        {
            if (entry.Name is not { } name || !known.Contains(name, StringComparer.Ordinal))
                Report(entry.Key.Span, PackageCodes.UnknownKey, entry.Name ?? "…", string.Join(", ", known));
        }
    }

    public void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => findings.Add(Diagnostic.At(span, code, arguments));

    ImmutableArray<YamlNode> Items(string key, bool required)
    {
        var value = Value(key);
        if (value is YamlNode.Sequence list)
            return list.Items.Items;
        if (value is not null and not YamlNode.Scalar { IsNull: true })
            Report(value.Span, PackageCodes.WrongKind, key, "a list");
        else if (required)
            Report(new(Span.Start, 0), PackageCodes.MissingKey, key);
        return [];
    }

    YamlNode? Value(string key)
    {
        _asked.Add(key);
        return _mapping?[key];
    }
}
