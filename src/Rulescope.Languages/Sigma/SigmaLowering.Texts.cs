using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaLowering
{
    // Text values: the defaults of the language, and how the place modifiers turn patterns into tests.
    sealed partial class Searches
    {
        // Missing, null and values of no text form (objects) are false by the defaults of the algebra; a list needs one fitting element.
        static readonly Semantics Folded = new() { Fold = new Folding.UnicodeSimple(), Coerce = new Coercion.ByText() };

        static readonly Semantics Ordinal = new() { Fold = new Folding.Ordinal(), Coerce = new Coercion.ByText() };

        // What is no number is not ordered: the cast gives null, and null is false.
        static readonly Semantics Ordered = new() { Fold = new Folding.Ordinal(), Coerce = new Coercion.CastOrNull() };

        static Semantics Plain(SigmaField field) => field.Has(SigmaModifierKind.Cased) ? Ordinal : Folded;

        // In a list this long every further text counts.
        const int LongList = 500;

        IEnumerable<SigmaVariant> Variants(SigmaField field, SigmaValue value, int listed)
        {
            var expansion = new SigmaExpansion(value, listed > LongList ? 1 : SigmaExpansion.MaxDashes);
            foreach (var modifier in field.Modifiers)
                expansion.Apply(modifier.Kind);
            if (expansion.DashesTogether)
                findings?.Add(Diagnostic.At(value.Span, SigmaCodes.DashesTogether, SigmaValues.Display(value)));
            return expansion.Variants;
        }

        // Keywords stand anywhere in any text of the event.
        static Match Place(SigmaField field) =>
            field.Has(SigmaModifierKind.StartsWith) ? new Match.Prefix()
            : field.Has(SigmaModifierKind.EndsWith) ? new Match.Suffix()
            : field.Has(SigmaModifierKind.Contains) || field.Name is null ? new Match.Contains()
            : new Match.Exact();

        static Member Text(SigmaField field, SigmaVariant variant, bool globbed)
        {
            var semantics = variant.IsEncoded ? Ordinal : Plain(field);
            var place = Place(field);
            if (place is Match.Exact)
            {
                return globbed
                    ? new(new Match.Glob(GlobSyntax.Sigma), semantics) { Operand = Text(variant.Pattern.Write(), variant.Span), Span = variant.Span }
                    : new(place, semantics) { Operand = new Expression.Constant(Constant(variant)) { Span = variant.Span }, Span = variant.Span };
            }

            var (start, end) = (place is not Match.Prefix, place is not Match.Suffix);
            var inner = variant.Pattern.Trim(start, end);
            // A pattern of wildcards alone asks for a value, and an empty text would not say so.
            var simple = !inner.HasWildcard && (inner.Marked.Length > 0 || variant.Pattern.Marked.Length == 0);
            return simple
                ? new(place, semantics) { Operand = Text(inner.Literal, variant.Span) with { Spelling = SpellingOf(variant) }, Span = variant.Span }
                : new(new Match.Glob(GlobSyntax.Sigma), semantics) { Operand = Text(variant.Pattern.Open(start, end).Write(), variant.Span), Span = variant.Span };
        }

        // With another dash a text is still the one that stands in the rule; encoded it is another one.
        static string? SpellingOf(SigmaVariant variant) => variant is { IsChanged: true, IsEncoded: false } ? SigmaValues.Display(variant.Source) : null;

        // A number stays one where its text is not lost by that: 10.0 would become 10.
        static Literal Constant(SigmaVariant variant)
        {
            if (!variant.IsChanged && variant.Source is SigmaValue.Boolean flag)
                return new Literal.Boolean(flag.Value);
            if (!variant.IsChanged && variant.Source is SigmaValue.Number number)
            {
                if (long.TryParse(number.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                    return new Literal.Integer(whole);
                if (double.TryParse(number.Digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && new Literal.Real(real) is var literal
                    && string.Equals(literal.Display, number.Digits, StringComparison.Ordinal))
                    return literal;
            }

            return new Literal.String(variant.Pattern.Literal);
        }
    }
}
