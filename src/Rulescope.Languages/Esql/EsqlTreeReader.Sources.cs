using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

ref partial struct EsqlTreeReader
{
    EsqlCommand ReadFrom(int start, bool isTimeSeries)
    {
        Enter(EsqlMode.Source);
        var sources = ImmutableArray.CreateBuilder<EsqlSource>();
        do
        {
            if (_current.Kind == EsqlTokenKind.OpenParen)
                sources.Add(ReadSubquerySource());
            else if (_current.Kind is EsqlTokenKind.Source or EsqlTokenKind.String)
                ReadIndexes(sources);
            else
                Report(EsqlCodes.IndexExpected, Shown);
        }
        while (Take(EsqlTokenKind.Comma));
        var metadata = ReadMetadata();
        var span = From(start);
        return isTimeSeries
            ? new EsqlCommand.TimeSeries(sources.ToImmutable(), metadata) { Span = span }
            : new EsqlCommand.From(sources.ToImmutable(), metadata) { Span = span };
    }

    EsqlSource ReadSubquerySource()
    {
        var start = Start;
        if (!Descend())
            return new EsqlSource.Index(null, SkipNested().SourceText, null) { Span = From(start) };
        Enter(EsqlMode.Expression);
        var pipeline = ReadPipeline(mayBeginWithSource: true);
        _depth--;
        Enter(EsqlMode.Source);
        return new EsqlSource.Subquery(pipeline) { Span = pipeline.Span };
    }

    // A quoted text may list several patterns.
    void ReadIndexes(ImmutableArray<EsqlSource>.Builder sources)
    {
        if (_current.Kind != EsqlTokenKind.String)
        {
            sources.Add(ReadIndex());
            return;
        }

        var content = EsqlString.Decode(_text, _current.Span, _findings);
        Advance();
        var at = 0;
        foreach (var pattern in content.Text.Split(','))
        {
            sources.Add(Index(pattern.Trim(), content.ToOuter(new SourceSpan(at, pattern.Length))));
            at += pattern.Length + 1;
        }
    }

    EsqlSource.Index ReadIndex()
    {
        var start = Start;
        string? cluster = null;
        string? selector = null;
        var pattern = ReadIndexWord();
        if (Take(EsqlTokenKind.Colon))
        {
            cluster = pattern;
            pattern = ReadIndexWord();
        }

        if (Take(EsqlTokenKind.DoubleColon))
            selector = ReadIndexWord();
        return new(cluster, pattern, selector) { Span = From(start) };
    }

    string ReadIndexWord()
    {
        if (_current.Kind == EsqlTokenKind.Source)
            return TakeText();
        if (_current.Kind == EsqlTokenKind.String)
        {
            var text = EsqlString.Decode(_text, _current.Span, _findings).Text;
            Advance();
            return text;
        }

        Report(EsqlCodes.IndexExpected, Shown);
        return "";
    }

    static EsqlSource.Index Index(string text, SourceSpan span)
    {
        var selector = text.IndexOf("::", StringComparison.Ordinal);
        var pattern = selector < 0 ? text : text[..selector];
        // Date math may hold a colon: <logs-{now/d{HH:mm}}>.
        var cluster = pattern.StartsWith('<') ? -1 : pattern.IndexOf(':', StringComparison.Ordinal);
        return new(cluster < 0 ? null : pattern[..cluster], pattern[(cluster + 1)..], selector < 0 ? null : text[(selector + 2)..]) { Span = span };
    }

    EquatableArray<EsqlName> ReadMetadata()
    {
        var isOld = _current.Kind == EsqlTokenKind.OpenBracket;
        if (isOld)
        {
            Report(EsqlCodes.OldMetadata);
            Advance();
        }

        if (!TakeWord("metadata"))
        {
            if (isOld)
                Report(EsqlCodes.WordExpected, Shown, "METADATA");
            return [];
        }

        var names = ImmutableArray.CreateBuilder<EsqlName>();
        do
        {
            var start = Start;
            if (_current.Kind == EsqlTokenKind.Source)
                names.Add(new([TakeText().Trim('`')]) { Span = From(start) });
            else
                Report(EsqlCodes.NameExpected, Shown);
        }
        while (Take(EsqlTokenKind.Comma));
        if (isOld)
            Close(EsqlTokenKind.CloseBracket, "]");
        return names.ToImmutable();
    }

    EsqlCommand.LookupJoin ReadLookupJoin(int start)
    {
        if (!IsWord("join"))
            Report(EsqlCodes.WordExpected, Shown, "JOIN");
        Enter(EsqlMode.Source);
        TakeWord("join");
        EsqlSource.Index target;
        if (_current.Kind is EsqlTokenKind.Source or EsqlTokenKind.String && !IsWord("on"))
        {
            target = ReadIndex();
        }
        else
        {
            Report(EsqlCodes.IndexExpected, Shown);
            target = new(null, "", null) { Span = From(Start) };
        }

        Enter(EsqlMode.Expression);
        if (!TakeWord("on"))
        {
            Report(EsqlCodes.WordExpected, Shown, "ON");
            return new(target, []) { Span = From(start) };
        }

        var on = ReadExpressions();
        return new(target, on) { Span = From(start) };
    }

    EsqlCommand.Enrich ReadEnrich(int start)
    {
        Enter(EsqlMode.Policy);
        string? mode = null;
        var policy = ReadPolicyName();
        if (policy.StartsWith('_') && policy.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            (mode, policy) = (policy[1..colon].ToLowerInvariant(), policy[(colon + 1)..]);
        else if (_current.Kind == EsqlTokenKind.Colon)
        {
            Advance();
            (mode, policy) = (policy.TrimStart('_').ToLowerInvariant(), ReadPolicyName());
        }

        if (mode is not (null or "any" or "coordinator" or "remote"))
            Report(EsqlCodes.UnknownEnrichMode, SourceSpan.FromBounds(start, _previousEnd), "_" + mode);
        Enter(EsqlMode.Pattern);
        var on = TakeWord("on") ? ReadPattern() : null;
        var with = ImmutableArray.CreateBuilder<EsqlEnrichField>();
        if (TakeWord("with"))
        {
            do
            {
                var from = Start;
                var field = ReadPattern();
                if (Take(EsqlTokenKind.Assign))
                {
                    var source = ReadPattern();
                    with.Add(new(field, source) { Span = From(from) });
                }
                else
                {
                    with.Add(new(null, field) { Span = From(from) });
                }
            }
            while (Take(EsqlTokenKind.Comma));
        }

        return new(mode, policy, on, with.ToImmutable()) { Span = From(start) };
    }

    string ReadPolicyName()
    {
        if (_current.Kind == EsqlTokenKind.Policy)
            return TakeText();
        if (_current.Kind == EsqlTokenKind.String)
        {
            var text = EsqlString.Decode(_text, _current.Span, _findings).Text;
            Advance();
            return text;
        }

        Report(EsqlCodes.WordExpected, Shown, "the name of an enrich policy");
        return "";
    }

    string TakeText()
    {
        var text = Slice(_current).ToString();
        Advance();
        return text;
    }
}
