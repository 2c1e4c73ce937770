using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

ref partial struct EsqlTreeReader
{
    EquatableArray<EsqlName> ReadNames()
    {
        var names = ImmutableArray.CreateBuilder<EsqlName>();
        do
            names.Add(ReadName());
        while (Take(EsqlTokenKind.Comma));
        return names.ToImmutable();
    }

    // A column's name: parts with dots between them.
    EsqlName ReadName()
    {
        var start = Start;
        var builder = new EsqlName.Builder();
        while (true)
        {
            if (!ReadNamePart(builder, isFirst: Start == start))
            {
                Report(EsqlCodes.NameExpected, Shown);
                break;
            }

            // a.0.b: the dot and the digits are one token.
            while (_current.Kind == EsqlTokenKind.Decimal && Start == _previousEnd && _text[Start] == '.')
            {
                Report(EsqlCodes.DigitName, Shown[1..]);
                builder.Add(Slice(_current));
                Advance();
            }

            if (_current.Kind != EsqlTokenKind.Dot)
                break;
            builder.Add(".");
            Advance();
        }

        return builder.ToName(From(start));
    }

    bool ReadNamePart(EsqlName.Builder builder, bool isFirst)
    {
        if (_current.Kind is not (EsqlTokenKind.Word or EsqlTokenKind.QuotedName or EsqlTokenKind.Parameter or EsqlTokenKind.Pattern))
            return false;
        var text = Slice(_current);
        if (EsqlWords.IsReserved(text))
        {
            // Behind a dot a keyword can only be meant as a name.
            if (isFirst)
                return false;
            Report(EsqlCodes.ReservedName, Shown);
        }

        builder.Add(text);
        Advance();
        return true;
    }

    // A column's name with wildcards; keywords need no quotes here.
    EsqlName ReadPattern()
    {
        var start = Start;
        var builder = new EsqlName.Builder();
        while (_current.Kind is EsqlTokenKind.Pattern or EsqlTokenKind.Parameter)
        {
            if (char.IsAsciiDigit(_text[Start]))
                Report(EsqlCodes.DigitName, Shown);
            builder.Add(Slice(_current));
            Advance();
            if (_current.Kind != EsqlTokenKind.Dot)
                return builder.ToName(From(start));
            builder.Add(".");
            Advance();
        }

        Report(EsqlCodes.NameExpected, Shown);
        return builder.ToName(From(start));
    }

    string ReadPlainWord(string expected)
    {
        if (_current.Kind == EsqlTokenKind.Word)
            return TakeText();
        if (_current.Kind == EsqlTokenKind.QuotedName)
            return ReadName().Text;
        Report(EsqlCodes.WordExpected, Shown, expected);
        return "";
    }
}
