using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public sealed partial class YaralParser
{
    YaralRule Rule()
    {
        var start = Advance().Span.Start;
        YaralName? name = null;
        if (Current.Kind == YaralTokenKind.Word)
        {
            var token = Advance();
            name = new(Slice(token.Span)) { Span = token.Span };
        }
        else
        {
            Unexpected("a name");
        }

        var open = Current.Span;
        if (!Accept(YaralTokenKind.OpenBrace))
            Unexpected("'{'");
        var rule = Sections(new(name), search: false);
        if (!Accept(YaralTokenKind.CloseBrace))
            Report(open, YaralCodes.Unclosed, "{");
        Require(rule, start);
        return rule with { Span = From(start) };
    }

    // Events, and a condition that says which of them make a detection.
    void Require(YaralRule rule, int start)
    {
        var head = new SourceSpan(start, "rule".Length);
        if (rule.Events.IsEmpty)
            Report(head, YaralCodes.MissingSection, "events");
        if (rule.Condition is null)
            Report(head, YaralCodes.MissingSection, "condition");
    }

    YaralRule Search()
    {
        var start = Current.Span.Start;
        var rule = Sections(new(Name: null), search: true);
        if (Current.Kind != YaralTokenKind.End)
        {
            Unexpected("the end");
            _at = _tokens.Length - 1;
        }

        return rule with { Span = From(start) };
    }

    YaralRule Sections(YaralRule rule, bool search)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        // The events of a search need no heading.
        if (search && !StartsSection)
            rule = rule with { Events = Statements() };
        while (Current.Kind is not (YaralTokenKind.End or YaralTokenKind.CloseBrace) && !StartsRule(_at))
        {
            if (!StartsSection)
            {
                Unexpected("a section");
                SkipStatement(Current.Span.Start);
                continue;
            }

            var heading = Advance().Span;
            Advance();
            var name = Slice(heading);
            if (!YaralWords.IsSection(name))
                Report(heading, YaralCodes.UnknownSection, name);
            else if (!seen.Add(name))
                Report(heading, YaralCodes.RepeatedSection, name);
            rule = Section(rule, name.ToLowerInvariant());
        }

        return rule;
    }

    // A section that stands twice adds to the first one.
    YaralRule Section(YaralRule rule, string name)
    {
        switch (name)
        {
            case "meta":
                return rule with { Meta = [.. rule.Meta, .. Entries()] };
            case "events":
                return rule with { Events = [.. rule.Events, .. Statements()] };
            case "match":
                return rule with { Match = Match() ?? rule.Match };
            case "outcome":
                return rule with { Outcome = [.. rule.Outcome, .. Entries()] };
            case "condition":
                return rule with { Condition = Condition(rule.Condition) };
            case "options":
                return rule with { Options = [.. rule.Options, .. Entries()] };
            case "dedup":
                return rule with { Dedup = [.. rule.Dedup, .. Values()] };
            case "order":
                return rule with { Order = [.. rule.Order, .. Keys()] };
            case "limit":
                return rule with { Limit = Values() is [var limit, ..] ? limit : rule.Limit };
            case "select":
                return rule with { Select = [.. rule.Select, .. Values()] };
            case "unselect":
                return rule with { Unselect = [.. rule.Unselect, .. Values()] };
            default:
                while (!AtSectionEnd)
                    Advance();
                return rule;
        }
    }

    // key = value, $outcome = value
    ImmutableArray<YaralEntry> Entries()
    {
        var entries = ImmutableArray.CreateBuilder<YaralEntry>();
        while (!AtSectionEnd)
        {
            var start = Current.Span.Start;
            _signs = 0;
            var named = Current.Kind is YaralTokenKind.Word or YaralTokenKind.Variable && Next.Kind == YaralTokenKind.Equal;
            if (!named)
            {
                if (Current.Kind is YaralTokenKind.Word or YaralTokenKind.Variable)
                    Advance();
                Unexpected("name = value");
                SkipStatement(start);
                continue;
            }

            var name = Slice(Advance().Span).TrimStart('$');
            Advance();
            var value = AtSectionEnd ? Missing("a value") : Or();
            entries.Add(new(name, value) { Span = From(start) });
            Accept(YaralTokenKind.Comma);
        }

        return entries.ToImmutable();
    }

    YaralExpression.Unsupported Missing(string expected)
    {
        Unexpected(expected);
        return new("") { Span = Here };
    }

    ImmutableArray<YaralExpression> Statements()
    {
        var statements = ImmutableArray.CreateBuilder<YaralExpression>();
        while (!AtSectionEnd)
        {
            var before = _at;
            _signs = 0;
            statements.Add(Statement(Or()));
            if (_at == before)
                statements[^1] = SkipStatement(Current.Span.Start);
        }

        return statements.ToImmutable();
    }

    // Whatever stands alone as a statement must be able to be true or false.
    YaralExpression Statement(YaralExpression read)
    {
        if (Saying(read) is not { } value)
            return read;
        Report(value.Span, YaralCodes.NotACondition, Slice(value.Span));
        return new YaralExpression.Unsupported(Slice(read.Span)) { Span = read.Span };
    }

    static YaralExpression? Saying(YaralExpression read) => read switch
    {
        YaralExpression.And and => and.Terms.Items.Select(Saying).FirstOrDefault(v => v is not null),
        YaralExpression.Or or => or.Terms.Items.Select(Saying).FirstOrDefault(v => v is not null),
        YaralExpression.Not not => Saying(not.Operand),
        YaralExpression.NoCase folded => Saying(folded.Operand),
        YaralExpression.Compare or YaralExpression.In or YaralExpression.Call or YaralExpression.SomeOf or YaralExpression.Boolean or YaralExpression.Unsupported => null,
        _ => read,
    };

    // All of it is one expression; what stands behind it on its own narrows it in some way.
    YaralExpression? Condition(YaralExpression? earlier)
    {
        var terms = ImmutableArray.CreateBuilder<YaralExpression>();
        if (earlier is not null)
            terms.Add(earlier);
        while (!AtSectionEnd)
        {
            if (terms.Count > 0)
                Unexpected("'and', 'or' or the end of the section");
            var before = _at;
            _signs = 0;
            terms.Add(Or());
            if (_at == before)
                terms[^1] = SkipStatement(Current.Span.Start);
        }

        return terms.Count switch
        {
            0 => null,
            1 => terms[0],
            _ => new YaralExpression.And(terms.ToImmutable()) { Span = terms.Select(t => t.Span).Aggregate(SourceSpan.Cover) },
        };
    }

    ImmutableArray<YaralExpression> Values()
    {
        var values = ImmutableArray.CreateBuilder<YaralExpression>();
        while (!AtSectionEnd)
        {
            var before = _at;
            _signs = 0;
            values.Add(Sum());
            if (_at == before)
                values[^1] = SkipStatement(Current.Span.Start);
            Accept(YaralTokenKind.Comma);
        }

        return values.ToImmutable();
    }

    ImmutableArray<YaralOrder> Keys()
    {
        var keys = ImmutableArray.CreateBuilder<YaralOrder>();
        while (!AtSectionEnd)
        {
            var start = Current.Span.Start;
            var before = _at;
            _signs = 0;
            var value = Sum();
            if (_at == before)
                value = SkipStatement(start);
            var descending = AcceptWord("desc");
            if (!descending)
                AcceptWord("asc");
            keys.Add(new(value) { Descending = descending, Span = From(start) });
            Accept(YaralTokenKind.Comma);
        }

        return keys.ToImmutable();
    }
}
