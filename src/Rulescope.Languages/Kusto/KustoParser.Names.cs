using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    bool IsWordAt(int offset, bool declared = false)
    {
        var token = Peek(offset);
        return token.Kind == KustoTokenKind.Identifier
            || (token.Kind == KustoTokenKind.Keyword && (KustoWords.IsName(TextOf(token)) || (declared && KustoWords.IsDeclarable(TextOf(token)))));
    }

    /// <summary>Tokens of the name at an offset: a word, <c>['a b']</c> or <c>{parameter}</c>; 0 for none.</summary>
    int NameLength(int offset = 0, bool declared = false)
    {
        if (IsWordAt(offset, declared))
            return 1;
        if (At("[", offset))
            return BracketedLength(offset);
        return At("{", offset) ? BracedLength(offset) : 0;
    }

    int BracketedLength(int offset)
    {
        var end = offset + 1;
        while (Peek(end).Kind == KustoTokenKind.String)
            end++;
        return end > offset + 1 && At("]", end) ? end + 1 - offset : 0;
    }

    // A client fills in `{name}`; no blank may stand inside.
    int BracedLength(int offset) =>
        Peek(offset + 1).Kind is KustoTokenKind.Identifier or KustoTokenKind.Keyword && IsAdjacent(offset + 1) && At("}", offset + 2) && IsAdjacent(offset + 2) ? 3 : 0;

    string? TryName(bool declared = false)
    {
        var length = NameLength(0, declared);
        if (length == 0)
            return null;
        var first = Current;
        var name = At("[") ? BracketedName(length) : _text[first.Span.Start..Peek(length - 1).Span.End];
        _at += length;
        return name;
    }

    string BracketedName(int length)
    {
        var name = KustoString.Decode(TextOf(Peek(1))).Value;
        for (var i = 2; i < length - 1; i++)
            name += KustoString.Decode(TextOf(Peek(i))).Value;
        return name;
    }

    string NameOrMissing(bool declared = false) => TryName(declared) ?? MissingName();

    string MissingName()
    {
        if (Current.Kind == KustoTokenKind.Keyword)
            Report(Current.Span, KustoCodes.KeywordAsName, WordOf(Current));
        else
            ReportExpected("a name");
        return "";
    }

    KustoExpression? TryNameReference()
    {
        var start = Current.Span.Start;
        return TryName() is { } name ? new KustoExpression.Name(name) { Span = From(start) } : null;
    }

    KustoExpression MissingReference()
    {
        var span = new SourceSpan(Current.Span.Start, 0);
        return MissingName() is "" ? new KustoExpression.Missing { Span = span } : MissingExpression();
    }

    /// <summary>Tokens of the wildcard at an offset: <c>*</c>, <c>Device*</c>, <c>*a*b</c>, all adjacent; 0 for none.</summary>
    int WildcardLength(int offset = 0)
    {
        var end = offset;
        if (At("*", end))
            end++;
        else if (IsWildcardWord(end) && At("*", end + 1) && IsAdjacent(end + 1))
            end += 2;
        else
            return 0;
        while ((At("*", end) || IsWildcardWord(end) || Peek(end).Kind == KustoTokenKind.Long) && IsAdjacent(end))
            end++;
        return end - offset;
    }

    bool IsWildcardWord(int offset) => IsWordAt(offset, declared: true);

    KustoExpression? TryWildcard()
    {
        var bracketed = At("[");
        var length = WildcardLength(bracketed ? 1 : 0);
        if (length == 0 || (bracketed && !At("]", length + 1)))
            return null;
        var start = Current.Span.Start;
        if (bracketed)
            _at++;
        var pattern = _text[Current.Span.Start..Peek(length - 1).Span.End];
        _at += length + (bracketed ? 1 : 0);
        return new KustoExpression.Wildcard(pattern) { Span = From(start) };
    }

    KustoExpression? TryStar() => At("*") ? new KustoExpression.Wildcard("*") { Span = Advance().Span } : null;

    /// <summary>A column or wildcard, as <c>project-away</c> takes it.</summary>
    KustoExpression? TryColumnPattern() => (At("[") ? null : TryWildcard()) ?? TryNameReference();

    /// <summary>A table: a wildcard, or a path of names and calls that may end in a wildcard.</summary>
    KustoExpression? TryEntity()
    {
        if (TryWildcard() is { } wildcard)
            return wildcard;
        var start = Current.Span.Start;
        return TrySelector() is { } root ? Accesses(root, start, wildcards: true) : null;
    }

    /// <summary>A path without calls at its root, as <c>partition by</c> takes it.</summary>
    KustoExpression? TrySimplePath()
    {
        var start = Current.Span.Start;
        return TryElement() is { } root ? Accesses(root, start) : null;
    }
}
