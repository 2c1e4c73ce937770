using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <content>Commands that take texts apart, and those around search and inference.</content>
ref partial struct EsqlTreeReader
{
    EsqlCommand.Dissect ReadDissect(int start)
    {
        var input = ReadPrimary();
        var pattern = ReadStringOrParameter();
        var options = ImmutableArray.CreateBuilder<EsqlOption>();
        while (_current.Kind == EsqlTokenKind.Word)
        {
            var from = Start;
            var name = TakeText().ToLowerInvariant();
            if (!Take(EsqlTokenKind.Assign))
                Report(EsqlCodes.WordExpected, Shown, "'='");
            var value = ReadConstant();
            options.Add(new(name, value) { Span = From(from) });
            if (!Take(EsqlTokenKind.Comma))
                break;
        }

        return new(input, pattern, options.ToImmutable()) { Span = From(start) };
    }

    EsqlCommand.Grok ReadGrok(int start)
    {
        var input = ReadPrimary();
        var patterns = ImmutableArray.CreateBuilder<EsqlExpression>();
        do
            patterns.Add(ReadStringOrParameter());
        while (Take(EsqlTokenKind.Comma));
        return new(input, patterns.ToImmutable()) { Span = From(start) };
    }

    EsqlCommand.Completion ReadCompletion(int start)
    {
        var prompt = ReadPrimary();
        var target = ReadTarget(ref prompt);
        var with = ReadWith();
        // Before 9.2 the target stood behind the model.
        if (target is null && TakeWord("as"))
            target = ReadName();
        return new(target, prompt, with) { Span = From(start) };
    }

    EsqlCommand.Rerank ReadRerank(int start)
    {
        var query = ReadPrimary();
        var target = ReadTarget(ref query);
        EquatableArray<EsqlField> on = [];
        if (TakeWord("on"))
            on = ReadFields();
        else
            Report(EsqlCodes.WordExpected, Shown, "ON");
        var with = ReadWith();
        return new(target, query, on, with) { Span = From(start) };
    }

    // [target =] value: the value was read before its '=' was seen.
    EsqlName? ReadTarget(ref EsqlExpression value)
    {
        if (_current.Kind != EsqlTokenKind.Assign)
            return null;
        var target = Assignee(value);
        Advance();
        value = ReadPrimary();
        return target;
    }

    EsqlExpression? ReadWith() =>
        !TakeWord("with") ? null
        : _current.Kind == EsqlTokenKind.OpenBrace ? ReadMap()
        : ReadPrimary();

    EsqlCommand.Fork ReadFork(int start)
    {
        var branches = ImmutableArray.CreateBuilder<EsqlPipeline>();
        if (_current.Kind != EsqlTokenKind.OpenParen)
            Report(EsqlCodes.WordExpected, Shown, "'('");
        while (_current.Kind == EsqlTokenKind.OpenParen)
        {
            if (!Descend())
            {
                SkipNested();
                continue;
            }

            branches.Add(ReadPipeline(mayBeginWithSource: false));
            _depth--;
        }

        return new(branches.ToImmutable()) { Span = From(start) };
    }

    EsqlCommand.Fuse ReadFuse(int start)
    {
        string? method = null;
        EsqlName? scoreBy = null;
        EsqlName? groupBy = null;
        EquatableArray<EsqlName> keyBy = [];
        EsqlExpression? with = null;
        if (_current.Kind == EsqlTokenKind.Word && !IsFuseClause())
            method = TakeText().ToLowerInvariant();
        while (IsFuseClause())
        {
            var clause = TakeText().ToLowerInvariant();
            if (clause is "with")
            {
                with = ReadMap();
                continue;
            }

            if (!TakeWord("by"))
                Report(EsqlCodes.WordExpected, Shown, "BY");
            if (clause is "score")
                scoreBy = ReadName();
            else if (clause is "group")
                groupBy = ReadName();
            else
                keyBy = ReadNames();
        }

        return new(method, scoreBy, keyBy, groupBy, with) { Span = From(start) };
    }

    readonly bool IsFuseClause() => IsWord("with") || IsWord("score") || IsWord("key") || IsWord("group");

    EsqlCommand.ChangePoint ReadChangePoint(int start)
    {
        var value = ReadName();
        var on = TakeWord("on") ? ReadName() : null;
        EsqlName? type = null;
        EsqlName? pvalue = null;
        if (TakeWord("as"))
        {
            type = ReadName();
            if (Take(EsqlTokenKind.Comma))
                pvalue = ReadName();
            else
                Report(EsqlCodes.WordExpected, Shown, "',' and the name of the p-value");
        }

        return new(value, on, type, pvalue) { Span = From(start) };
    }

    EsqlCommand.Sample ReadSample(int start)
    {
        var probability = ReadConstant();
        return new(probability) { Span = From(start) };
    }

    EsqlCommand.TakeApart ReadTakeApart(string word, int start)
    {
        var prefix = ReadName();
        if (!Take(EsqlTokenKind.Assign))
            Report(EsqlCodes.WordExpected, Shown, "'='");
        var input = ReadPrimary();
        var with = ReadWith();
        return new(word, prefix, input, with) { Span = From(start) };
    }
}
