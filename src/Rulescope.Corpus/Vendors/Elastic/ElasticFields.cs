using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Toml;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>Fields and tests as the keys of a rule name them, outside its query.</summary>
static class ElasticFields
{
    /// <summary>Elasticsearch's tests on a document: false where there is no value, true when one of several fits; the mapping decides how a literal compares.</summary>
    public static Semantics Semantics { get; } = new() { Coerce = new Coercion.ByMapping("keyword") };

    /// <summary>A field by its dotted name, which documents have flat or nested.</summary>
    public static Expression.Ref Ref(string name) =>
        new(new Reference.Field(FieldPath.OfDotted(name)) { Lookup = KeyLookup.DottedFirst, Vocabulary = "ecs" });

    /// <summary>A field named by a value of the file.</summary>
    public static Expression.Ref Ref(TomlValue.String name)
    {
        var field = Ref(name.Text.Trim());
        return field with { Span = name.Span, Target = field.Target with { Span = name.Span } };
    }

    /// <summary>A computed column is at least so much.</summary>
    public static Predicate AtLeast(string column, TomlValue.Integer least) => new Predicate.Test(
        new Expression.Ref(new Reference.Column(column)),
        new Match.Order(OrderRelation.GreaterOrEqual),
        [new Expression.Constant(new Literal.Integer(least.Value)) { Span = least.Span }],
        new Semantics())
    { Span = least.Span };
}
