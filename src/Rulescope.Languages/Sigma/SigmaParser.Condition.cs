using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaParser
{
    /// <summary>Conditions nested deeper are not read.</summary>
    public const int MaxDepth = 100;

    /// <summary>How often the patterns of one text are compared with the names of searches.</summary>
    public const int MaxCompared = 20_000;

    sealed partial class Reader
    {
        int _compared;

        EquatableArray<SigmaCondition> Conditions(YamlNode.Mapping map, string section)
        {
            var node = map["condition"];
            if (node is null or YamlNode.Scalar { IsNull: true } or YamlNode.Sequence { Items.IsEmpty: true })
            {
                Report(node?.Span ?? new(map.Span.Start, 0), SigmaCodes.NoCondition, section);
                return [];
            }

            var conditions = ImmutableArray.CreateBuilder<SigmaCondition>();
            foreach (var item in node is YamlNode.Sequence list ? list.Items : [node])
            {
                if (item is YamlNode.Scalar scalar)
                    conditions.Add(Condition(YamlContent.Of(text, scalar)));
                else
                    Report(item.Span, SigmaCodes.WrongShape, "condition", "text or a list of texts", Describe(item));
            }

            return conditions.ToImmutable();
        }

        public SigmaCondition Condition(EmbeddedText content)
        {
            var parser = new ConditionParser(content);
            var condition = parser.ParseWhole();
            _findings.AddRange(parser.Findings);
            return condition;
        }

        // Every name must be that of a search, and every search should be used.
        void CheckNames(SigmaDetection detection)
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            var names = detection.Searches.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
            var complete = true;
            foreach (var condition in detection.Conditions)
                complete &= CheckNames(condition, names, used);
            if (!complete || detection.Conditions.IsEmpty)
                return;
            foreach (var search in detection.Searches.Where(s => !used.Contains(s.Name)))
                Report(search.Span, SigmaCodes.UnusedSearch, search.Name);
        }

        bool CheckNames(SigmaCondition condition, HashSet<string> names, HashSet<string> used)
        {
            switch (condition)
            {
                case SigmaCondition.Identifier { Name: var name }:
                    if (!names.Contains(name))
                        Report(condition.Span, SigmaCodes.UnknownSearch, name);
                    used.Add(name);
                    return true;
                case SigmaCondition.Of of:
                    return CheckOf(of, names, used);
                case SigmaCondition.Not not:
                    return CheckNames(not.Operand, names, used);
                case SigmaCondition.Pipe { Aggregation: SigmaAggregation.Near near } pipe:
                    return CheckNames(pipe.Input, names, used) & CheckNames(near.Others, names, used);
                case SigmaCondition.Pipe pipe:
                    return CheckNames(pipe.Input, names, used);
                case SigmaCondition.Unread:
                    return false;
                default:
                    return Terms(condition).Aggregate(true, (all, term) => CheckNames(term, names, used) && all);
            }
        }

        static EquatableArray<SigmaCondition> Terms(SigmaCondition condition) => condition switch
        {
            SigmaCondition.And and => and.Terms,
            SigmaCondition.Or or => or.Terms,
            _ => [],
        };

        bool CheckOf(SigmaCondition.Of of, HashSet<string> names, HashSet<string> used)
        {
            if (_compared > MaxCompared)
                return false;
            _compared += names.Count;
            if (_compared > MaxCompared)
            {
                Report(of.Span, SigmaCodes.TooManyNamed, MaxCompared);
                return false;
            }

            var fitting = names.Where(n => Fits(of.Pattern, n)).ToList();
            used.UnionWith(fitting);
            if (fitting.Count == 0)
                Report(of.Span, SigmaCodes.NoSearchFits, of.Pattern ?? "them");
            else if (of.Count > fitting.Count)
                Report(of.Span, SigmaCodes.CountTooHigh, of.Count, fitting.Count);
            return true;
        }
    }

    /// <summary>True when a search's name fits the pattern of an <c>of</c>; <c>them</c> leaves out names that begin with an underscore.</summary>
    internal static bool Fits(string? pattern, string name) =>
        pattern is null ? !name.StartsWith('_') : FileSystemName.MatchesSimpleExpression(pattern.Replace("?", "\\?", StringComparison.Ordinal), name, ignoreCase: false);

    ref partial struct ConditionParser
    {
        readonly EmbeddedText _content;
        readonly ReadOnlySpan<char> _text;
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        SigmaLexer _lexer;
        SigmaToken _current;

        public ConditionParser(EmbeddedText content)
        {
            _content = content;
            _text = content.Text;
            _lexer = new(_text);
            _current = _lexer.Next();
        }

        public readonly ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        readonly ReadOnlySpan<char> CurrentText => TextOf(_current);

        /// <summary>The whole condition; what cannot be read stays as text beside what could.</summary>
        public SigmaCondition ParseWhole()
        {
            var condition = ParseOr(0);
            if (_current.Kind == SigmaTokenKind.Pipe)
                condition = ParsePipe(condition);
            if (_current.Kind == SigmaTokenKind.End)
                return condition;
            if (condition is SigmaCondition.Pipe)
                Report(_current.Span, SigmaCodes.BadAggregation, CurrentText.ToString(), "the end");
            else
                Report(_current.Span, SigmaCodes.TrailingText, CurrentText.ToString());
            if (condition is SigmaCondition.Unread)
                return SkipRest(0);
            var rest = SkipRest(_current.Span.Start);
            return new SigmaCondition.And([condition, rest]) { Span = SourceSpan.Cover(condition.Span, rest.Span) };
        }

        SigmaCondition ParseOr(int depth)
        {
            var first = ParseAnd(depth);
            if (!IsWord("or"))
                return first;
            var terms = ImmutableArray.CreateBuilder<SigmaCondition>();
            terms.Add(first);
            while (IsWord("or"))
            {
                Advance();
                terms.Add(ParseAnd(depth));
            }

            return new SigmaCondition.Or(terms.ToImmutable()) { Span = SourceSpan.Cover(first.Span, terms[^1].Span) };
        }

        SigmaCondition ParseAnd(int depth)
        {
            var first = ParseNot(depth);
            if (!IsWord("and"))
                return first;
            var terms = ImmutableArray.CreateBuilder<SigmaCondition>();
            terms.Add(first);
            while (IsWord("and"))
            {
                Advance();
                terms.Add(ParseNot(depth));
            }

            return new SigmaCondition.And(terms.ToImmutable()) { Span = SourceSpan.Cover(first.Span, terms[^1].Span) };
        }

        SigmaCondition ParseNot(int depth)
        {
            if (!IsWord("not"))
                return ParsePrimary(depth);
            if (depth >= MaxDepth)
                return TooDeep();
            var start = Outer(_current.Span);
            Advance();
            var operand = ParseNot(depth + 1);
            return new SigmaCondition.Not(operand) { Span = SourceSpan.Cover(start, operand.Span) };
        }

        SigmaCondition ParsePrimary(int depth)
        {
            switch (_current.Kind)
            {
                case SigmaTokenKind.OpenParenthesis:
                    return ParseGroup(depth);
                case SigmaTokenKind.Word when Quantity() is { } quantity:
                    return ParseOf(quantity);
                case SigmaTokenKind.Word when !IsWord("and") && !IsWord("or"):
                    var name = new SigmaCondition.Identifier(CurrentText.ToString()) { Span = Outer(_current.Span) };
                    Advance();
                    return name;
                default:
                    Report(_current.Span, SigmaCodes.ConditionExpected, _current.Kind == SigmaTokenKind.End ? "the end" : CurrentText.ToString());
                    // An operator is left for the loop above, so that the other side is still read.
                    return new SigmaCondition.Unread("") { Span = Outer(_current.Span) };
            }
        }

        SigmaCondition ParseGroup(int depth)
        {
            if (depth >= MaxDepth)
                return TooDeep();
            var open = _current.Span;
            Advance();
            var inner = ParseOr(depth + 1);
            if (_current.Kind == SigmaTokenKind.CloseParenthesis)
                Advance();
            else if (_current.Kind == SigmaTokenKind.End && _findings.All(f => f.Code != SigmaCodes.ConditionTooDeep))
                Report(open, SigmaCodes.UnclosedGroup);
            return inner;
        }

        // "1 of", "any of", "all of": the word and how many it asks for.
        readonly (bool All, int Count)? Quantity()
        {
            var ahead = _lexer;
            var next = ahead.Next();
            if (next.Kind != SigmaTokenKind.Word || !TextOf(next).Equals("of", StringComparison.OrdinalIgnoreCase))
                return null;
            return IsWord("all") ? (true, 0)
                : IsWord("any") ? (false, 1)
                : int.TryParse(CurrentText, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (false, count)
                : null;
        }

        SigmaCondition ParseOf((bool All, int Count) quantity)
        {
            var start = _current.Span;
            Advance();
            Advance();
            if (_current.Kind != SigmaTokenKind.Word)
            {
                Report(_current.Span, SigmaCodes.PatternExpected, _current.Kind == SigmaTokenKind.End ? "the end" : CurrentText.ToString());
                return SkipRest(start.Start);
            }

            var span = SourceSpan.Cover(start, _current.Span);
            var pattern = IsWord("them") ? null : CurrentText.ToString();
            Advance();
            if (quantity.All || quantity.Count > 0)
                return new SigmaCondition.Of(quantity.All ? null : quantity.Count, pattern) { Span = Outer(span) };
            Report(start, SigmaCodes.CountOfNone);
            return new SigmaCondition.Unread(_text[span.Start..span.End].ToString()) { Span = Outer(span) };
        }

        SigmaCondition.Unread TooDeep()
        {
            if (_findings.All(f => f.Code != SigmaCodes.ConditionTooDeep))
                Report(_current.Span, SigmaCodes.ConditionTooDeep, MaxDepth);
            return SkipRest(_current.Span.Start);
        }

        SigmaCondition.Unread SkipRest(int start)
        {
            var span = SourceSpan.FromBounds(start, _text.Length);
            while (_current.Kind != SigmaTokenKind.End)
                Advance();
            return new(_text[span.Start..span.End].ToString()) { Span = Outer(span) };
        }

        readonly bool IsWord(string word) => _current.Kind == SigmaTokenKind.Word && CurrentText.Equals(word, StringComparison.OrdinalIgnoreCase);

        readonly ReadOnlySpan<char> TextOf(SigmaToken token) => _text.Slice(token.Span.Start, token.Span.Length);

        readonly SourceSpan Outer(SourceSpan span) => _content.ToOuter(span);

        void Advance() => _current = _lexer.Next();

        readonly void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
            _findings.Add(Diagnostic.At(Outer(span), code, arguments));
    }
}
