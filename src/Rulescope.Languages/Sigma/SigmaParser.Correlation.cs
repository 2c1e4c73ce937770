using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaParser
{
    sealed partial class Reader
    {
        SigmaCorrelation Correlation(YamlNode node)
        {
            if (node is not YamlNode.Mapping map)
            {
                Report(node.Span, SigmaCodes.WrongShape, "correlation", "a mapping", Describe(node));
                return new(SigmaCorrelationKind.Unknown, []) { Span = node.Span };
            }

            foreach (var entry in map.Entries)
            {
                if (entry.Name is not ("type" or "rules" or "group-by" or "timespan" or "aliases" or "condition" or "generate"))
                    Report(entry.Key.Span, SigmaCodes.UnknownKey, entry.Name ?? Describe(entry.Key));
            }

            var type = TextOf(map, "type") ?? "";
            var kind = SigmaCorrelations.Kind(type);
            if (kind == SigmaCorrelationKind.Unknown)
                Report(map["type"]?.Span ?? new(map.Span.Start, 0), SigmaCodes.UnknownCorrelation, type);
            var correlation = new SigmaCorrelation(kind, Names(map["rules"], "rules"))
            {
                GroupBy = Names(map["group-by"], "group-by"),
                Timespan = map["timespan"] is { } timespan ? Timespan(timespan) : null,
                Aliases = Aliases(map["aliases"]),
                Generate = map["generate"] is YamlNode.Scalar { Boolean: true },
                Span = node.Span,
            };
            correlation = CorrelationCondition(correlation, map["condition"]);
            CheckComplete(correlation, map, type);
            return correlation;
        }

        void CheckComplete(SigmaCorrelation correlation, YamlNode.Mapping map, string type)
        {
            if (correlation.Kind == SigmaCorrelationKind.Unknown)
                return;
            var at = new SourceSpan(map.Span.Start, 0);
            var temporal = correlation.Kind is SigmaCorrelationKind.Temporal or SigmaCorrelationKind.TemporalOrdered;
            if (correlation.Rules.IsEmpty)
                Report(at, SigmaCodes.MissingKey, type, "rules");
            if (map["timespan"] is null)
                Report(at, SigmaCodes.MissingKey, type, "timespan");
            if (!temporal && correlation.Bounds.IsEmpty)
                Report(map["condition"]?.Span ?? at, SigmaCodes.MissingKey, type, "condition");
            if (!temporal && correlation.Kind != SigmaCorrelationKind.EventCount && correlation.Fields.IsEmpty)
                Report(map["condition"]?.Span ?? at, SigmaCodes.MissingKey, type, "field");
            if (correlation.GroupBy.IsEmpty)
                Report(at, SigmaCodes.NoGroupBy);
        }

        EquatableArray<SigmaAlias> Aliases(YamlNode? node)
        {
            if (node is null)
                return [];
            if (node is not YamlNode.Mapping map)
            {
                Report(node.Span, SigmaCodes.WrongShape, "aliases", "a mapping", Describe(node));
                return [];
            }

            var aliases = ImmutableArray.CreateBuilder<SigmaAlias>();
            foreach (var entry in Limited(map.Entries, map.Span, "aliases"))
            {
                if (entry is { Name: { } name, Value: YamlNode.Mapping fields })
                    aliases.Add(new(name, [.. Limited(fields.Entries, fields.Span, name).Select(AliasField).OfType<SigmaAliasField>()]) { Span = entry.Key.Span });
                else
                    Report(entry.Value.Span, SigmaCodes.WrongShape, entry.Name ?? "aliases", "a mapping of rules to fields", Describe(entry.Value));
            }

            return aliases.ToImmutable();
        }

        SigmaAliasField? AliasField(YamlEntry entry)
        {
            if (entry is { Name: { } rule, Value: YamlNode.Scalar { IsNull: false } field })
                return new(rule, field.Value) { Span = entry.Span };
            Report(entry.Value.Span, SigmaCodes.WrongShape, entry.Name ?? "", "a field name", Describe(entry.Value));
            return null;
        }

        SigmaCorrelation CorrelationCondition(SigmaCorrelation correlation, YamlNode? node)
        {
            if (node is null)
                return correlation;
            if (node is YamlNode.Scalar scalar && correlation.Kind is SigmaCorrelationKind.Temporal or SigmaCorrelationKind.TemporalOrdered)
            {
                var condition = Condition(YamlContent.Of(text, scalar));
                CheckRules(condition, correlation);
                return correlation with { Condition = condition };
            }

            if (node is not YamlNode.Mapping map)
            {
                Report(node.Span, SigmaCodes.WrongShape, "condition", "a mapping such as 'gte: 10'", Describe(node));
                return correlation;
            }

            var bounds = ImmutableArray.CreateBuilder<SigmaBound>();
            foreach (var entry in map.Entries)
            {
                if (entry.Name is "field" or "percentile")
                    continue;
                if (SigmaCorrelations.Comparison(entry.Name) is not { } comparison)
                    Report(entry.Key.Span, SigmaCodes.UnknownBound, entry.Name ?? Describe(entry.Key));
                else if (Number(entry.Value) is { } value)
                    bounds.Add(new(comparison, value) { Span = entry.Span });
                else
                    Report(entry.Value.Span, SigmaCodes.WrongShape, entry.Name, "a number", Describe(entry.Value));
            }

            return correlation with
            {
                Bounds = bounds.ToImmutable(),
                Fields = Names(map["field"], "field"),
                Percentile = map["percentile"] is { } percentile ? Number(percentile) : null,
            };
        }

        static string? Number(YamlNode node) =>
            node is YamlNode.Scalar scalar && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? scalar.Value : null;

        void CheckRules(SigmaCondition condition, SigmaCorrelation correlation)
        {
            if (condition is SigmaCondition.Identifier { Name: var name } && !correlation.Rules.Any(r => string.Equals(r.Text, name, StringComparison.Ordinal)))
                Report(condition.Span, SigmaCodes.RuleNotListed, name);
            foreach (var term in condition is SigmaCondition.Not not ? [not.Operand] : Terms(condition))
                CheckRules(term, correlation);
        }

        SigmaTimespan? Timespan(YamlNode node)
        {
            var written = (node as YamlNode.Scalar)?.Value ?? "";
            if (written.Length > 1
                && written[^1] is 's' or 'm' or 'h' or 'd' or 'w' or 'M' or 'y'
                && long.TryParse(written.AsSpan(0, written.Length - 1).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            {
                if (written[^1] is 'w' or 'M' or 'y')
                    Report(node.Span, SigmaCodes.UnusualUnit, written);
                return new(amount, written[^1..]) { Span = node.Span };
            }

            Report(node.Span, SigmaCodes.BadTimespan, written);
            return null;
        }
    }
}
