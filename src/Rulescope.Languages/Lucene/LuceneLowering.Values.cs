using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

public static partial class LuceneLowering
{
    // Words, phrases, patterns and regular expressions: what a field type makes of them.
    sealed partial class Queries
    {
        Predicate Value(LuceneSyntax value, Field? field)
        {
            var subject = Subject(field, value.Span);
            if (value is LuceneSyntax.Wildcard { Pattern: "*" })
                return IndexFields.Exists(subject, GlobSyntax.Lucene, value.Span, value.Span);
            var isAny = subject.Target is Reference.AnyField;
            var test = isAny || (field is not null && IndexFields.IsText(field.Name)) ? Analysed(value, isAny) : Keyword(value, field);
            return new Predicate.Test(subject, test.Match, [test.Operand], test.Semantics) { Span = value.Span };
        }

        static Alternative Keyword(LuceneSyntax value, Field? field) => value switch
        {
            LuceneSyntax.Term or LuceneSyntax.Phrase when field is not null && IndexFields.IsAddress(field.Name) && IndexFields.IsNetwork(TextOf(value)) =>
                new(new Match.Cidr(), IndexFields.Keyword, Text(value)),
            LuceneSyntax.Term { Value: "true" or "false" } term => new(new Match.Exact(), IndexFields.Keyword, new Expression.Constant(new Literal.Boolean(term.Value == "true")) { Span = term.Span }),
            LuceneSyntax.Term term => new(new Match.Exact(), IndexFields.Keyword, IndexFields.Plain(term.Value, term.Span)),
            LuceneSyntax.Phrase => new(new Match.Exact(), IndexFields.Keyword, Text(value)),
            LuceneSyntax.Wildcard => new(new Match.Glob(GlobSyntax.Lucene), IndexFields.Keyword, Text(value)),
            LuceneSyntax.Regex => new(new Match.Regex(RegexDialect.Lucene) { Anchor = RegexAnchor.Term }, IndexFields.Keyword, Text(value)),
            _ => throw new UnreachableException(value.GetType().Name),
        };

        Alternative Analysed(LuceneSyntax value, bool isAny)
        {
            switch (value)
            {
                case LuceneSyntax.Term:
                    return new(IndexFields.AnyToken, IndexFields.Text, Text(value));
                case LuceneSyntax.Phrase phrase:
                    if (phrase.Slop > 0)
                        _findings.Add(Diagnostic.At(phrase.Span, LuceneCodes.SlopIgnored, LuceneWriter.Write(new LuceneSyntax.Group([new(phrase)]))));
                    return new(IndexFields.Phrase, IndexFields.Text, Text(value));
                case LuceneSyntax.Wildcard pattern when !isAny:
                    // With open ends it meets at least all texts that have such a word.
                    _findings.Add(Diagnostic.At(pattern.Span, LuceneCodes.PatternOnText, pattern.Pattern));
                    return new(new Match.Glob(GlobSyntax.Lucene), IndexFields.Text, Expression.Text($"*{pattern.Pattern}*") with { Span = pattern.Span });
                case LuceneSyntax.Wildcard:
                    return new(new Match.Glob(GlobSyntax.Lucene), IndexFields.Text, Text(value));
                case LuceneSyntax.Regex:
                    return new(new Match.Regex(RegexDialect.Lucene) { Anchor = RegexAnchor.Term }, IndexFields.Text, Text(value));
                default:
                    throw new UnreachableException(value.GetType().Name);
            }
        }

        static Expression.Constant Text(LuceneSyntax value) => Expression.Text(TextOf(value)) with { Span = value.Span };

        static string TextOf(LuceneSyntax value) => value switch
        {
            LuceneSyntax.Term term => term.Value,
            LuceneSyntax.Phrase phrase => phrase.Value,
            LuceneSyntax.Wildcard wildcard => wildcard.Pattern,
            LuceneSyntax.Regex regex => regex.Pattern,
            _ => throw new UnreachableException(value.GetType().Name),
        };
    }
}
