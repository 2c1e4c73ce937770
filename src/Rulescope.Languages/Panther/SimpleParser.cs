using System.Collections.Immutable;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>Reads match expressions from YAML, whose reader bounds how deep they nest. Never throws; what cannot be read becomes <see cref="SimpleExpression.Unread"/> with a finding.</summary>
public static class SimpleParser
{
    /// <summary>The expressions of a list, such as the value of <c>Detection</c>; all of them have to hold.</summary>
    /// <param name="source">The file's text, in which spans count.</param>
    public static Parsed<ImmutableArray<SimpleExpression>> Parse(string source, YamlNode expressions)
    {
        var reading = new Reading(source);
        var read = reading.Expressions(expressions);
        return new(read, reading.Findings.ToImmutable());
    }

    /// <summary>A key specifier, such as an item of <c>GroupBy</c>; null where there is none.</summary>
    public static Parsed<SimpleKey?> ParseKey(string source, YamlNode.Mapping mapping)
    {
        var reading = new Reading(source);
        var read = reading.Key(mapping);
        return new(read, reading.Findings.ToImmutable());
    }

    sealed class Reading(string source)
    {
        static readonly ImmutableArray<string> Combinators = [.. Enum.GetNames<SimpleCombinator>()];

        public ImmutableArray<Diagnostic>.Builder Findings { get; } = ImmutableArray.CreateBuilder<Diagnostic>();

        public ImmutableArray<SimpleExpression> Expressions(YamlNode node)
        {
            if (node is YamlNode.Sequence list)
                return [.. list.Items.Items.Select(Expression)];
            // A single expression is a list of one.
            return [Expression(node)];
        }

        SimpleExpression Expression(YamlNode node)
        {
            if (node is not YamlNode.Mapping mapping)
                return Unread(node, SimpleCodes.NotAnExpression, "a match expression", Shape(node));
            if (mapping.Entries is [{ Name: { } combinator } only] && Combinators.Contains(combinator, StringComparer.Ordinal))
                return new SimpleExpression.Combined(Enum.Parse<SimpleCombinator>(combinator), Expressions(only.Value)) { Span = mapping.Span };
            if (mapping["Condition"] is not YamlNode.Scalar { IsNull: false } word)
                return Unread(node, SimpleCodes.NotAnExpression, "'Condition' or one of All, Any, OnlyOne, None", "neither");
            return word.Value switch
            {
                "AlwaysTrue" or "AlwaysFalse" => Absolute(mapping, word),
                "AnyElement" or "AllElements" or "OnlyOneElement" or "NoElement" => Elements(mapping, Enum.Parse<SimpleQuantifier>(word.Value)),
                _ => Compared(mapping, word),
            };
        }

        SimpleExpression.Absolute Absolute(YamlNode.Mapping mapping, YamlNode.Scalar word)
        {
            Unused(mapping, "Condition");
            return new(word.Value == "AlwaysTrue") { Span = mapping.Span };
        }

        SimpleExpression Elements(YamlNode.Mapping mapping, SimpleQuantifier quantifier)
        {
            Unused(mapping, "Condition", "Key", "DeepKey", "KeyPath", "Enrichment", "Expressions");
            if (Key(mapping) is not { } key)
                return Unread(mapping);
            return mapping["Expressions"] is { } expressions
                ? new SimpleExpression.Elements(key, quantifier, Expressions(expressions)) { Span = mapping.Span }
                : Unread(mapping, SimpleCodes.NoValue, quantifier, "'Expressions'");
        }

        SimpleExpression Compared(YamlNode.Mapping mapping, YamlNode.Scalar word)
        {
            if (SimpleCondition.Named(word.Value) is not { } condition)
                return Unread(mapping, SimpleCodes.UnknownCondition, word.Span, word.Value, string.Join(", ", SimpleConditions.Names));
            condition = condition with { Span = word.Span };
            var hasKey = mapping["Key"] is not null || mapping["DeepKey"] is not null || mapping["KeyPath"] is not null || mapping["Enrichment"] is not null;
            if (!hasKey && mapping["Values"] is YamlNode.Sequence { Items: [YamlNode.Mapping left, YamlNode.Mapping right] })
                return Keys(mapping, condition, left, right);
            Unused(mapping, "Condition", "Key", "DeepKey", "KeyPath", "Enrichment", "Value", "Values");
            if (Key(mapping) is not { } key)
                return Unread(mapping);
            var values = Values(mapping, condition);
            return values is { } read ? new SimpleExpression.KeyTest(key, condition, read) { Span = mapping.Span } : Unread(mapping);
        }

