using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

ref partial struct EsqlTreeReader
{
    EsqlCommand ReadCommand(bool mayBeSource)
    {
        Enter(EsqlMode.Expression);
        var start = Start;
        if (_current.Kind != EsqlTokenKind.Word)
        {
            Report(mayBeSource ? EsqlCodes.SourceExpected : EsqlCodes.CommandExpected, Shown);
            return Unread(start);
        }

        var isSource = EsqlWords.IsSource(Slice(_current));
        if (isSource && !mayBeSource)
        {
            Report(EsqlCodes.MisplacedSource, Shown);
            return Unread(start);
        }

        if (!isSource && mayBeSource)
            Report(EsqlCodes.SourceExpected, Shown);
        var word = Slice(_current).ToString().ToLowerInvariant();
        return isSource ? ReadSource(word, start) : ReadProcessing(word, start);
    }

    EsqlCommand.Unsupported Unread(int start)
    {
        SkipCommand();
        var span = From(start);
        return new(_text.Slice(span.Start, span.Length).ToString()) { Span = span };
    }

    EsqlCommand ReadSource(string word, int start)
    {
        // The word itself is passed in the mode of what follows it.
        if (word is "from" or "ts")
            _mode = EsqlMode.Source;
        Advance();
        switch (word)
        {
            case "from":
                return ReadFrom(start, isTimeSeries: false);
            case "ts":
                return ReadFrom(start, isTimeSeries: true);
            case "row":
                var fields = ReadFields();
                return new EsqlCommand.Row(fields) { Span = From(start) };
            default:
                if (!IsWord("info"))
                    Report(EsqlCodes.WordExpected, Shown, "INFO");
                var subject = ReadPlainWord("INFO").ToLowerInvariant();
                return new EsqlCommand.Show(subject) { Span = From(start) };
        }
    }

    EsqlCommand ReadProcessing(string word, int start)
    {
        _mode = word switch
        {
            "keep" or "drop" or "rename" => EsqlMode.Pattern,
            "enrich" => EsqlMode.Policy,
            _ => EsqlMode.Expression,
        };
        Advance();
        switch (word)
        {
            case "where": return ReadWhere(start);
            case "eval": return ReadEval(start);
            case "stats" or "inlinestats": return ReadStats(start, isInline: word is "inlinestats");
            case "inline" when IsWord("stats"):
                Advance();
                return ReadStats(start, isInline: true);
            case "keep" or "drop": return ReadProjection(start, isKeep: word is "keep");
            case "rename": return ReadRename(start);
            case "sort": return ReadSort(start);
            case "limit": return ReadLimit(start);
            case "dissect": return ReadDissect(start);
            case "grok": return ReadGrok(start);
            case "mv_expand": return ReadMvExpand(start);
            case "enrich": return ReadEnrich(start);
            case "lookup": return ReadLookupJoin(start);
            case "completion": return ReadCompletion(start);
            case "rerank": return ReadRerank(start);
            case "fork": return ReadFork(start);
            case "fuse": return ReadFuse(start);
            case "change_point": return ReadChangePoint(start);
            case "sample": return ReadSample(start);
            case "uri_parts" or "registered_domain" or "user_agent" or "ip_location": return ReadTakeApart(word, start);
            default:
                Report(EsqlCodes.UnknownCommand, SourceSpan.FromBounds(start, start + word.Length), word);
                return Unread(start);
        }
    }

    EsqlCommand.Where ReadWhere(int start)
    {
        var condition = ReadCondition();
        return new(condition) { Span = From(start) };
    }

    EsqlCommand.Eval ReadEval(int start)
    {
        var fields = ReadFields();
        return new(fields) { Span = From(start) };
    }

    EsqlCommand ReadStats(int start, bool isInline)
    {
        EquatableArray<EsqlAggregate> aggregates = IsWord("by") ? [] : ReadAggregates();
        EquatableArray<EsqlField> by = TakeWord("by") ? ReadFields() : [];
        var span = From(start);
        return isInline
            ? new EsqlCommand.InlineStats(aggregates, by) { Span = span }
            : new EsqlCommand.Stats(aggregates, by) { Span = span };
    }

    EquatableArray<EsqlAggregate> ReadAggregates()
    {
        var aggregates = ImmutableArray.CreateBuilder<EsqlAggregate>();
        do
        {
            var start = Start;
            var field = ReadField();
            var where = TakeWord("where") ? ReadCondition() : null;
            aggregates.Add(new(field.Name, field.Value, where) { Span = From(start) });
        }
        while (Take(EsqlTokenKind.Comma));
        return aggregates.ToImmutable();
    }

    EquatableArray<EsqlField> ReadFields()
    {
        var fields = ImmutableArray.CreateBuilder<EsqlField>();
        do
            fields.Add(ReadField());
        while (Take(EsqlTokenKind.Comma));
        return fields.ToImmutable();
    }

    EsqlField ReadField()
    {
        var start = Start;
        var value = ReadExpression();
        if (_current.Kind != EsqlTokenKind.Assign)
            return new(null, value) { Span = From(start) };
        var name = Assignee(value);
        var shown = _text.Slice(value.Span.Start, value.Span.Length).ToString();
        Advance();
        // Nothing, where more could have followed: the rest of the command is still worth reading.
        if (AtCommandEnd || IsWord("by") || _current.Kind == EsqlTokenKind.Comma)
        {
            Report(EsqlCodes.ValueMissing, From(start), shown);
            value = new EsqlExpression.Unsupported("") { Span = new(_previousEnd, 0) };
        }
        else
        {
            value = ReadExpression();
        }

        return new(name, value) { Span = From(start) };
    }

    // What stands before '=': a name, which was read as an expression because nobody knew yet.
    EsqlName? Assignee(EsqlExpression expression)
    {
        switch (expression)
        {
            case EsqlExpression.Field field:
                return field.Name;
            case EsqlExpression.Parameter:
                return EsqlName.FromAtom(_text.Slice(expression.Span.Start, expression.Span.Length).ToString()) with { Span = expression.Span };
            default:
                Report(EsqlCodes.NotAssignable);
                return null;
        }
    }

    EsqlCommand.Sort ReadSort(int start)
    {
        var keys = ImmutableArray.CreateBuilder<EsqlOrder>();
        do
        {
            var from = Start;
            var value = ReadExpression();
            EsqlDirection? direction = TakeWord("asc") ? EsqlDirection.Asc : TakeWord("desc") ? EsqlDirection.Desc : null;
            EsqlNulls? nulls = null;
            if (TakeWord("nulls"))
            {
                nulls = TakeWord("first") ? EsqlNulls.First : TakeWord("last") ? EsqlNulls.Last : null;
                if (nulls is null)
                    Report(EsqlCodes.WordExpected, Shown, "FIRST or LAST");
            }

            keys.Add(new(value, direction, nulls) { Span = From(from) });
        }
        while (Take(EsqlTokenKind.Comma));
        return new(keys.ToImmutable()) { Span = From(start) };
    }

    EsqlCommand.Limit ReadLimit(int start)
    {
        var count = ReadConstant();
        EquatableArray<EsqlExpression> by = TakeWord("by") ? ReadExpressions() : [];
        return new(count, by) { Span = From(start) };
    }

    EsqlCommand ReadProjection(int start, bool isKeep)
    {
        var columns = ImmutableArray.CreateBuilder<EsqlName>();
        do
        {
            var column = ReadPattern();
            if (column.Span.Length > 0)
                columns.Add(column);
        }
        while (Take(EsqlTokenKind.Comma));
        var span = From(start);
        return isKeep
            ? new EsqlCommand.Keep(columns.ToImmutable()) { Span = span }
            : new EsqlCommand.Drop(columns.ToImmutable()) { Span = span };
    }

    EsqlCommand.Rename ReadRename(int start)
    {
        var renames = ImmutableArray.CreateBuilder<EsqlRename>();
        do
        {
            var from = Start;
            var first = ReadPattern();
            var isAssignment = _current.Kind == EsqlTokenKind.Assign;
            if (isAssignment || IsWord("as"))
                Advance();
            else
                Report(EsqlCodes.WordExpected, Shown, "AS or '='");
            var second = ReadPattern();
            var span = From(from);
            renames.Add(isAssignment ? new(second, first) { Span = span } : new(first, second) { Span = span });
        }
        while (Take(EsqlTokenKind.Comma));
        return new(renames.ToImmutable()) { Span = From(start) };
    }

    EsqlCommand.MvExpand ReadMvExpand(int start)
    {
        var field = ReadName();
        return new(field) { Span = From(start) };
    }
}
