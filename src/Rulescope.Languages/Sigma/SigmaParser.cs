using System.Collections.Immutable;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>Reads Sigma rules, correlations and filters; every finding points into the YAML text.</summary>
public static partial class SigmaParser
{
    /// <summary>How many rules, groups or aliases a correlation or filter may have.</summary>
    public const int MaxEntries = 200;

    /// <summary>All documents of a YAML text, in order.</summary>
    public static Parsed<EquatableArray<SigmaDocument>> Parse(string text) =>
        YamlReader.Read(text).Then(documents => Parse(text, documents));

    /// <summary>The documents of a text whose YAML was read before.</summary>
    public static Parsed<EquatableArray<SigmaDocument>> Parse(string text, EquatableArray<YamlDocument> documents)
    {
        var entries = ParseEntries(text, documents);
        return new([.. entries.Value.Select(e => e.Document)], entries.Diagnostics);
    }

    /// <summary>The documents beside the YAML they were read from, for readers that want more of it than the logic.</summary>
    public static Parsed<ImmutableArray<SigmaEntry>> ParseEntries(string text, EquatableArray<YamlDocument> documents)
    {
        var reader = new Reader(text);
        var read = ImmutableArray.CreateBuilder<SigmaEntry>();
        foreach (var root in reader.Collect(documents))
            read.Add(new(root, reader.Document(root)));
        if (documents.IsEmpty)
            reader.Report(new(0, 0), SigmaCodes.NothingRead);
        return new(read.ToImmutable(), reader.Findings);
    }

    /// <summary>A condition alone, as it stands behind <c>condition:</c>.</summary>
    public static Parsed<SigmaCondition> ParseCondition(string text)
    {
        var reader = new Reader(text);
        var condition = reader.Condition(EmbeddedText.Whole(text));
        return new(condition, reader.Findings);
    }

    /// <summary>The state of one reading: the text and what was found.</summary>
    sealed partial class Reader(string text)
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        public void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
            _findings.Add(Diagnostic.At(span, code, arguments));

        /// <summary>One document.</summary>
        public SigmaDocument Document(YamlNode node)
        {
            if (node is not YamlNode.Mapping map)
            {
                Report(node.Span, SigmaCodes.NotAMapping, Describe(node));
                return new SigmaDocument.Unread(new SigmaHeader()) { Span = node.Span };
            }

            var header = Header(map);
            if (map["correlation"] is { } correlation)
                return new SigmaDocument.Correlation(header, Correlation(correlation)) { Span = node.Span };
            if (map["filter"] is { } filter)
            {
                var detection = Detection(filter, "filter", ["rules"]);
                return new SigmaDocument.Filter(header, LogSource(map), Targets(filter), detection) { Span = node.Span };
            }

            if (map["detection"] is { } found)
                return new SigmaDocument.Rule(header, LogSource(map), Detection(found, "detection", [])) { Span = node.Span };
            Report(new(node.Span.Start, 0), SigmaCodes.NoSection);
            return new SigmaDocument.Unread(header) { Span = node.Span };
        }

        SigmaHeader Header(YamlNode.Mapping map) => new()
        {
            Title = TextOf(map, "title"),
            Id = TextOf(map, "id"),
            Name = TextOf(map, "name"),
            Taxonomy = TextOf(map, "taxonomy"),
            Status = TextOf(map, "status"),
            Level = TextOf(map, "level"),
            Span = map.Entries.Count > 0 ? map.Entries[0].Key.Span : map.Span,
        };

        string? TextOf(YamlNode.Mapping map, string key)
        {
            switch (map[key])
            {
                case null or YamlNode.Scalar { IsNull: true }:
                    return null;
                case YamlNode.Scalar scalar:
                    return scalar.Value;
                case var other:
                    Report(other.Span, SigmaCodes.WrongShape, key, "text", Describe(other));
                    return null;
            }
        }

        SigmaLogSource LogSource(YamlNode.Mapping map)
        {
            switch (map["logsource"])
            {
                case YamlNode.Mapping source:
                    return new([.. source.Entries.Select(Term).OfType<SigmaTerm>()]) { Span = source.Span };
                case null:
                    Report(new(map.Span.Start, 0), SigmaCodes.NoLogSource);
                    return new([]) { Span = new(map.Span.Start, 0) };
                case var other:
                    Report(other.Span, SigmaCodes.WrongShape, "logsource", "a mapping", Describe(other));
                    return new([]) { Span = other.Span };
            }
        }

        SigmaTerm? Term(YamlEntry entry)
        {
            if (entry is { Name: { } key, Value: YamlNode.Scalar value })
                return value.IsNull ? null : new(key, value.Value) { Span = value.Span };
            Report(entry.Value.Span, SigmaCodes.WrongShape, entry.Name ?? "", "text", Describe(entry.Value));
            return null;
        }

        SigmaTargets Targets(YamlNode filter)
        {
            var rules = (filter as YamlNode.Mapping)?["rules"];
            if (rules is null)
            {
                Report(new(filter.Span.Start, 0), SigmaCodes.WrongShape, "rules", "a list of rules or 'any'", "nothing");
                return new([]) { Span = filter.Span };
            }

            var any = rules is YamlNode.Scalar scalar && string.Equals(scalar.Value, "any", StringComparison.OrdinalIgnoreCase);
            return new(any ? default : Names(rules, "rules")) { Span = rules.Span };
        }

        /// <summary>A text or a list of texts.</summary>
        EquatableArray<SigmaName> Names(YamlNode? node, string key)
        {
            if (node is null)
                return [];
            var names = ImmutableArray.CreateBuilder<SigmaName>();
            foreach (var item in Limited(node is YamlNode.Sequence list ? list.Items : [node], node.Span, key))
            {
                if (item is YamlNode.Scalar { IsNull: false } scalar)
                    names.Add(new(scalar.Value) { Span = scalar.Span });
                else
                    Report(item.Span, SigmaCodes.WrongShape, key, "text or a list of texts", Describe(item));
            }

            return names.ToImmutable();
        }

        // Rules, groups and aliases multiply with one another when they are lowered.
        EquatableArray<T> Limited<T>(EquatableArray<T> entries, SourceSpan span, string key)
        {
            if (entries.Count <= MaxEntries)
                return entries;
            Report(span, SigmaCodes.TooManyEntries, key, entries.Count, MaxEntries);
            return [.. entries.Take(MaxEntries)];
        }

        static string Describe(YamlNode node) => node switch
        {
            YamlNode.Mapping => "a mapping",
            YamlNode.Sequence => "a list",
            YamlNode.Scalar { IsNull: true } => "nothing",
            YamlNode.Scalar scalar => $"'{scalar.Value}'",
            _ => "nothing",
        };
    }
}

/// <summary>A document and its YAML; in an old collection the YAML is that of the parts together.</summary>
public sealed record SigmaEntry(YamlNode Root, SigmaDocument Document);
