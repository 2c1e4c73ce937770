using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Toml;

/// <summary>One pass over a document: lines, headers and keys. Values are in the other part.</summary>
ref partial struct TomlParser
{
    readonly ReadOnlySpan<char> _text;
    readonly List<Diagnostic> _findings = [];
    int _position;

    public TomlParser(ReadOnlySpan<char> text)
    {
        _text = text;
        CheckUnicode();
        // A byte order mark is not part of the document.
        _position = text is ['\uFEFF', ..] ? 1 : 0;
    }

    public readonly ImmutableArray<Diagnostic> Findings
    {
        get
        {
            if (_findings.Count <= TomlReader.MaxFindings)
                return [.. _findings.OrderBy(f => f.Span.Start)];
            var last = _findings[TomlReader.MaxFindings];
            return [.. _findings.Take(TomlReader.MaxFindings).OrderBy(f => f.Span.Start), Diagnostic.At(last.Span, TomlCodes.TooManyFindings, TomlReader.MaxFindings)];
        }
    }

    readonly bool AtEnd => _position >= _text.Length;

    readonly char Current => _position < _text.Length ? _text[_position] : '\0';

    public TomlValue.Table ParseDocument()
    {
        var root = new TomlNode.Table(new(0, _text.Length), 0, TomlNode.Origin.Header);
        var section = root;
        for (SkipBlank(); !AtEnd; SkipBlank())
        {
            if (Current == '[')
                section = ParseHeader(root);
            else
                ParsePair(section);
            ExpectLineEnd();
        }

        return root.ToTable();
    }

    TomlNode.Table ParseHeader(TomlNode.Table root)
    {
        var start = _position;
        var isArray = _position + 1 < _text.Length && _text[_position + 1] == '[';
        _position += isArray ? 2 : 1;
        SkipSpaces();
        var path = new List<TomlKey>();
        var complete = ParseKey(path);
        var closing = isArray ? "]]" : "]";
        if (complete && _text[_position..].StartsWith(closing, StringComparison.Ordinal))
        {
            _position += closing.Length;
        }
        else if (complete)
        {
            Report(TomlCodes.UnclosedHeader, Here, Shown, closing);
            SkipLine();
        }
        else
        {
            SkipLine();
        }

        var span = SourceSpan.FromBounds(start, _position);
        // The keys below a header without a name belong to nobody; they are checked and dropped.
        return (path.Count == 0 ? null : Open(root, path, span, isArray)) ?? new(span, 0, TomlNode.Origin.Header);
    }

    TomlNode.Table? Open(TomlNode.Table root, List<TomlKey> path, SourceSpan span, bool isArray)
    {
        var table = root;
        foreach (var key in path[..^1])
        {
            if (Step(table, key) is not { } next)
                return null;
            table = next;
        }

        var last = path[^1];
        var existing = table.Child(last.Name);
        if (isArray)
            return OpenItem(table, last, existing, span);
        switch (existing)
        {
            case null:
                return Grow(table, last, TomlNode.Origin.Header, span);
            case TomlNode.Table { MadeBy: TomlNode.Origin.Implied } implied:
                implied.MadeBy = TomlNode.Origin.Header;
                implied.Span = span;
                return implied;
            case TomlNode.Leaf leaf:
                ReportLeaf(leaf, last);
                return null;
            default:
                Report(TomlCodes.AlreadyDefined, last.Span, last.Name);
                return existing as TomlNode.Table;
        }
    }

    TomlNode.Table? OpenItem(TomlNode.Table table, TomlKey key, TomlNode? existing, SourceSpan span)
    {
        if (existing is TomlNode.Leaf leaf)
        {
            ReportLeaf(leaf, key);
            return null;
        }

        if (existing is TomlNode.Table)
        {
            Report(TomlCodes.AlreadyDefined, key.Span, key.Name);
            return null;
        }

        // The array itself is a level, so its tables stand two below.
        if (IsTooDeep(table.Depth + 2, key.Span))
            return null;
        var items = existing as TomlNode.Tables;
        if (items is null)
        {
            items = new(span);
            table.Add(key, items);
        }

        items.Add(new(span, table.Depth + 2, TomlNode.Origin.Header));
        return items.Last;
    }

    // One step of a header's path: what exists is entered, what does not is implied.
    TomlNode.Table? Step(TomlNode.Table table, TomlKey key)
    {
        switch (table.Child(key.Name))
        {
            case TomlNode.Table next:
                return next;
            case TomlNode.Tables items:
                return items.Last;
            case TomlNode.Leaf leaf:
                ReportLeaf(leaf, key);
                return null;
            default:
                return Grow(table, key, TomlNode.Origin.Implied, key.Span);
        }
    }

    void ParsePair(TomlNode.Table section)
    {
        var path = new List<TomlKey>();
        if (!ParseKey(path))
        {
            SkipLine();
            return;
        }

        if (Current != '=')
        {
            Report(TomlCodes.EqualsExpected, Here, Shown);
            SkipLine();
            return;
        }

        _position++;
        SkipSpaces();
        if (ParseValue(section.Depth + path.Count) is { } value)
            Assign(section, path, value);
    }

    void Assign(TomlNode.Table table, List<TomlKey> path, TomlValue value)
    {
        foreach (var key in path[..^1])
        {
            switch (table.Child(key.Name))
            {
                case null:
                    if (Grow(table, key, TomlNode.Origin.Dotted, key.Span) is not { } grown)
                        return;
                    table = grown;
                    break;
                case TomlNode.Table { MadeBy: not TomlNode.Origin.Header } next:
                    next.MadeBy = TomlNode.Origin.Dotted;
                    table = next;
                    break;
                case TomlNode.Leaf leaf:
                    ReportLeaf(leaf, key);
                    return;
                default:
                    Report(TomlCodes.AlreadyDefined, key.Span, key.Name);
                    return;
            }
        }

        var last = path[^1];
        if (table.Child(last.Name) is null)
            table.Add(last, new TomlNode.Leaf(value));
        else
            Report(TomlCodes.DuplicateKey, last.Span, last.Name);
    }

    TomlNode.Table? Grow(TomlNode.Table table, TomlKey key, TomlNode.Origin origin, SourceSpan span)
    {
        if (IsTooDeep(table.Depth + 1, key.Span))
            return null;
        var grown = new TomlNode.Table(span, table.Depth + 1, origin);
        table.Add(key, grown);
        return grown;
    }

    void ReportLeaf(TomlNode.Leaf leaf, TomlKey key) =>
        Report(leaf.Value is TomlValue.Table ? TomlCodes.ClosedTable : TomlCodes.NotATable, key.Span, key.Name);

    // The parts of a key with dots between them; stands behind the white space after it.
    bool ParseKey(List<TomlKey> path)
    {
        while (true)
        {
            var start = _position;
            if (Current is '"' or '\'')
            {
                var name = ScanString(out var isMultiLine);
                if (isMultiLine)
                    Report(TomlCodes.MultiLineKey, SourceSpan.FromBounds(start, _position));
                path.Add(new(name, SourceSpan.FromBounds(start, _position)));
            }
            else
            {
                while (char.IsAsciiLetterOrDigit(Current) || Current is '_' or '-')
                    _position++;
                if (_position == start)
                {
                    Report(TomlCodes.KeyExpected, Here, Shown);
                    return false;
                }

                path.Add(new(_text[start.._position].ToString(), SourceSpan.FromBounds(start, _position)));
            }

            SkipSpaces();
            if (Current != '.')
                return true;
            _position++;
            SkipSpaces();
        }
    }
}
