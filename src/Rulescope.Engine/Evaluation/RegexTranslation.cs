using System.Text.RegularExpressions;
using Rulescope.Algebra.Predicates;
using Match = Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Engine.Evaluation;

/// <summary>A rule's regular expression in .NET's terms, or why there is none.</summary>
/// <param name="Regex">Runs in time linear in the text where .NET can, otherwise at most a second; null when not translated.</param>
/// <param name="Problem">What stands in the way; null when translated.</param>
public sealed record TranslatedRegex(Regex? Regex, string? Problem);

/// <summary>Turns patterns of the rule languages' dialects into .NET's (SEMANTICS 2.3). Never throws on a pattern.</summary>
public static class RegexTranslation
{
    const int MaxPattern = 32 * 1024;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static TranslatedRegex Translate(string pattern, Match.Regex match, Folding folding)
    {
        if (pattern.Length > MaxPattern)
            return new(null, $"it is longer than {MaxPattern} characters");
        var (text, problem) = match.Dialect == RegexDialect.Lucene ? new LuceneRegex(pattern).Translate() : new PerlRegex(pattern, match).Translate();
        if (text is null)
            return new(null, problem);
        var anchored = match.Anchor switch
        {
            RegexAnchor.Start => $@"\A(?:{text})",
            RegexAnchor.Whole => $@"\A(?:{text})\z",
            RegexAnchor.Term => $@"(?<![\p{{L}}\p{{N}}])(?:{text})(?![\p{{L}}\p{{N}}])",
            _ => text,
        };
        var options = RegexOptions.CultureInvariant;
        if (folding is not Folding.Ordinal || match.Flags.Contains('i', StringComparison.Ordinal))
            options |= RegexOptions.IgnoreCase;
        if (match.Flags.Contains('m', StringComparison.Ordinal))
            options |= RegexOptions.Multiline;
        if (match.Flags.Contains('s', StringComparison.Ordinal) || match.Dialect == RegexDialect.Lucene)
            options |= RegexOptions.Singleline;
        return Build(anchored, options);
    }

    static TranslatedRegex Build(string pattern, RegexOptions options)
    {
        try
        {
            return new(new Regex(pattern, options | RegexOptions.NonBacktracking, Patience), null);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and the like: only the backtracking engine has them.
        }
        catch (ArgumentException problem)
        {
            return new(null, problem.Message);
        }

        try
        {
            return new(new Regex(pattern, options, Patience), null);
        }
        catch (ArgumentException problem)
        {
            return new(null, problem.Message);
        }
    }
}
