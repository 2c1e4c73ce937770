using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

ref partial struct EsqlTreeReader
{
    EsqlExpression ReadPrimary()
    {
        var start = Start;
        var primary = ReadUncast();
        // A run of casts is as long as its text, so it is bounded like nesting.
        for (var casts = 0; _current.Kind == EsqlTokenKind.DoubleColon; casts++)
        {
            if (casts + _depth >= EsqlParser.MaxDepth)
            {
                Report(EsqlCodes.TooDeep, EsqlParser.MaxDepth);
                return SkipNested();
            }

            Advance();
            var type = ReadPlainWord("a type").ToLowerInvariant();
            primary = new EsqlExpression.Cast(primary, type) { Span = From(start) };
        }

        return primary;
    }

    EsqlExpression ReadUncast()
    {
        switch (_current.Kind)
        {
            case EsqlTokenKind.OpenParen:
                return ReadParenthesized();
            case EsqlTokenKind.Word when !EsqlWords.IsReserved(Slice(_current)):
            case EsqlTokenKind.QuotedName:
                return PeekNext().Kind == EsqlTokenKind.OpenParen ? ReadCall() : ReadFieldReference();
            case EsqlTokenKind.Parameter when PeekNext().Kind == EsqlTokenKind.OpenParen:
                return ReadCall();
            case EsqlTokenKind.Parameter when PeekNext().Kind == EsqlTokenKind.Dot:
                return ReadFieldReference();
            default:
                return ReadConstantOr(EsqlCodes.ExpressionExpected);
        }
    }

    EsqlExpression ReadParenthesized()
    {
        var start = Start;
        Advance();
        var isCondition = _isCondition;
        var inner = ReadExpression();
        _isCondition = isCondition;
        Close(EsqlTokenKind.CloseParen, ")");
        return inner with { Span = From(start) };
    }

    EsqlExpression.Field ReadFieldReference()
    {
        var name = ReadName();
        return new(name) { Span = name.Span };
    }

    EsqlExpression.Call ReadCall()
    {
        var start = Start;
        var function = _current.Kind == EsqlTokenKind.Word ? TakeText().ToLowerInvariant() : ReadName().Text;
        Advance();
        var arguments = ImmutableArray.CreateBuilder<EsqlExpression>();
        if (_current.Kind != EsqlTokenKind.CloseParen)
        {
            do
            {
                if (!TakeLoneSign())
                    arguments.Add(ReadArgument());
            }
            while (Take(EsqlTokenKind.Comma));
        }

        Close(EsqlTokenKind.CloseParen, ")");
        return new(function, arguments.ToImmutable()) { Span = From(start) };
    }

    bool TakeLoneSign()
    {
        if (_current.Kind is not (EsqlTokenKind.Plus or EsqlTokenKind.Minus) || PeekNext().Kind is not (EsqlTokenKind.CloseParen or EsqlTokenKind.Comma))
            return false;
        Report(EsqlCodes.DanglingSign, Shown);
        Advance();
        return true;
    }

    EsqlExpression ReadArgument()
    {
        var start = Start;
        if (_current.Kind == EsqlTokenKind.OpenBrace)
            return ReadMap();
        if (_current.Kind != EsqlTokenKind.Star)
            return ReadExpression();
        Advance();
        return new EsqlExpression.Star { Span = From(start) };
    }

    EsqlExpression ReadMap()
    {
        var start = Start;
        if (_current.Kind != EsqlTokenKind.OpenBrace)
        {
            Report(EsqlCodes.WordExpected, Shown, "'{'");
            return new EsqlExpression.Unsupported("") { Span = new(start, 0) };
        }

        if (!Descend())
            return SkipNested();
        Advance();
        var entries = ImmutableArray.CreateBuilder<EsqlMapEntry>();
        if (_current.Kind != EsqlTokenKind.CloseBrace)
        {
            do
            {
                var from = Start;
                var key = ReadStringOrParameter() is EsqlExpression.String text ? text.Value : "";
                if (!Take(EsqlTokenKind.Colon))
                    Report(EsqlCodes.WordExpected, Shown, "':'");
                var value = _current.Kind == EsqlTokenKind.OpenBrace ? ReadMap() : ReadConstant();
                entries.Add(new(key, value) { Span = From(from) });
            }
            while (Take(EsqlTokenKind.Comma));
        }

        Close(EsqlTokenKind.CloseBrace, "}");
        _depth--;
        return new EsqlExpression.Map(entries.ToImmutable()) { Span = From(start) };
    }

    EsqlExpression ReadConstant() => ReadConstantOr(EsqlCodes.ConstantExpected);

    EsqlExpression ReadConstantOr(DiagnosticCode otherwise)
    {
        var start = Start;
        switch (_current.Kind)
        {
            case EsqlTokenKind.String:
                return ReadString();
            case EsqlTokenKind.Integer or EsqlTokenKind.Decimal:
                return ReadNumber(start, isNegative: false);
            case EsqlTokenKind.Plus or EsqlTokenKind.Minus when PeekNext().Kind is EsqlTokenKind.Integer or EsqlTokenKind.Decimal:
                var isNegative = _current.Kind == EsqlTokenKind.Minus;
                Advance();
                return ReadNumber(start, isNegative);
            case EsqlTokenKind.Parameter:
                return ReadParameter();
            case EsqlTokenKind.OpenBracket:
                return ReadArray();
            case EsqlTokenKind.Word when TakeWord("null"):
                return new EsqlExpression.Null { Span = From(start) };
            case EsqlTokenKind.Word when IsWord("true") || IsWord("false"):
                var value = TakeWord("true") || !TakeWord("false");
                return new EsqlExpression.Boolean(value) { Span = From(start) };
            default:
                Report(otherwise, Shown);
                return new EsqlExpression.Unsupported("") { Span = new(start, 0) };
        }
    }

    EsqlExpression.String ReadString()
    {
        var span = _current.Span;
        var value = EsqlString.Decode(_text, span, _findings).Text;
        Advance();
        return new(value) { Span = span };
    }

    EsqlExpression ReadStringOrParameter()
    {
        if (_current.Kind == EsqlTokenKind.String)
            return ReadString();
        if (_current.Kind == EsqlTokenKind.Parameter)
            return ReadParameter();
        Report(EsqlCodes.StringExpected, Shown);
        return new EsqlExpression.Unsupported("") { Span = new(Start, 0) };
    }

    EsqlExpression.Parameter ReadParameter()
    {
        var span = _current.Span;
        var text = TakeText();
        return new(text.TrimStart('?')) { IsIdentifier = text.StartsWith("??", StringComparison.Ordinal), Span = span };
    }

    EsqlExpression ReadArray()
    {
        var start = Start;
        if (!Descend())
            return SkipNested();
        Advance();
        var items = ImmutableArray.CreateBuilder<EsqlExpression>();
        if (_current.Kind != EsqlTokenKind.CloseBracket)
        {
            do
                items.Add(ReadConstant());
            while (Take(EsqlTokenKind.Comma));
        }

        Close(EsqlTokenKind.CloseBracket, "]");
        _depth--;
        return new EsqlExpression.Array(items.ToImmutable()) { Span = From(start) };
    }

    // A whole number may have a unit of time behind it.
    EsqlExpression ReadNumber(int start, bool isNegative)
    {
        var isWhole = _current.Kind == EsqlTokenKind.Integer;
        var text = Slice(_current);
        var number = isWhole && UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole <= ulong.MaxValue
            ? Whole((ulong)whole, isNegative)
            : Real(text, isNegative);
        Advance();
        number = number with { Span = From(start) };
        if (!isWhole || _current.Kind != EsqlTokenKind.Word || EsqlWords.IsReserved(Slice(_current)))
            return number;
        if (EsqlWords.TimeUnit(Slice(_current).ToString()) is { } unit && number is EsqlExpression.Integer count)
        {
            Advance();
            return new EsqlExpression.TimeSpan(count.Value, unit) { Span = From(start) };
        }

        Report(EsqlCodes.UnknownTimeUnit, Shown);
        Advance();
        return number with { Span = From(start) };
    }

    static EsqlExpression Whole(ulong value, bool isNegative) => (isNegative, value) switch
    {
        (false, <= long.MaxValue) => new EsqlExpression.Integer((long)value),
        (false, _) => new EsqlExpression.UnsignedLong(value),
        (true, <= (ulong)long.MaxValue + 1) => new EsqlExpression.Integer(unchecked(-(long)value)),
        _ => new EsqlExpression.Decimal(-(double)value),
    };

    EsqlExpression Real(ReadOnlySpan<char> text, bool isNegative)
    {
        var value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
        {
            Report(EsqlCodes.NumberRange, text.ToString());
            return new EsqlExpression.Unsupported(text.ToString());
        }

        return new EsqlExpression.Decimal(isNegative ? -value : value);
    }
}
