using System.Collections.Immutable;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaParser
{
    sealed partial class Reader
    {
        SigmaDetection Detection(YamlNode node, string section, string[] otherKeys)
        {
            if (node is not YamlNode.Mapping map)
            {
                Report(node.Span, SigmaCodes.WrongShape, section, "a mapping", Describe(node));
                return new([], []) { Span = node.Span };
            }

            var searches = ImmutableArray.CreateBuilder<SigmaSearch>();
            foreach (var entry in map.Entries)
            {
                if (entry.Name is not { } name)
                    Report(entry.Key.Span, SigmaCodes.ComplexKey, Describe(entry.Key));
                else if (name is not ("condition" or "timeframe") && !otherKeys.Contains(name, StringComparer.Ordinal) && ReferenceEquals(map[name], entry.Value))
                    searches.Add(new(name, Search(name, entry)) { Span = entry.Key.Span });
            }

            var conditions = Conditions(map, section);
            if (searches.Count == 0)
                Report(new(node.Span.Start, 0), SigmaCodes.NoSearches, section);
            var detection = new SigmaDetection(searches.ToImmutable(), conditions)
            {
                Timeframe = map["timeframe"] is { } timeframe ? Timespan(timeframe) : null,
                Span = node.Span,
            };
            CheckNames(detection);
            return detection;
        }

        SigmaSelection Search(string name, YamlEntry entry)
        {
            if (entry.Value is YamlNode.Scalar { IsNull: true } or YamlNode.Mapping { Entries.IsEmpty: true } or YamlNode.Sequence { Items.IsEmpty: true })
                Report(entry.Key.Span, SigmaCodes.EmptySearch, name);
            return Selection(entry.Value);
        }

        SigmaSelection Selection(YamlNode node) => node switch
        {
            YamlNode.Mapping map => new SigmaSelection.AllOf(Items(map)) { Span = map.Span },
            YamlNode.Sequence list when list.Items.All(i => i is YamlNode.Scalar) => Keywords(list.Items, list.Span),
            YamlNode.Sequence list => new SigmaSelection.AnyOf([.. list.Items.Select(Selection)]) { Span = list.Span },
            _ => Keywords([node], node.Span),
        };

        SigmaSelection.Item Keywords(EquatableArray<YamlNode> values, SourceSpan span)
        {
            var field = new SigmaField(null, []) { Span = new(span.Start, 0) };
            return new(field, Values(values, field, span)) { Span = span };
        }

        EquatableArray<SigmaSelection> Items(YamlNode.Mapping map)
        {
            var items = ImmutableArray.CreateBuilder<SigmaSelection>();
            foreach (var entry in map.Entries)
            {
                if (entry.Key is not YamlNode.Scalar key)
                {
                    Report(entry.Key.Span, SigmaCodes.ComplexKey, Describe(entry.Key));
                    continue;
                }

                // Of a key that occurs twice the last one counts, as the YAML reader has said.
                if (!ReferenceEquals(map[key.Value], entry.Value))
                    continue;
                var field = Field(key);
                EquatableArray<YamlNode> values = entry.Value is YamlNode.Sequence list ? list.Items : [entry.Value];
                items.Add(new SigmaSelection.Item(field, Values(values, field, entry.Value.Span)) { Span = entry.Span });
            }

            return items.ToImmutable();
        }

        SigmaField Field(YamlNode.Scalar key)
        {
            var content = YamlContent.Of(text, key);
            var parts = key.Value.Split('|');
            var modifiers = ImmutableArray.CreateBuilder<SigmaModifier>();
            var at = parts[0].Length + 1;
            foreach (var part in parts.Skip(1))
            {
                var kind = SigmaModifiers.Find(part);
                var span = content.ToOuter(new SourceSpan(at, part.Length));
                if (kind == SigmaModifierKind.Unknown)
                    Report(span, SigmaCodes.UnknownModifier, part);
                modifiers.Add(new(kind, part.ToLowerInvariant()) { Span = span });
                at += part.Length + 1;
            }

            if (SigmaModifiers.FirstConflict(modifiers) is { } conflict)
            {
                if (ReferenceEquals(conflict.Modifier, conflict.Forbidding))
                    Report(conflict.Modifier.Span, SigmaCodes.FlagWithoutRegex, conflict.Modifier.Name);
                else
                    Report(conflict.Modifier.Span, SigmaCodes.ModifierConflict, conflict.Modifier.Name, conflict.Forbidding.Name);
            }

            var place = modifiers.FirstOrDefault(m => m.Kind is SigmaModifierKind.Contains or SigmaModifierKind.StartsWith or SigmaModifierKind.EndsWith);
            if (place is not null && modifiers.Any(m => m.Kind == SigmaModifierKind.Regex))
                Report(place.Span, SigmaCodes.PlaceWithRegex, place.Name);
            var name = parts[0].Length == 0 && parts.Length > 1 ? null : parts[0];
            return new(name, modifiers.ToImmutable()) { Span = content.ToOuter(new SourceSpan(0, parts[0].Length)) };
        }

        EquatableArray<SigmaValue> Values(EquatableArray<YamlNode> nodes, SigmaField field, SourceSpan span)
        {
            var values = ImmutableArray.CreateBuilder<SigmaValue>();
            foreach (var node in nodes)
            {
                if (node is YamlNode.Sequence inner)
                {
                    Report(inner.Span, SigmaCodes.NestedList, field.Name ?? "keywords");
                    values.AddRange(Values(inner.Items, field, inner.Span));
                }
                else if (node is YamlNode.Scalar scalar)
                {
                    values.Add(Value(scalar));
                }
                else
                {
                    Report(node.Span, SigmaCodes.NestedValue, field.Name ?? "keywords", Describe(node));
                }
            }

            if (nodes.IsEmpty)
                Report(span, SigmaCodes.EmptyList, field.Name ?? "keywords");
            foreach (var missing in values.OfType<SigmaValue.Null>().Where(_ => values.Count > 1))
                Report(missing.Span, SigmaCodes.NullInList);
            if (field.Has(SigmaModifierKind.All) && values.Count == 1)
                Report(field.Modifiers.First(m => m.Kind == SigmaModifierKind.All).Span, SigmaCodes.AllOfOne);
            CheckValues(field, values);
            return values.ToImmutable();
        }

        void CheckValues(SigmaField field, ImmutableArray<SigmaValue>.Builder values)
        {
            if (!SigmaModifiers.IsLegal(field.Modifiers))
                return;
            foreach (var value in values)
            {
                if (SigmaValueChecks.Find(field, value) is { } finding)
                    _findings.Add(finding);
            }

            if (field.Modifiers.FirstOrDefault(m => m.Kind == SigmaModifierKind.Expand) is { } expand
                && !values.Any(v => SigmaPlaceholder.Split(SigmaValues.Display(v)).Any(p => p.IsPlaceholder)))
                Report(expand.Span, SigmaCodes.NoPlaceholder);
        }

        static SigmaValue Value(YamlNode.Scalar scalar) => scalar.Kind switch
        {
            YamlKind.Null => new SigmaValue.Null { Span = scalar.Span },
            YamlKind.Boolean => new SigmaValue.Boolean(scalar.Boolean == true) { Span = scalar.Span },
            YamlKind.Integer => new SigmaValue.Number(scalar.Integer?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? scalar.Value.TrimStart('+')) { Span = scalar.Span },
            // A float keeps the form it was written in: as text, 1.50 is not 1.5.
            YamlKind.Float => new SigmaValue.Number(scalar.Value) { Span = scalar.Span },
            _ => new SigmaValue.Text(scalar.Value) { Span = scalar.Span },
        };
    }
}
