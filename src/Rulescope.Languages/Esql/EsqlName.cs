using System.Collections.Immutable;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>The flat name of a column or of several: the literal pieces between wildcards, quotes resolved, dots part of the text.</summary>
/// <remarks><c>a.`b c`</c> is one piece <c>a.b c</c>; <c>host.*</c>, as KEEP and DROP take it, is <c>host.</c> and an empty piece.</remarks>
public sealed record EsqlName(EquatableArray<string> Literals) : EsqlNode, ITreeAtom<EsqlName>
{
    /// <summary>A part is a parameter such as <c>?name</c>, kept as written: the column is not known before it is bound.</summary>
    public bool HasParameter { get; init; }

    /// <summary>The name with its wildcards as <c>*</c>.</summary>
    public string Text => string.Join('*', Literals);

    public bool HasWildcard => Literals.Count > 1;

    /// <summary>The name as a query writes it, parts in backquotes where they need them.</summary>
    public string ToAtom()
    {
        var text = new StringBuilder();
        for (var i = 0; i < Literals.Count; i++)
        {
            if (i > 0)
                text.Append('*');
            WriteLiteral(text, Literals[i], afterWildcard: i > 0, beforeWildcard: i + 1 < Literals.Count);
        }

        return text.ToString();
    }

    public static EsqlName FromAtom(string atom)
    {
        var builder = new Builder();
        builder.Add(atom);
        return builder.ToName(default);
    }

    void WriteLiteral(StringBuilder text, string literal, bool afterWildcard, bool beforeWildcard)
    {
        var parts = literal.Split('.');
        for (var i = 0; i < parts.Length; i++)
        {
            var touchesBefore = afterWildcard && i == 0;
            var touchesAfter = beforeWildcard && i == parts.Length - 1;
            // An empty part has no spelling, so the dots beside it go into the quotes.
            if (parts[i].Length == 0 && !touchesBefore && !touchesAfter)
            {
                Quote(text, literal);
                return;
            }
        }

        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                text.Append('.');
            if (IsPlain(parts[i], afterWildcard && i == 0, beforeWildcard && i == parts.Length - 1) || (HasParameter && parts[i].StartsWith('?')))
                text.Append(parts[i]);
            else
                Quote(text, parts[i]);
        }
    }

    static void Quote(StringBuilder text, string part) =>
        text.Append('`').Append(part.Replace("`", "``", StringComparison.Ordinal)).Append('`');

    static bool IsPlain(string part, bool afterWildcard, bool beforeWildcard)
    {
        foreach (var c in afterWildcard ? part : part.Length > 0 ? part[1..] : "")
        {
            if (!EsqlLexer.IsNameBody(c))
                return false;
        }

        if (afterWildcard)
            return true;
        if (part.Length == 0)
            return beforeWildcard;
        return (char.IsAsciiLetter(part[0]) || (part[0] is '_' or '@' && (part.Length > 1 || beforeWildcard)))
            && (beforeWildcard || !EsqlWords.IsReserved(part));
    }

    /// <summary>Collects the pieces of a name from the tokens that spell it.</summary>
    internal sealed class Builder
    {
        readonly ImmutableArray<string>.Builder _literals = ImmutableArray.CreateBuilder<string>();
        readonly StringBuilder _literal = new();
        bool _hasParameter;

        /// <summary>Adds a stretch of words, backquoted parts, dots, wildcards and parameters.</summary>
        public void Add(ReadOnlySpan<char> text)
        {
            for (var i = 0; i < text.Length; i++)
            {
                switch (text[i])
                {
                    case '`':
                        i = AddQuoted(text, i + 1);
                        break;
                    case '*':
                        _literals.Add(_literal.ToString());
                        _literal.Clear();
                        break;
                    default:
                        _hasParameter |= text[i] == '?';
                        _literal.Append(text[i]);
                        break;
                }
            }
        }

        // Answers the offset of the closing quote; two quotes inside are one.
        int AddQuoted(ReadOnlySpan<char> text, int at)
        {
            while (at < text.Length)
            {
                if (text[at] == '`')
                {
                    if (at + 1 >= text.Length || text[at + 1] != '`')
                        break;
                    at++;
                }

                _literal.Append(text[at++]);
            }

            return at;
        }

        public EsqlName ToName(SourceSpan span) =>
            new([.. _literals, _literal.ToString()]) { Span = span, HasParameter = _hasParameter };
    }
}
