using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaLowering
{
    sealed partial class Searches
    {
        /// <summary>One alternative of an item: an operand and how it is met, a list outside the rule, or a whole predicate.</summary>
        sealed record Member(Match Match, Semantics Semantics)
        {
            public Expression? Operand { get; init; }

            public string? List { get; init; }

            public Predicate? Whole { get; init; }

            public SourceSpan Span { get; init; }
        }

        Predicate Selection(SigmaSelection selection) => selection switch
        {
            SigmaSelection.AllOf { Items.IsEmpty: true } or SigmaSelection.AnyOf { Items.IsEmpty: true } =>
                new Predicate.Unsupported("an empty search") { Span = selection.Span },
            SigmaSelection.AllOf all => Combine.All([.. all.Items.Select(Selection)]) with { Span = all.Span },
            SigmaSelection.AnyOf any => Combine.Any([.. any.Items.Select(Selection)]) with { Span = any.Span },
            SigmaSelection.Item item => Item(item),
            _ => throw new UnreachableException(selection.GetType().Name),
        };

        Predicate Item(SigmaSelection.Item item)
        {
            var field = item.Field;
            if (!SigmaModifiers.IsLegal(field.Modifiers))
                return new Predicate.Unsupported(SigmaWriter.Write(item)) { Span = item.Span };
            if (item.Values.IsEmpty)
                return new Predicate.Constant(Truth.False) { Span = item.Span };
            var written = field.Modifiers.IsEmpty ? null
                : new Written(field.Chain, SourceSpan.Cover(field.Modifiers[0].Span, field.Modifiers[^1].Span));
            var subject = Subject(field);
            EquatableArray<EquatableArray<SigmaValue>> groups = field.Has(SigmaModifierKind.All) ? [.. item.Values.Select(v => new EquatableArray<SigmaValue>([v]))] : [item.Values];
            var terms = groups.Select(g => AnyOf(subject, Members(item, g), item.Span, written));
            if (field.Has(SigmaModifierKind.NotEqual))
                terms = terms.Select(Predicate (t) => new Predicate.Not(t) { Span = item.Span, Written = written is null ? null : written with { Negated = true } });
            var combined = Combine.All([.. terms]);
            return combined is Predicate.And ? combined with { Span = item.Span, Written = written } : combined with { Span = item.Span };
        }

        // Members that are met in one way are one test, in the order of their first ones.
        static Predicate AnyOf(Expression subject, IReadOnlyList<Member> members, SourceSpan span, Written? written)
        {
            var terms = new List<Predicate>();
            foreach (var group in members.GroupBy(m => m.Whole is not null || m.List is not null ? (object)m : (m.Match, m.Semantics)))
            {
                var first = group.First();
                var operands = group.Select(m => m.Operand).OfType<Expression>().ToEquatableArray();
                Predicate term = first.Whole
                    ?? (first.List is { } list ? new Predicate.InSet(subject, new ValueSet.Named(list) { Span = first.Span }, first.Match, first.Semantics)
                    : operands.Count == 1 ? new Predicate.Test(subject, first.Match, operands, first.Semantics)
                    : new Predicate.InSet(subject, new ValueSet.List(operands), first.Match, first.Semantics));
                terms.Add(term with { Span = group.Count() == 1 ? first.Span : span, Written = written });
            }

            var any = Combine.Any(terms);
            return any is Predicate.Or ? any with { Written = written } : any;
        }

        Expression Subject(SigmaField field)
        {
            Expression subject = field.Name is { } name ? Field(name, field.Span) : new Expression.Ref(new Reference.AnyField { Span = field.Span }) { Span = field.Span };
            var part = field.Modifiers.FirstOrDefault(m => m.Kind is >= SigmaModifierKind.Minute and <= SigmaModifierKind.Year);
            return part is null ? subject : new Expression.Call(part.Name, [subject], Dialect.Sigma) { Span = field.Span };
        }

        Expression.Ref Field(string name, SourceSpan span) => new(new Reference.Field(FieldPath.OfDotted(name))
        {
            // A name with dots may be one key or a way through objects; without dots the two are the same.
            Lookup = name.Contains('.', StringComparison.Ordinal) ? KeyLookup.DottedFirst : KeyLookup.Exact,
            Vocabulary = _vocabulary,
            Span = span,
        })
        { Span = span };

        List<Member> Members(SigmaSelection.Item item, EquatableArray<SigmaValue> values)
        {
            var members = new List<Member>();
            var texts = new List<SigmaVariant>();
            foreach (var value in values)
            {
                if (Special(item, value) is { } special)
                    members.Add(special);
                else
                    texts.AddRange(Variants(item.Field, value, item.Values.Count));
            }

            // Under plain equality one wildcard makes the whole list a list of patterns.
            var globbed = texts.Any(t => t.Pattern.HasWildcard);
            members.AddRange(texts.Select(t => Text(item.Field, t, globbed)));
            return members;
        }

        // Everything that is not text to compare with; null for text.
        Member? Special(SigmaSelection.Item item, SigmaValue value)
        {
            var field = item.Field;
            var plain = new Member(new Match.Exact(), Plain(field)) { Span = value.Span };
            if (SigmaValueChecks.Find(field, value) is { Code.Severity: Severity.Error })
                return plain with { Whole = new Predicate.Unsupported(SigmaWriter.Write(item with { Values = [value] })) };
            var subject = Subject(field);
            if (field.Has(SigmaModifierKind.Exists))
            {
                Predicate missing = new Predicate.Absent(subject, Absence.Missing) { Span = value.Span };
                return plain with { Whole = value is SigmaValue.Boolean { Value: true } ? new Predicate.Not(missing) : missing };
            }

            if (value is SigmaValue.Null)
                return plain with { Whole = new Predicate.Absent(subject, Absence.Missing | Absence.Null) };
            if (field.Has(SigmaModifierKind.Expand) && SigmaPlaceholder.Split(SigmaValues.Display(value)) is var pieces && pieces.Any(p => p.IsPlaceholder))
                return Placeholder(item, value, pieces);
            var written = SigmaValues.Display(value);
            var order = field.Modifiers.FirstOrDefault(m => m.Kind is >= SigmaModifierKind.Less and <= SigmaModifierKind.GreaterOrEqual);
            if (order is not null)
                return new(new Match.Order(Relation(order.Kind)) { Kind = OrderKind.Numeric }, Ordered) { Operand = Number(value), Span = value.Span };
            if (field.Modifiers.Any(m => m.Kind is >= SigmaModifierKind.Minute and <= SigmaModifierKind.Year))
                return plain with { Operand = Number(value) };
            if (field.Has(SigmaModifierKind.FieldReference))
                return plain with { Match = Place(field), Operand = Field(written, value.Span) };
            if (field.Has(SigmaModifierKind.Cidr))
                return plain with { Match = new Match.Cidr(), Operand = Text(written, value.Span) };
            return field.Has(SigmaModifierKind.Regex) ? new(Regex(field), Ordinal) { Operand = Text(written, value.Span), Span = value.Span } : null;
        }

        // A list of values that the environment supplies; with text around the name the values are put together first.
        Member Placeholder(SigmaSelection.Item item, SigmaValue value, IReadOnlyList<SigmaPlaceholder> pieces)
        {
            var field = item.Field;
            var regex = field.Has(SigmaModifierKind.Regex);
            var match = regex ? Regex(field) : field.Has(SigmaModifierKind.Cidr) ? new Match.Cidr() : Place(field);
            var member = new Member(match, regex ? Ordinal : Plain(field)) { Span = value.Span };
            if (pieces is [var only])
                return member with { List = only.Text };
            var texts = pieces.Where(p => !p.IsPlaceholder).Select(p => SigmaPattern.Parse(p.Text)).ToList();
            if (!regex && (field.Has(SigmaModifierKind.Windash) || texts.Any(t => t.HasWildcard)))
                return member with { Whole = NoMeaning("a placeholder beside wildcards or exchanged dashes", SigmaWriter.Write(item with { Values = [value] }), value.Span) };
            var parts = pieces.Select(Expression (p) => p.IsPlaceholder ? new Expression.Ref(new Reference.Parameter(p.Text))
                : Expression.Text(regex ? p.Text : SigmaPattern.Parse(p.Text).Literal));
            return member with { Operand = new Expression.Call("concat", [.. parts], Dialect.Sigma) { Span = value.Span } };
        }

        static Match.Regex Regex(SigmaField field) => new(RegexDialect.Pcre)
        {
            Flags = string.Concat(
                field.Has(SigmaModifierKind.IgnoreCase) ? "i" : "",
                field.Has(SigmaModifierKind.MultiLine) ? "m" : "",
                field.Has(SigmaModifierKind.DotAll) ? "s" : ""),
        };

        static Expression.Constant Text(string text, SourceSpan span) => Expression.Text(text) with { Span = span };

        static Expression.Constant Number(SigmaValue value)
        {
            var written = SigmaValues.Display(value);
            Literal literal = long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? new Literal.Integer(whole)
                : new Literal.Real(SigmaValues.Number(value) ?? 0);
            return new(literal) { Span = value.Span };
        }

        static OrderRelation Relation(SigmaModifierKind kind) => kind switch
        {
            SigmaModifierKind.Less => OrderRelation.Less,
            SigmaModifierKind.LessOrEqual => OrderRelation.LessOrEqual,
            SigmaModifierKind.Greater => OrderRelation.Greater,
            _ => OrderRelation.GreaterOrEqual,
        };
    }
}
