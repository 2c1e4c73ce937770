using System.Collections.Immutable;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // `match` is a name unless its line opens a block.
    bool BeginsMatch()
    {
        if (!IsSoft(Current, "match") || Ahead(1).Kind == PythonTokenKind.Newline || IsAhead(1, ":"))
            return false;
        var last = _at + 1;
        while (_tokens[last].Kind is not (PythonTokenKind.Newline or PythonTokenKind.End))
            last++;
        return IsWord(_tokens[last - 1], ":");
    }

    PythonStatement.Match ReadMatch(int start)
    {
        Advance();
        var subject = ReadSubject();
        Expect(":");
        if (Current.Kind != PythonTokenKind.Newline)
            Unexpected("the end of the line");
        else if (Ahead(1).Kind != PythonTokenKind.Indent)
            Fail(Ahead(1).Span, PythonCodes.NoBlock, Shown(Ahead(1)));
        Accept(PythonTokenKind.Newline);
        Accept(PythonTokenKind.Indent);
        var cases = ImmutableArray.CreateBuilder<PythonCase>();
        while (Current.Kind != PythonTokenKind.Dedent && !_failed)
            cases.Add(ReadCase());
        Accept(PythonTokenKind.Dedent);
        return new(subject, cases.ToImmutable()) { Span = From(start) };
    }

    PythonExpression ReadSubject()
    {
        var start = Start;
        var first = ReadStarNamed();
        if (!Is(","))
        {
            if (first is PythonExpression.Starred)
                Unexpected("','");
            return first;
        }

        var items = ImmutableArray.CreateBuilder<PythonExpression>();
        items.Add(first);
        while (Accept(",") && !Is(":"))
            items.Add(ReadStarNamed());
        return new PythonExpression.Tuple(items.ToImmutable()) { Span = From(start) };
    }

    PythonCase ReadCase()
    {
        var start = Start;
        _height = 0;
        if (IsSoft(Current, "case"))
            Advance();
        else
            Unexpected("'case'");
        var pattern = ReadOpenPattern();
        var guard = Accept("if") ? ReadNamed() : null;
        return new(pattern, guard, ReadBlock()) { Span = From(start) };
    }

    // A sequence may stand without brackets here: `case a, *b:`.
    PythonPattern ReadOpenPattern()
    {
        var start = Start;
        var first = ReadStarPattern();
        if (!Is(","))
        {
            if (first is PythonPattern.Star)
                Unexpected("','");
            return first;
        }

        var patterns = ImmutableArray.CreateBuilder<PythonPattern>();
        patterns.Add(first);
        while (Accept(",") && !Is(":") && !Is("if"))
            patterns.Add(ReadStarPattern());
        return new PythonPattern.Sequence(patterns.ToImmutable()) { Span = From(start) };
    }

    PythonPattern ReadStarPattern()
    {
        var start = Start;
        if (!Accept("*"))
            return ReadPattern();
        var name = ReadName();
        return new PythonPattern.Star(name == "_" ? null : name) { Span = From(start) };
    }

    PythonPattern ReadPattern()
    {
        var start = Start;
        PythonPattern pattern = new PythonPattern.Wildcard();
        if (Enter())
            pattern = ReadOrPattern(start);
        Leave();
        if (!Accept("as"))
            return pattern;
        var span = Current.Span;
        var name = ReadName();
        if (name == "_")
            Fail(span, PythonCodes.Target, "_", "bound behind 'as'");
        return new PythonPattern.As(pattern, name) { Span = From(start) };
    }

    PythonPattern ReadOrPattern(int start)
    {
        var first = ReadClosedPattern();
        if (!Is("|"))
            return first;
        var patterns = ImmutableArray.CreateBuilder<PythonPattern>();
        patterns.Add(first);
        while (Accept("|"))
            patterns.Add(ReadClosedPattern());
        return new PythonPattern.Or(patterns.ToImmutable()) { Span = From(start) };
    }
}
