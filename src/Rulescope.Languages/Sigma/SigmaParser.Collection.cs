using System.Collections.Immutable;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaParser
{
    // Old collections: a global document lends its entries to those after it, "repeat" changes the rule before it.
    sealed partial class Reader
    {
        public IEnumerable<YamlNode> Collect(EquatableArray<YamlDocument> documents)
        {
            YamlNode.Mapping? lent = null;
            YamlNode.Mapping? previous = null;
            foreach (var document in documents)
            {
                if (document.Root is YamlNode.Scalar { IsNull: true } && documents.Count > 1)
                    continue;
                if (document.Root is not YamlNode.Mapping map)
                {
                    yield return document.Root;
                    continue;
                }

                var action = Action(map);
                map = WithoutAction(map);
                switch (action)
                {
                    case "global":
                        lent = lent is null ? map : Merge(lent, map);
                        continue;
                    case "reset":
                        lent = null;
                        continue;
                    case "repeat" when previous is not null:
                        map = Merge(previous, map);
                        break;
                    default:
                        map = lent is null ? map : Merge(lent, map);
                        break;
                }

                previous = map;
                yield return map;
            }

            // A global document without others is a rule of its own.
            if (lent is not null && previous is null)
                yield return lent;
        }

        string? Action(YamlNode.Mapping map)
        {
            if (map["action"] is not { } node)
                return null;
            if (node is YamlNode.Scalar { Value: "global" or "reset" or "repeat" } scalar)
            {
                Report(scalar.Span, SigmaCodes.OldCollection, scalar.Value);
                return scalar.Value;
            }

            Report(node.Span, SigmaCodes.UnknownAction, Describe(node).Trim('\''));
            return null;
        }

        static YamlNode.Mapping WithoutAction(YamlNode.Mapping map) => map["action"] is null
            ? map
            : map with { Entries = [.. map.Entries.Where(e => !string.Equals(e.Name, "action", StringComparison.Ordinal))] };

        // Mappings are merged entry by entry, anything else of the later document replaces what was lent.
        static YamlNode.Mapping Merge(YamlNode.Mapping lent, YamlNode.Mapping own)
        {
            var entries = ImmutableArray.CreateBuilder<YamlEntry>();
            foreach (var entry in lent.Entries)
            {
                var replacement = entry.Name is { } name ? own[name] : null;
                entries.Add(replacement is null ? entry
                    : entry.Value is YamlNode.Mapping left && replacement is YamlNode.Mapping right ? new(entry.Key, Merge(left, right))
                    : new(entry.Key, replacement));
            }

            entries.AddRange(own.Entries.Where(e => e.Name is not { } name || lent[name] is null));
            return new(entries.ToImmutable()) { Span = own.Span };
        }
    }
}
