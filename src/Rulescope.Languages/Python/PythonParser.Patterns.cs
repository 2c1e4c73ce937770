using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    PythonPattern ReadClosedPattern()
    {
        var start = Start;
        switch (Current.Kind)
        {
            case PythonTokenKind.Name:
                return ReadNamePattern(start);
            case PythonTokenKind.Number or PythonTokenKind.String:
                return new PythonPattern.Value(ReadLiteralKey()) { Span = From(start) };
            case PythonTokenKind.Keyword when Is("None") || Is("True") || Is("False"):
                return new PythonPattern.Singleton(ReadAtom()) { Span = From(start) };
        }

        if (Is("-"))
            return new PythonPattern.Value(ReadLiteralKey()) { Span = From(start) };
        if (Is("("))
            return ReadEnclosedPattern(start);
        if (Accept("["))
            return new PythonPattern.Sequence(ReadPatterns("]")) { Span = From(start) };
        if (Accept("{"))
            return ReadMappingPattern(start);
        Unexpected("a pattern");
        return new PythonPattern.Wildcard { Span = From(start) };
    }

    PythonPattern ReadNamePattern(int start)
    {
        if (!IsAhead(1, ".") && !IsAhead(1, "("))
        {
            var name = ReadName();
            return name == "_" ? new PythonPattern.Wildcard { Span = From(start) } : new PythonPattern.Capture(name) { Span = From(start) };
        }

        var value = ReadDottedValue();
        return Accept("(") ? ReadClassPattern(start, value) : new PythonPattern.Value(value) { Span = From(start) };
    }

    PythonExpression ReadDottedValue()
    {
        var start = Start;
        var outer = _height;
        _height = 0;
        PythonExpression value = new PythonExpression.Name(ReadName()) { Span = From(start) };
        while (Accept("."))
        {
            Link();
            value = new PythonExpression.Attribute(value, ReadName()) { Span = From(start) };
        }

        _height = Math.Max(outer, _height);
        return value;
    }

    // In parentheses: a pattern, or a sequence if a comma is there.
    PythonPattern ReadEnclosedPattern(int start)
    {
        Advance();
        if (Accept(")"))
            return new PythonPattern.Sequence([]) { Span = From(start) };
        var first = ReadStarPattern();
        if (first is not PythonPattern.Star && Accept(")"))
            return first;
        Expect(",");
        var patterns = ReadPatterns(")");
        return new PythonPattern.Sequence([first, .. patterns]) { Span = From(start) };
    }

    EquatableArray<PythonPattern> ReadPatterns(string close)
    {
        var patterns = ImmutableArray.CreateBuilder<PythonPattern>();
        while (!_failed && !Is(close))
        {
            patterns.Add(ReadStarPattern());
            if (!Accept(",") && !Is(close))
                Unexpected($"',' or '{close}'");
        }

        Expect(close);
        return patterns.ToImmutable();
    }

    PythonPattern.Mapping ReadMappingPattern(int start)
    {
        var items = ImmutableArray.CreateBuilder<PythonMappingItem>();
        string? rest = null;
        while (!_failed && !Is("}"))
        {
            var from = Start;
            if (rest is not null)
                Unexpected("'}'");
            if (Accept("**"))
            {
                var span = Current.Span;
                rest = ReadName();
                if (rest == "_")
                    Fail(span, PythonCodes.Target, "_", "bound behind '**'");
            }
            else
            {
                var key = Current.Kind == PythonTokenKind.Name ? ReadDottedValue() : ReadLiteralKey();
                if (key is PythonExpression.Name)
                    Unexpected("'.'");
                Expect(":");
                items.Add(new(key, ReadPattern()) { Span = From(from) });
            }

            if (!Accept(",") && !Is("}"))
                Unexpected("',' or '}'");
        }

        Expect("}");
        return new(items.ToImmutable(), rest) { Span = From(start) };
    }

    PythonPattern.Class ReadClassPattern(int start, PythonExpression type)
    {
        var patterns = ImmutableArray.CreateBuilder<PythonPattern>();
        var keywords = ImmutableArray.CreateBuilder<PythonKeywordPattern>();
        while (!_failed && !Is(")"))
        {
            var from = Start;
            if (Current.Kind == PythonTokenKind.Name && IsAhead(1, "="))
            {
                var name = ReadName();
                Expect("=");
                keywords.Add(new(name, ReadPattern()) { Span = From(from) });
            }
            else
            {
                patterns.Add(ReadPattern());
                if (keywords.Count > 0)
                    Fail(From(from), PythonCodes.Misplaced, Slice(From(from)), "a pattern with a name is before it");
            }

            if (!Accept(",") && !Is(")"))
                Unexpected("',' or ')'");
        }

        Expect(")");
        return new(type, patterns.ToImmutable(), keywords.ToImmutable()) { Span = From(start) };
    }

    // A literal without calculation, but `-1` and `1 + 2j` are literals here.
    PythonExpression ReadLiteralKey()
    {
        if (Current.Kind == PythonTokenKind.String || Is("None") || Is("True") || Is("False"))
            return ReadAtom();
        var start = Start;
        var real = ReadSignedNumber();
        if (!Is("+") && !Is("-"))
            return real;
        var sign = Is("+") ? PythonBinaryOperator.Add : PythonBinaryOperator.Subtract;
        Advance();
        if (real is PythonExpression.Imaginary or PythonExpression.Unary { Operand: PythonExpression.Imaginary })
            Fail(real.Span, PythonCodes.Misplaced, Slice(real.Span), "a complex number begins with its real part");
        var imaginary = ReadNumberAtom();
        if (imaginary is not PythonExpression.Imaginary)
            Fail(imaginary.Span, PythonCodes.Misplaced, Slice(imaginary.Span), "a complex number ends with its imaginary part");
        return new PythonExpression.Binary(real, sign, imaginary) { Span = From(start) };
    }

    PythonExpression ReadSignedNumber()
    {
        var start = Start;
        return Accept("-") ? new PythonExpression.Unary(PythonUnaryOperator.Minus, ReadNumberAtom()) { Span = From(start) } : ReadNumberAtom();
    }

    PythonExpression ReadNumberAtom()
    {
        if (Current.Kind == PythonTokenKind.Number)
            return ReadAtom();
        Unexpected("a literal");
        return new PythonExpression.None { Span = From(Start) };
    }
}
