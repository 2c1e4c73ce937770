using System.Collections.Immutable;
using Rulescope.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Rulescope.Languages.Yaml;

/// <summary>Reads a YAML stream into documents whose nodes know their place in the text.</summary>
/// <remarks>
/// A syntax error ends the reading with one finding; the documents before it are kept. Aliases are the nodes they name, so the
/// size a tree would have when written out is bounded here, not where it is walked.
/// </remarks>
public static class YamlReader
{
    /// <summary>Longer texts are not read.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    /// <summary>A document nested deeper is not read, so that walking a tree may recurse.</summary>
    public const int MaxDepth = 100;

    /// <summary>How many nodes all aliases and merge keys of one text may repeat.</summary>
    public const int MaxAliased = 100_000;

    /// <summary>All documents of a text; spans count in its UTF-16 code units.</summary>
    public static Parsed<EquatableArray<YamlDocument>> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            var tooLong = Diagnostic.At(new(0, 0), YamlCodes.TooLong, text.Length, MaxLength);
            return new(default, [tooLong]);
        }

        // The parser takes a byte order mark in a string as content.
        var offset = text.StartsWith('\uFEFF') ? 1 : 0;
        return new Stream(text, offset).Read();
    }

    sealed class Stream(string text, int offset)
    {
        readonly Parser _parser = new(new Scanner(new StringReader(text[offset..]), skipComments: true));
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        readonly Dictionary<string, Sized> _anchors = new(StringComparer.Ordinal);
        readonly HashSet<string> _open = new(StringComparer.Ordinal);
        int _aliased;

        // A node with the size and height it would have with its aliases written out.
        readonly record struct Sized(YamlNode Node, int Size, int Height);

        public Parsed<EquatableArray<YamlDocument>> Read()
        {
            var documents = ImmutableArray.CreateBuilder<YamlDocument>();
            try
            {
                while (_parser.MoveNext())
                {
                    if (_parser.Current is not DocumentStart)
                        continue;
                    _anchors.Clear();
                    if (!Advance() || Node(1) is not { } root)
                        break;
                    documents.Add(new(root.Node));
                }
            }
            catch (YamlException error)
            {
                Report(Span(error.Start, error.End), YamlCodes.Syntax, Sentence(error.Message));
            }
            catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException or OverflowException)
            {
                // The parser has slips of its own: a lone "..." before any document, some tags and percent escapes.
                Report(new(text.Length, 0), YamlCodes.Syntax, Sentence(error.Message));
            }

            return new(documents.ToImmutable(), _findings.ToImmutable());
        }

        bool Advance() => _parser.MoveNext();

        // Null means that the depth limit was hit: the finding is made, reading stops.
        Sized? Node(int depth)
        {
            if (_parser.Current is not (AnchorAlias or Scalar or SequenceStart or MappingStart) || depth > MaxDepth)
            {
                Report(_parser.Current is { } at ? Span(at.Start, at.End) : default, YamlCodes.TooDeep, MaxDepth);
                return null;
            }

            if (_parser.Current is AnchorAlias alias)
                return Alias(alias, depth);
            var anchor = ((NodeEvent)_parser.Current).Anchor;
            var name = anchor.IsEmpty ? null : anchor.Value;
            if (name is not null)
                _open.Add(name);
            var node = _parser.Current switch
            {
                Scalar scalar => new Sized(Leaf(scalar), 1, 1),
                SequenceStart start => Sequence(start, depth),
                _ => Mapping((MappingStart)_parser.Current, depth),
            };
            if (name is not null)
            {
                _open.Remove(name);
                if (node is { } named)
                    _anchors[name] = named;
            }

            return node;
        }

        Sized Alias(AnchorAlias alias, int depth)
        {
            var span = Span(alias.Start, alias.End);
            var name = alias.Value.Value;
            if (_open.Contains(name))
                return Missing(span, YamlCodes.AliasCycle, name);
            if (!_anchors.TryGetValue(name, out var target))
                return Missing(span, YamlCodes.UnknownAnchor, name);
            if (_aliased + target.Size > MaxAliased || depth + target.Height > MaxDepth)
                return Missing(span, YamlCodes.TooManyAliased, MaxAliased);
            _aliased += target.Size;
            return target;
        }

        Sized Missing(SourceSpan span, DiagnosticCode code, object argument)
        {
            Report(span, code, argument);
            return new(new YamlNode.Scalar("") { Span = span }, 1, 1);
        }

        YamlNode.Scalar Leaf(Scalar scalar)
        {
            var leaf = new YamlNode.Scalar(scalar.Value, Style(scalar.Style), scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific ? "" : scalar.Tag.Value)
            {
                Span = Trimmed(Span(scalar.Start, scalar.End)),
            };
            if (scalar.Tag is { IsEmpty: false, IsNonSpecific: true })
                leaf = leaf with { Tag = "tag:yaml.org,2002:str" };
            if (YamlScalars.IsLegacyBoolean(leaf))
                Report(leaf.Span, YamlCodes.LegacyBoolean, leaf.Value);
            return leaf;
        }

        Sized? Sequence(SequenceStart start, int depth)
        {
            var items = ImmutableArray.CreateBuilder<YamlNode>();
            var (size, height) = (1, 0);
            while (Advance() && _parser.Current is not SequenceEnd)
            {
                if (Node(depth + 1) is not { } item)
                    return null;
                items.Add(item.Node);
                (size, height) = (size + item.Size, Math.Max(height, item.Height));
            }

            var span = Enclosing(start, items.Count == 0 ? null : items[^1].Span);
            return new(new YamlNode.Sequence(items.ToImmutable()) { Span = span }, size, height + 1);
        }

        Sized? Mapping(MappingStart start, int depth)
        {
            var entries = ImmutableArray.CreateBuilder<YamlEntry>();
            var (size, height) = (1, 0);
            while (Advance() && _parser.Current is not MappingEnd)
            {
                if (Node(depth + 1) is not { } key || !Advance() || Node(depth + 1) is not { } value)
                    return null;
                entries.Add(new(key.Node, value.Node));
                (size, height) = (size + key.Size + value.Size, Math.Max(height, Math.Max(key.Height, value.Height)));
            }

            var span = Enclosing(start, entries.Count == 0 ? null : SourceSpan.Cover(entries[^1].Key.Span, entries[^1].Span));
            ReportDuplicates(entries);
            Merge(entries);
            return new(new YamlNode.Mapping(entries.ToImmutable()) { Span = span }, Math.Max(size, entries.Count), height + 1);
        }

        void ReportDuplicates(ImmutableArray<YamlEntry>.Builder entries)
        {
            if (entries.Count < 2)
                return;
            var seen = new HashSet<string>(entries.Count, StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (entry.Name is { } name && !seen.Add(name))
                    Report(entry.Key.Span, YamlCodes.DuplicateKey, name);
            }
        }

        // "<<: *base" and "<<: [*a, *b]": entries that the mapping lacks are taken over, earlier ones first.
        void Merge(ImmutableArray<YamlEntry>.Builder entries)
        {
            for (var i = entries.Count - 1; i >= 0; i--)
            {
                if (entries[i].Key is not YamlNode.Scalar { Value: "<<", Style: YamlStyle.Plain })
                    continue;
                var merged = entries[i].Value;
                if (merged is not YamlNode.Mapping && !(merged is YamlNode.Sequence list && list.Items.All(m => m is YamlNode.Mapping)))
                    continue;
                var at = entries[i].Key.Span;
                entries.RemoveAt(i);
                foreach (var source in merged is YamlNode.Sequence several ? several.Items : [merged])
                    TakeOver(entries, (YamlNode.Mapping)source, at);
            }
        }

        void TakeOver(ImmutableArray<YamlEntry>.Builder entries, YamlNode.Mapping source, SourceSpan at)
        {
            if (_aliased + source.Entries.Count > MaxAliased)
            {
                Report(at, YamlCodes.TooManyAliased, MaxAliased);
                return;
            }

            _aliased += source.Entries.Count;
            var present = entries.Select(e => e.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
            entries.AddRange(source.Entries.Where(e => e.Name is null || present.Add(e.Name)));
        }

        // The end events of block collections stand at the next token, those of flow collections before the bracket.
        SourceSpan Enclosing(NodeEvent start, SourceSpan? lastChild)
        {
            var first = (int)start.Start.Index + offset;
            var flow = start is SequenceStart { Style: YamlDotNet.Core.Events.SequenceStyle.Flow } or MappingStart { Style: YamlDotNet.Core.Events.MappingStyle.Flow };
            if (!flow && lastChild is { } child)
                return SourceSpan.FromBounds(first, Math.Max(child.End, first));
            var end = (int)(_parser.Current?.End.Index ?? start.End.Index) + offset;
            return SourceSpan.FromBounds(first, flow && end < text.Length && text[end] is ']' or '}' ? end + 1 : end);
        }

        // Block scalars end where the next token begins: the blank lines between are not theirs.
        SourceSpan Trimmed(SourceSpan span)
        {
            var end = span.End;
            while (end > span.Start && text[end - 1] is ' ' or '\t' or '\r' or '\n')
                end--;
            return SourceSpan.FromBounds(span.Start, end);
        }

        SourceSpan Span(Mark start, Mark end)
        {
            var first = (int)Math.Clamp(start.Index + offset, 0, text.Length);
            return SourceSpan.FromBounds(first, (int)Math.Clamp(end.Index + offset, first, text.Length));
        }

        void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
            _findings.Add(Diagnostic.At(span, code, arguments));

        static YamlStyle Style(ScalarStyle style) => style switch
        {
            ScalarStyle.SingleQuoted => YamlStyle.SingleQuoted,
            ScalarStyle.DoubleQuoted => YamlStyle.DoubleQuoted,
            ScalarStyle.Literal => YamlStyle.Literal,
            ScalarStyle.Folded => YamlStyle.Folded,
            _ => YamlStyle.Plain,
        };

        // "While parsing a node, did not find …." as the house writes findings.
        static string Sentence(string message) => message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
    }
}
