using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public sealed partial class SplParser
{
    SplCommand.Stats Stats(SplStatsKind kind, string name)
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        var aggregates = ImmutableArray.CreateBuilder<SplAggregate>();
        Aggregates(name, options, aggregates);
        SplValue? over = null;
        if (kind == SplStatsKind.Chart && AcceptWord("over"))
            over = IsName(Peek()) ? Value() : null;
        var groups = AcceptWord("by") ? Groups(name, options) : [];
        if (kind == SplStatsKind.Chart && over is null && groups.Count > 1 && AcceptWord("over"))
            over = IsName(Peek()) ? Value() : null;
        return new(kind, options.ToImmutable(), aggregates.ToImmutable(), over, groups);
    }

    SplCommand.TStats TStats(string name, bool isMetrics)
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        var aggregates = ImmutableArray.CreateBuilder<SplAggregate>();
        var macros = ImmutableArray.CreateBuilder<string>();
        SplValue? model = null;
        SplSearch condition = new SplSearch.Everything();
        EquatableArray<SplGroup> groups = [];
        while (true)
        {
            var at = _at;
            Aggregates(name, options, aggregates);
            if (Peek() is { Kind: SplTokenKind.Macro } macro)
                macros.Add(Slice(Advance().Span));
            else if (AcceptWord("from"))
                model = DataModel();
            else if (AcceptWord("where"))
                condition = ConditionUpToBy();
            else if (AcceptWord("by") || AcceptWord("groupby"))
                groups = Groups(name, options);
            if (_at == at)
                break;
        }

        return new(options.ToImmutable(), aggregates.ToImmutable(), model, condition, groups) { IsMetrics = isMetrics, Macros = macros.ToImmutable() };
    }

    // datamodel=A.B, datamodel A.B, datamodel:A.B or the name of an index file.
    SplValue? DataModel()
    {
        if (AcceptWord("datamodel"))
        {
            Accept(SplTokenKind.Equal);
            return IsName(Peek()) ? Value() : null;
        }

        return IsName(Peek()) ? Value() : null;
    }

    SplSearch ConditionUpToBy()
    {
        var outer = _endsAtBy;
        _endsAtBy = true;
        var condition = Condition();
        _endsAtBy = outer;
        return condition;
    }

    /// <summary>Options and aggregates up to BY, FROM, WHERE, OVER or the end.</summary>
    void Aggregates(string command, ImmutableArray<SplOption>.Builder options, ImmutableArray<SplAggregate>.Builder aggregates)
    {
        while (true)
        {
            var next = Peek();
            if (next.Kind == SplTokenKind.Comma)
            {
                Advance();
                continue;
            }

            if (next.Kind != SplTokenKind.Word || IsClauseWord(next))
                return;
            if (PeekBehind(next).Kind == SplTokenKind.Equal)
                options.Add(Option(command));
            else
                aggregates.Add(Aggregate());
        }
    }

    bool IsClauseWord(SplToken token) => Slice(token.Span).ToLowerInvariant() is "by" or "groupby" or "from" or "where" or "over";

    SplAggregate Aggregate()
    {
        var name = Advance();
        var function = Slice(name.Span).ToLowerInvariant();
        SplExpression? argument = null;
        var isEval = false;
        if (Peek() is { Kind: SplTokenKind.OpenParen } open)
        {
            Advance();
            (argument, isEval) = AggregateArgument();
            if (!Accept(SplTokenKind.CloseParen))
            {
                Unexpected("')'");
                while (Peek().Kind is not (SplTokenKind.CloseParen or SplTokenKind.Pipe or SplTokenKind.CloseBracket or SplTokenKind.End))
                    Advance();
                if (!Accept(SplTokenKind.CloseParen))
                    Report(open.Span, SplCodes.Unclosed, "(");
                argument = new SplExpression.Unsupported(Slice(From(open.Span.Start)).Trim('(', ')')) { Span = From(open.Span.Start) };
                isEval = false;
            }
        }

        SplValue? alias = null;
        if (AcceptWord("as"))
        {
            if (IsName(Peek()))
                alias = NewName();
            else
                Unexpected("a name");
        }

        return new(function, argument, alias) { IsEval = isEval, Span = From(name.Span.Start) };
    }

    // A new name may hold parentheses: it is no call.
    SplValue NewName()
    {
        var name = Value();
        if (name.Quoting != SplQuoting.None || _at >= _text.Length || _text[_at] != '(' || _text.IndexOf(')', _at) is not (>= 0 and var close))
            return name;
        _at = close + 1;
        _peeked = null;
        return new(SplLexer.Unescape(Slice(From(name.Span.Start))), SplQuoting.None) { Span = From(name.Span.Start) };
    }

    (SplExpression? Argument, bool IsEval) AggregateArgument()
    {
        var next = Peek();
        if (IsWord(next, "eval") && PeekBehind(next).Kind == SplTokenKind.OpenParen)
        {
            Advance();
            return (Grouped(), true);
        }

        if (!IsName(next))
            return (null, false);
        var field = Value();
        return (new SplExpression.Field(field.Text) { Span = field.Span }, false);
    }

    /// <summary>Fields behind BY; a span stands behind the field whose values it puts into buckets, other options anywhere.</summary>
    EquatableArray<SplGroup> Groups(string command, ImmutableArray<SplOption>.Builder options)
    {
        var groups = ImmutableArray.CreateBuilder<SplGroup>();
        while (true)
        {
            var next = Peek();
            if (next.Kind == SplTokenKind.Comma)
            {
                Advance();
            }
            else if (!IsName(next) || (next.Kind == SplTokenKind.Word && (IsWord(next, "over") || IsWord(next, "where"))))
            {
                return groups.ToImmutable();
            }
            else if (next.Kind == SplTokenKind.Word && PeekBehind(next).Kind == SplTokenKind.Equal)
            {
                var option = Option(IsWord(next, "span") ? "bin" : command);
                if (option.Name == "span" && groups is [.., { Buckets: null } last])
                    groups[^1] = last with { Buckets = option.Value };
                else
                    options.Add(option);
            }
            else
            {
                groups.Add(new(Value(), null));
            }
        }
    }
}
