using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Catalog.Search;

/// <summary>What can be wrong with a search.</summary>
public static class SearchCodes
{
    public static readonly DiagnosticCode UnknownKey = new("SEA0101", Severity.Error, "found '{0}:' where one of author, data, domain, event, field, kind, language, level, logsource, op, platform, read, status, technique, value, vendor was expected; put the word in quotes to look for it as text");
    public static readonly DiagnosticCode EmptyValue = new("SEA0102", Severity.Error, "found nothing behind '{0}:' where a value was expected");
    public static readonly DiagnosticCode OpenQuote = new("SEA0103", Severity.Error, "found no end of the quote that opens here");
    public static readonly DiagnosticCode TooLong = new("SEA0104", Severity.Error, "a search is at most {0} characters");
}

/// <summary>A search taken apart: words to look for and what the rules must be (SPEC E03).</summary>
/// <param name="Words">Free text; every word must occur, a quoted one as a phrase.</param>
/// <param name="Terms">Keyed terms, all of which must hold.</param>
public sealed record SearchQuery(ImmutableArray<string> Words, ImmutableArray<SearchQuery.Term> Terms)
{
    const int MaxLength = 2_000;

    static readonly FrozenSet<string> KnownKeys = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "field", "op", "value", "vendor", "technique", "level", "status", "platform", "domain", "language", "kind", "author", "data", "event", "logsource", "read");

    /// <summary>A keyed term such as <c>vendor:sigma</c>; the key is lower-cased.</summary>
    public sealed record Term(string Key, string Value, SourceSpan Span);

    /// <summary>Finds every live rule.</summary>
    public static SearchQuery Everything { get; } = new([], []);

    /// <summary>The keys a search may use, in alphabetical order.</summary>
    public static ImmutableArray<string> Keys { get; } = [.. KnownKeys.Order(StringComparer.Ordinal)];

    /// <summary>The values under a key.</summary>
    public IEnumerable<string> Of(string key) => Terms.Where(t => t.Key == key).Select(t => t.Value);

    /// <summary>Takes a search apart; findings point into the text. Never throws.</summary>
    public static Parsed<SearchQuery> Parse(string text)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        if (text.Length > MaxLength)
        {
            findings.Add(Diagnostic.At(new(MaxLength, text.Length - MaxLength), SearchCodes.TooLong, MaxLength));
            text = text[..MaxLength];
        }

        var words = ImmutableArray.CreateBuilder<string>();
        var terms = ImmutableArray.CreateBuilder<Term>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            var key = Key(text, ref at);
            var value = Value(text, ref at, findings);
            var span = SourceSpan.FromBounds(start, at);
            if (key is null && value.Length > 0)
                words.Add(value);
            else if (key is not null && !KnownKeys.Contains(key))
                findings.Add(Diagnostic.At(new(start, key.Length), SearchCodes.UnknownKey, key));
            else if (key is not null && value.Length == 0)
                findings.Add(Diagnostic.At(span, SearchCodes.EmptyValue, key));
            else if (key is not null)
                terms.Add(new(key.ToLowerInvariant(), value, span));
        }

        return new(new(words.ToImmutable(), terms.ToImmutable()), findings.ToImmutable());
    }

    // A key is letters and a colon; C:\Windows or a URL is a word.
    static string? Key(string text, ref int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        if (end - at < 2 || end == text.Length || text[end] != ':' || (end + 1 < text.Length && text[end + 1] is '/' or '\\'))
            return null;
        var key = text[at..end];
        at = end + 1;
        return key;
    }

    static string Value(string text, ref int at, ImmutableArray<Diagnostic>.Builder findings)
    {
        if (at < text.Length && text[at] == '"')
        {
            var open = at;
            var close = text.IndexOf('"', at + 1);
            at = close < 0 ? text.Length : close + 1;
            if (close < 0)
                findings.Add(Diagnostic.At(new(open, 1), SearchCodes.OpenQuote));
            return text[(open + 1)..(close < 0 ? text.Length : close)];
        }

        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
            at++;
        return text[start..at];
    }
}
