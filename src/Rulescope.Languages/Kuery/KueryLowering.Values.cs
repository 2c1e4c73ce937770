using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

public static partial class KueryLowering
{
    // What a field type makes of a value.
    sealed partial class Queries
    {
        // A null field is any field of the event.
        Predicate AnyOf(KueryValue? field, IReadOnlyList<KueryValue> values, SourceSpan span)
        {
            var subject = field is null ? IndexFields.AnyField(values[0].Span) : Subject(field);
            var name = field is null or KueryValue.Pattern ? "" : _prefix + NameOf(field);
            // Any word of any field: the fields of an event are of all types, so what fits one of them is enough.
            var isText = subject.Target is Algebra.Fields.Reference.AnyField || IndexFields.IsText(name);
            var globbed = values.Any(v => v is KueryValue.Pattern && !IsAnything(v));
            var terms = new List<Predicate>();
            var alternatives = new List<Alternative>();
            foreach (var value in values)
            {
                if (IsAnything(value))
                    terms.Add(IndexFields.Exists(subject, GlobSyntax.Kuery, value.Span, span));
                else if (value is KueryValue.Null)
                    terms.Add(NoMeaning(value, span));
                else
                    alternatives.Add(isText ? Analysed(value, name.Length > 0) : Keyword(value, name, globbed));
            }

            if (alternatives.Count > 0)
                terms.Insert(0, Terms.AnyOf(subject, alternatives, span));
            return Terms.Any(terms, span);
        }

        static bool IsAnything(KueryValue value) => value is KueryValue.Pattern pattern && pattern.Parts.All(p => p.Length == 0);

        static Alternative Keyword(KueryValue value, string field, bool globbed)
        {
            if (TextOf(value) is { } text && IndexFields.IsAddress(field) && IndexFields.IsNetwork(text))
                return new(new Match.Cidr(), IndexFields.Keyword, Expression.Text(text) with { Span = value.Span });
            // One wildcard makes the whole list a list of patterns.
            return globbed
                ? new(new Match.Glob(GlobSyntax.Kuery), IndexFields.Keyword, Expression.Text(Pattern(value)) with { Span = value.Span })
                : new(new Match.Exact(), IndexFields.Keyword, Operand(value));
        }

        // In quotes the words stand side by side, without quotes one of them is enough.
        Alternative Analysed(KueryValue value, bool isField)
        {
            switch (value)
            {
                case KueryValue.Pattern when isField:
                    // Patterns meet the words of a text; with open ends they meet at least all texts that have such a word.
                    _findings.Add(Diagnostic.At(value.Span, KueryCodes.PatternOnText, KueryWriter.Write(new KuerySyntax.Anywhere(value))));
                    return new(new Match.Glob(GlobSyntax.Kuery), IndexFields.Text, Expression.Text($"*{Pattern(value)}*") with { Span = value.Span });
                case KueryValue.Pattern:
                    return new(new Match.Glob(GlobSyntax.Kuery), IndexFields.Keyword, Expression.Text(Pattern(value)) with { Span = value.Span });
                case KueryValue.Quoted quoted:
                    return new(IndexFields.Phrase, IndexFields.Text, Expression.Text(quoted.Text) with { Span = value.Span });
                default:
                    return new(IndexFields.AnyToken, IndexFields.Text, Operand(value));
            }
        }

        static Expression.Constant Operand(KueryValue value) => value switch
        {
            KueryValue.Boolean flag => new(new Literal.Boolean(flag.Value)) { Span = value.Span },
            KueryValue.Unquoted unquoted => IndexFields.Plain(unquoted.Text, value.Span),
            _ => Expression.Text(TextOf(value) ?? "") with { Span = value.Span },
        };

        static string? TextOf(KueryValue value) => value switch
        {
            KueryValue.Quoted quoted => quoted.Text,
            KueryValue.Unquoted unquoted => unquoted.Text,
            KueryValue.Boolean flag => flag.Value ? "true" : "false",
            _ => null,
        };

        static string Pattern(KueryValue value) =>
            value is KueryValue.Pattern pattern ? string.Join('*', pattern.Parts.Select(Escaped)) : Escaped(TextOf(value) ?? "");

        static string Escaped(string text) =>
            text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("*", @"\*", StringComparison.Ordinal);
    }
}
