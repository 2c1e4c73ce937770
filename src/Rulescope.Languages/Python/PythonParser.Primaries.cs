using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // An atom with its members, calls and indexes.
    PythonExpression ReadPrimary()
    {
        var start = Start;
        var outer = _height;
        _height = 0;
        var primary = ReadAtom();
        while (!_failed)
        {
            if (Accept("."))
                primary = new PythonExpression.Attribute(primary, ReadName()) { Span = From(start) };
            else if (Is("("))
                primary = new PythonExpression.Call(primary, ReadCallArguments()) { Span = From(start) };
            else if (Accept("["))
                primary = new PythonExpression.Subscript(primary, ReadIndex()) { Span = From(start) };
            else
                break;
            Link();
        }

        _height = Math.Max(outer, _height);
        return primary;
    }

    EquatableArray<PythonArgument> ReadCallArguments()
    {
        Advance();
        var arguments = ReadArguments(isCall: true);
        Expect(")");
        return arguments;
    }

    EquatableArray<PythonArgument> ReadArguments(bool isCall)
    {
        var arguments = ImmutableArray.CreateBuilder<PythonArgument>();
        PythonArgument? named = null;
        var open = _end - 1;
        while (!_failed && !Is(")"))
        {
            var start = Current.Span;
            var argument = ReadArgument();
            if (Is("for") || Is("async"))
            {
                return [ReadBareGenerator(open, argument, isCall && arguments.Count == 0)];
            }

            if (argument is PythonArgument.Positional { Value: var value } && (named is PythonArgument.DoubleStar || (named is not null && value is not PythonExpression.Starred)))
                Fail(start, PythonCodes.Misplaced, Slice(From(start.Start)), "an argument with a name is before it");
            if (argument is PythonArgument.DoubleStar || (argument is PythonArgument.Keyword && named is null))
                named = argument;
            arguments.Add(argument);
            if (!Accept(",") && !Is(")"))
                Unexpected("',' or ')'");
        }

        return arguments.ToImmutable();
    }

    PythonArgument ReadArgument()
    {
        var start = Start;
        if (Accept("**"))
            return new PythonArgument.DoubleStar(ReadExpression()) { Span = From(start) };
        if (Accept("*"))
        {
            var starred = new PythonExpression.Starred(ReadExpression()) { Span = From(start) };
            return new PythonArgument.Positional(starred) { Span = From(start) };
        }

        if (Current.Kind == PythonTokenKind.Name && IsAhead(1, "="))
        {
            var name = ReadName();
            Advance();
            return new PythonArgument.Keyword(name, ReadExpression()) { Span = From(start) };
        }

        return new PythonArgument.Positional(ReadNamed()) { Span = From(start) };
    }

    // A generator as the only argument owns the parentheses of the call.
    PythonArgument.Positional ReadBareGenerator(int open, PythonArgument first, bool isAlone)
    {
        var span = Current.Span;
        var clauses = ReadClauses();
        if (!isAlone || first is not PythonArgument.Positional { Value: not PythonExpression.Starred } || !Is(")"))
            Fail(span, PythonCodes.Misplaced, Slice(span), "a generator beside other arguments stands in parentheses");
        var element = first is PythonArgument.Positional positional ? positional.Value : new PythonExpression.None { Span = first.Span };
        var whole = SourceSpan.FromBounds(open, Current.Span.End);
        return new(new PythonExpression.Generator(element, clauses) { Span = whole }) { Span = whole };
    }

    // Behind `[`: an index, a slice, or several of them as a tuple.
    PythonExpression ReadIndex()
    {
        var start = Start;
        var first = ReadSlice();
        if (!Is(",") && first is not PythonExpression.Starred)
        {
            Expect("]");
            return first;
        }

        var items = ImmutableArray.CreateBuilder<PythonExpression>();
        items.Add(first);
        while (Accept(",") && !Is("]"))
            items.Add(ReadSlice());
        var index = new PythonExpression.Tuple(items.ToImmutable()) { Span = From(start) };
        Expect("]");
        return index;
    }

    PythonExpression ReadSlice()
    {
        var start = Start;
        var lower = Is(":") ? null : ReadIndexItem();
        if (!Is(":"))
            return lower ?? new PythonExpression.None { Span = From(start) };
        if (lower is PythonExpression.Starred || (lower is PythonExpression.Walrus && lower.Span.Start == start))
            Unexpected("',' or ']'");
        Advance();
        var upper = EndsSlicePart() ? null : ReadExpression();
        var step = Accept(":") && !EndsSlicePart() ? ReadExpression() : null;
        return new PythonExpression.Slice(lower, upper, step) { Span = From(start) };
    }

    PythonExpression ReadIndexItem()
    {
        var start = Start;
        return Accept("*") ? new PythonExpression.Starred(ReadExpression()) { Span = From(start) } : ReadNamed();
    }

    bool EndsSlicePart() => Is(":") || Is(",") || Is("]");
}
