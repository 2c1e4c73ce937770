using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

/// <summary>Gives kuery its meaning: two-valued tests, false where there is no value, true when one of several values fits.</summary>
/// <remarks>Source: Kibana's kbn-es-query (9.x). Fields are keywords, which compare exactly, but for those that ECS maps as text or address.</remarks>
public static partial class KueryLowering
{
    /// <summary>The condition of a query. Never throws; what has no meaning is an unsupported leaf with a finding.</summary>
    public static Parsed<Predicate> Lower(KuerySyntax query)
    {
        var lowering = new Queries();
        var condition = lowering.Query(query);
        return new(condition, lowering.Findings);
    }

    /// <summary>The query over the events of a source.</summary>
    public static Parsed<RuleQuery> Lower(KuerySyntax query, LogSource source)
    {
        var condition = Lower(query);
        return new(RuleQuery.Of(source, condition.Value), condition.Diagnostics);
    }

    sealed partial class Queries
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

        // Inside "f: { ... }": the name of the element, and of the field it belongs to.
        string? _element;
        string _prefix = "";
        int _elements;

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        public Predicate Query(KuerySyntax query) => query switch
        {
            KuerySyntax.Everything => new Predicate.Constant(Truth.True) { Span = query.Span },
            KuerySyntax.And and => Terms.All([.. and.Terms.Select(Query)], and.Span),
            KuerySyntax.Or or => Terms.Any([.. or.Terms.Select(Query)], or.Span),
            KuerySyntax.Not not => new Predicate.Not(Query(not.Operand)) { Span = not.Span },
            KuerySyntax.Is { Field: KueryValue.Pattern { Parts: ["", ""] }, Term: KueryTerm.One { Value: KueryValue.Pattern { Parts: ["", ""] } } } =>
                new Predicate.Constant(Truth.True) { Span = query.Span },
            KuerySyntax.Anywhere { Value: KueryValue.Pattern { Parts: ["", ""] } } => new Predicate.Constant(Truth.True) { Span = query.Span },
            KuerySyntax.Is @is => Term(@is.Field, @is.Term, @is.Span),
            KuerySyntax.Range range => Range(range),
            KuerySyntax.Nested nested => Nested(nested),
            KuerySyntax.Anywhere anywhere => AnyOf(null, [anywhere.Value], anywhere.Span),
            KuerySyntax.Unsupported unread => new Predicate.Unsupported(unread.SourceText) { Span = unread.Span },
            _ => throw new UnreachableException(query.GetType().Name),
        };

        // f: (a and b) is f: a and f: b; the values of an "or" are one list.
        Predicate Term(KueryValue field, KueryTerm term, SourceSpan span)
        {
            switch (term)
            {
                case KueryTerm.One one:
                    return AnyOf(field, [one.Value], span);
                case KueryTerm.And and:
                    return Terms.All([.. and.Terms.Select(t => Term(field, t, t.Span))], span);
                case KueryTerm.Not not:
                    return new Predicate.Not(Term(field, not.Operand, not.Operand.Span)) { Span = span };
                case KueryTerm.Unsupported unread:
                    return new Predicate.Unsupported(unread.SourceText) { Span = unread.Span };
                case KueryTerm.Or or:
                    var members = Members(or).ToList();
                    var terms = members.Where(m => m is not KueryTerm.One).Select(m => Term(field, m, m.Span)).ToList();
                    ImmutableArray<KueryValue> values = [.. members.OfType<KueryTerm.One>().Select(m => m.Value)];
                    if (!values.IsEmpty)
                        terms.Insert(0, AnyOf(field, values, span));
                    return Terms.Any(terms, span);
                default:
                    throw new UnreachableException(term.GetType().Name);
            }
        }

        static IEnumerable<KueryTerm> Members(KueryTerm term) => term is KueryTerm.Or or ? or.Terms.SelectMany(Members) : [term];

        Predicate Range(KuerySyntax.Range range)
        {
            var text = TextOf(range.Bound);
            if (text is null)
                return NoMeaning(range.Bound, range.Span);
            var (bound, kind) = IndexFields.Bound(text, range.Bound.Span, Dialect.Kuery);
            var relation = range.Op switch
            {
                KueryComparison.Less => OrderRelation.Less,
                KueryComparison.LessOrEqual => OrderRelation.LessOrEqual,
                KueryComparison.Greater => OrderRelation.Greater,
                KueryComparison.GreaterOrEqual => OrderRelation.GreaterOrEqual,
                _ => throw new UnreachableException(range.Op.ToString()),
            };
            return new Predicate.Test(Subject(range.Field), new Match.Order(relation) { Kind = kind }, [bound], IndexFields.Keyword) { Span = range.Span };
        }

        // One and the same element meets all of it.
        Predicate.Some Nested(KuerySyntax.Nested nested)
        {
            var (element, prefix) = (_element, _prefix);
            var collection = Subject(nested.Field);
            _prefix += NameOf(nested.Field) + ".";
            var name = string.Create(CultureInfo.InvariantCulture, $"element{++_elements}");
            _element = name;
            var body = Query(nested.Query);
            (_element, _prefix) = (element, prefix);
            return new(collection, name, body) { Span = nested.Span };
        }

        Expression.Ref Subject(KueryValue field)
        {
            var name = NameOf(field);
            if (field is KueryValue.Pattern)
                return IndexFields.RefPattern(_prefix + name, field.Span);
            return _element is null
                ? IndexFields.Ref(name, field.Span)
                : new(new Reference.LoopVariable(_element) { Path = FieldPath.OfDotted(name), Span = field.Span }) { Span = field.Span };
        }

        static string NameOf(KueryValue field) => field is KueryValue.Pattern pattern ? string.Join('*', pattern.Parts) : TextOf(field) ?? "null";

        Predicate.Unsupported NoMeaning(KueryValue value, SourceSpan span)
        {
            var text = value is KueryValue.Pattern pattern ? string.Join('*', pattern.Parts) : "null";
            _findings.Add(Diagnostic.At(value.Span, KueryCodes.NoMeaning, text));
            return new(text) { Span = span };
        }
    }
}