        SimpleExpression Keys(YamlNode.Mapping mapping, SimpleCondition condition, YamlNode.Mapping left, YamlNode.Mapping right)
        {
            Unused(mapping, "Condition", "Values");
            if (SimpleConditions.NeedsNoValue(condition.Test))
                return Unread(mapping, SimpleCodes.NotCompared, condition.Span, condition.Word);
            return Key(left) is { } first && Key(right) is { } second
                ? new SimpleExpression.KeysTest(first, condition, second) { Span = mapping.Span }
                : Unread(mapping);
        }

        // Null after a finding.
        EquatableArray<YamlNode.Scalar>? Values(YamlNode.Mapping mapping, SimpleCondition condition)
        {
            YamlNode? given = mapping["Values"] ?? mapping["Value"];
            var scalars = given switch
            {
                YamlNode.Scalar single => [single],
                YamlNode.Sequence list when list.Items.Items.All(i => i is YamlNode.Scalar) => [.. list.Items.Items.OfType<YamlNode.Scalar>()],
                _ => ImmutableArray<YamlNode.Scalar>.Empty,
            };
            var one = scalars.Length == 1;
            var isRight = condition.Test is SimpleTest.In or SimpleTest.InNetwork ? !scalars.IsEmpty : SimpleConditions.NeedsNoValue(condition.Test) ? given is null || one : one;
            if (isRight)
                return scalars;
            Findings.Add(Diagnostic.At(given?.Span ?? condition.Span, SimpleCodes.NoValue, condition.Word, condition.Test is SimpleTest.In ? "'Values' with a list" : "'Value' with one value"));
            return null;
        }

        public SimpleKey? Key(YamlNode.Mapping mapping)
        {
            var key = mapping["Key"] is YamlNode.Scalar { IsNull: false } name ? new SimpleKey.Key(name.Value) { Span = name.Span }
                : mapping["KeyPath"] is YamlNode.Scalar { IsNull: false } path ? KeyPath(path)
                : mapping["DeepKey"] is YamlNode.Sequence { Items.IsEmpty: false } deep && deep.Items.Items.All(i => i is YamlNode.Scalar)
                    ? new SimpleKey.Deep([.. deep.Items.Items.OfType<YamlNode.Scalar>()]) { Span = deep.Span }
                : mapping["Enrichment"] is YamlNode.Mapping enrichment ? Enrichment(enrichment)
                : (SimpleKey?)null;
            if (key is null && !Findings.Any(f => f.Code == SimpleCodes.BadPath && mapping.Span.Contains(f.Span)))
                Findings.Add(Diagnostic.At(mapping.Span, SimpleCodes.NoKey));
            return key;
        }

        SimpleKey.Path? KeyPath(YamlNode.Scalar path)
        {
            if (SimplePaths.Parse(path.Value) is not null)
                return new(path.Value) { Span = path.Span };
            Findings.Add(Diagnostic.At(path.Span, SimpleCodes.BadPath, path.Value));
            return null;
        }

        static SimpleKey.Enrichment? Enrichment(YamlNode.Mapping enrichment) =>
            enrichment["Table"] is YamlNode.Scalar table && enrichment["Selector"] is YamlNode.Scalar selector && enrichment["FieldPath"] is YamlNode.Scalar path && SimplePaths.Parse(path.Value) is not null
                ? new(table.Value, selector.Value, path.Value) { Span = enrichment.Span }
                : null;

        void Unused(YamlNode.Mapping mapping, params ImmutableArray<string> known)
        {
            foreach (var entry in mapping.Entries)
            {
                if (entry.Name is null || !known.Contains(entry.Name, StringComparer.Ordinal))
                    Findings.Add(Diagnostic.At(entry.Key.Span, SimpleCodes.UnusedKey, entry.Name ?? "a key that is no text"));
            }
        }

        SimpleExpression.Unread Unread(YamlNode node, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => Unread(node, code, node.Span, arguments);

        SimpleExpression.Unread Unread(YamlNode node, DiagnosticCode code, SourceSpan at, params ReadOnlySpan<object?> arguments)
        {
            Findings.Add(Diagnostic.At(at, code, arguments));
            return Unread(node);
        }

        SimpleExpression.Unread Unread(YamlNode node) => new(new SourceText("", source).Slice(node.Span)) { Span = node.Span };

        static string Shape(YamlNode node) => node switch
        {
            YamlNode.Scalar { IsNull: true } => "nothing",
            YamlNode.Scalar => "a text",
            _ => "a list",
        };
    }
}
