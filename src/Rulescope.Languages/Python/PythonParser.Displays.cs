using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    PythonExpression ReadAtom()
    {
        var start = Start;
        switch (Current.Kind)
        {
            case PythonTokenKind.Name:
                return new PythonExpression.Name(ReadName()) { Span = From(start) };
            case PythonTokenKind.Number:
                var number = Advance().Span;
                return PythonNumbers.Value(Slice(number), number);
            case PythonTokenKind.String:
                return ReadStrings();
        }

        if (Is("("))
            return ReadGroup(start);
        if (Accept("["))
            return ReadList(start);
        if (Accept("{"))
            return ReadBraces(start);
        if (Accept("None"))
            return new PythonExpression.None { Span = From(start) };
        if (Is("True") || Is("False"))
            return new PythonExpression.Boolean(Advance().Span.Length == "True".Length) { Span = From(start) };
        if (Accept("..."))
            return new PythonExpression.Ellipsis { Span = From(start) };
        Unexpected("an expression");
        return new PythonExpression.None { Span = From(start) };
    }

    PythonExpression ReadGroup(int start)
    {
        Advance();
        if (Accept(")"))
            return new PythonExpression.Tuple([]) { Span = From(start) };
        var inner = ReadGroupContent(start);
        Expect(")");
        // A tuple or generator owns its parentheses, anything else does not.
        return inner switch
        {
            PythonExpression.Tuple tuple when tuple.Span.Start == start => tuple with { Span = From(start) },
            PythonExpression.Generator generator when generator.Span.Start == start => generator with { Span = From(start) },
            _ => inner,
        };
    }

    // What may stand between parentheses, which is also what an f-string's field holds.
    PythonExpression ReadGroupContent(int start)
    {
        if (Is("yield"))
            return ReadYield();
        var first = ReadStarNamed();
        if (Is("for") || Is("async"))
        {
            CheckElement(first);
            return new PythonExpression.Generator(first, ReadClauses()) { Span = From(start) };
        }

        if (!Is(","))
        {
            if (first is PythonExpression.Starred)
                Unexpected("','");
            return first;
        }

        var items = ImmutableArray.CreateBuilder<PythonExpression>();
        items.Add(first);
        while (Accept(",") && !Is(")") && Current.Kind != PythonTokenKind.End)
            items.Add(ReadStarNamed());
        return new PythonExpression.Tuple(items.ToImmutable()) { Span = From(start) };
    }

    void CheckElement(PythonExpression element)
    {
        if (element is PythonExpression.Starred)
            Fail(element.Span, PythonCodes.Misplaced, Slice(element.Span), "a comprehension unpacks nothing");
    }

    PythonExpression ReadList(int start)
    {
        if (Accept("]"))
            return new PythonExpression.List([]) { Span = From(start) };
        var first = ReadStarNamed();
        if (Is("for") || Is("async"))
        {
            CheckElement(first);
            var clauses = ReadClauses();
            Expect("]");
            return new PythonExpression.ListComprehension(first, clauses) { Span = From(start) };
        }

        var items = ReadItems(first, "]");
        return new PythonExpression.List(items) { Span = From(start) };
    }

    EquatableArray<PythonExpression> ReadItems(PythonExpression first, string close)
    {
        var items = ImmutableArray.CreateBuilder<PythonExpression>();
        items.Add(first);
        while (Accept(",") && !Is(close))
            items.Add(ReadStarNamed());
        if (!Accept(close))
            Unexpected($"',' or '{close}'");
        return items.ToImmutable();
    }

    // A dictionary or a set, as the first item tells.
    PythonExpression ReadBraces(int start)
    {
        if (Accept("}"))
            return new PythonExpression.Dict([]) { Span = From(start) };
        var from = Start;
        if (Is("**"))
            return ReadDict(start, ReadDictItem());
        var first = ReadStarNamed();
        if (Is(":") && first is not PythonExpression.Starred && !(first is PythonExpression.Walrus && first.Span.Start == from))
        {
            Advance();
            return ReadDict(start, new(first, ReadExpression()) { Span = From(from) });
        }

        if (Is("for") || Is("async"))
        {
            CheckElement(first);
            var clauses = ReadClauses();
            Expect("}");
            return new PythonExpression.SetComprehension(first, clauses) { Span = From(start) };
        }

        var items = ReadItems(first, "}");
        return new PythonExpression.Set(items) { Span = From(start) };
    }

    PythonExpression ReadDict(int start, PythonDictItem first)
    {
        if (Is("for") || Is("async"))
        {
            if (first.Key is null)
                Fail(first.Span, PythonCodes.Misplaced, Slice(first.Span), "a comprehension unpacks nothing");
            var clauses = ReadClauses();
            Expect("}");
            return new PythonExpression.DictComprehension(first.Key ?? first.Value, first.Value, clauses) { Span = From(start) };
        }

        var items = ImmutableArray.CreateBuilder<PythonDictItem>();
        items.Add(first);
        while (Accept(",") && !Is("}"))
            items.Add(ReadDictItem());
        if (!Accept("}"))
            Unexpected("',' or '}'");
        return new PythonExpression.Dict(items.ToImmutable()) { Span = From(start) };
    }

    PythonDictItem ReadDictItem()
    {
        var start = Start;
        if (Accept("**"))
            return new(null, ReadBinary()) { Span = From(start) };
        var key = ReadExpression();
        Expect(":");
        return new(key, ReadExpression()) { Span = From(start) };
    }

    EquatableArray<PythonComprehension> ReadClauses()
    {
        var clauses = ImmutableArray.CreateBuilder<PythonComprehension>();
        while (Is("for") || Is("async"))
        {
            var start = Start;
            var isAsync = Accept("async");
            Expect("for");
            var target = ReadTargets();
            Expect("in");
            var iterable = ReadDisjunction();
            var conditions = ImmutableArray.CreateBuilder<PythonExpression>();
            while (Accept("if"))
                conditions.Add(ReadDisjunction());
            clauses.Add(new(target, iterable, conditions.ToImmutable()) { Span = From(start), IsAsync = isAsync });
        }

        return clauses.ToImmutable();
    }
}
