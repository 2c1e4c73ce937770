using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>Filters beside a query, in Elasticsearch's Query DSL: <c>{ meta = { negate = true }, query = { wildcard = { ... } } }</c>.</summary>
/// <remarks>Source: the Query DSL pages of Elasticsearch 9.x. What is not modelled stays as an <see cref="Predicate.Unsupported"/> with a finding.</remarks>
sealed class ElasticFilters(string text, Action<Diagnostic> report)
{
    /// <summary>All filters that are not switched off, or null where there are none.</summary>
    public Predicate? Read(IEnumerable<ElasticTable> filters)
    {
        var terms = filters.Select(Filter).OfType<Predicate>().ToImmutableArray();
        return terms.IsEmpty ? null : All(terms);
    }

    Predicate? Filter(ElasticTable filter)
    {
        var meta = filter.Find("meta") as TomlValue.Table;
        if (meta?["disabled"] is TomlValue.Boolean { Value: true })
            return null;
        var written = filter.Find("query") as TomlValue.Table ?? filter.Without("meta", "$state");
        var condition = Query(written);
        return meta?["negate"] is TomlValue.Boolean { Value: true } ? new Predicate.Not(condition) { Span = condition.Span } : condition;
    }

    Predicate Query(TomlValue.Table query)
    {
        if (query.Entries is not [{ Value: TomlValue.Table body } clause])
            return Unknown(string.Join(", ", query.Entries.Select(e => e.Key)), query.Span);
        return clause.Key switch
        {
            "match_all" => new Predicate.Constant(Truth.True) { Span = body.Span },
            "exists" when body["field"] is TomlValue.String field => Exists(field),
            "bool" => Boolean(body),
            "terms" => Terms(body),
            "range" => Range(body),
            "term" or "match_phrase" or "prefix" or "wildcard" => Single(clause.Key, body),
            _ => Unknown(clause.Key, clause.KeySpan),
        };
    }

    Predicate Single(string kind, TomlValue.Table body)
    {
        if (body.Entries is not [var entry])
            return Unknown(kind, body.Span);
        var value = entry.Value as TomlValue.Table is { } detail ? detail["value"] ?? detail["query"] ?? detail[kind] : entry.Value;
        if (Literal(value) is not { } operand)
            return Unknown(kind, entry.Value.Span);
        // Elasticsearch folds ASCII letters only.
        var folds = (entry.Value as TomlValue.Table)?["case_insensitive"] is TomlValue.Boolean { Value: true };
        Match match = kind switch
        {
            "wildcard" => new Match.Glob(GlobSyntax.Lucene),
            "prefix" => new Match.Prefix(),
            _ => new Match.Exact(),
        };
        var semantics = folds ? ElasticFields.Semantics with { Fold = new Folding.Ascii() } : ElasticFields.Semantics;
        return new Predicate.Test(Field(entry), match, [operand], semantics) { Span = SourceSpan.Cover(entry.KeySpan, entry.Value.Span) };
    }

    Predicate Terms(TomlValue.Table body)
    {
        if (body.Entries is not [{ Value: TomlValue.Array list } entry])
            return Unknown("terms", body.Span);
        var members = list.Items.Select(i => Literal(i)).OfType<Expression>().ToImmutableArray();
        return members.Length < list.Items.Count
            ? Unknown("terms", list.Span)
            : new Predicate.InSet(Field(entry), new ValueSet.List(members), new Match.Exact(), ElasticFields.Semantics) { Span = list.Span };
    }

    Predicate Range(TomlValue.Table body)
    {
        if (body.Entries is not [{ Value: TomlValue.Table bounds } entry])
            return Unknown("range", body.Span);
        var terms = ImmutableArray.CreateBuilder<Predicate>();
        foreach (var bound in bounds.Entries)
        {
            OrderRelation? relation = bound.Key switch
            {
                "lt" => OrderRelation.Less,
                "lte" => OrderRelation.LessOrEqual,
                "gt" => OrderRelation.Greater,
                "gte" => OrderRelation.GreaterOrEqual,
                _ => null,
            };
            if (relation is null || Literal(bound.Value) is not { } operand)
                return Unknown("range", bound.KeySpan);
            var order = new Match.Order(relation.Value) { Kind = bound.Value is TomlValue.String ? OrderKind.Auto : OrderKind.Numeric };
            terms.Add(new Predicate.Test(Field(entry), order, [operand], ElasticFields.Semantics) { Span = SourceSpan.Cover(bound.KeySpan, bound.Value.Span) });
        }

        return terms.Count == 0 ? Unknown("range", body.Span) : All(terms.ToImmutable());
    }

    static Predicate.Not Exists(TomlValue.String field) =>
        new(new Predicate.Absent(ElasticFields.Ref(field), Absence.Missing | Absence.Null) { Span = field.Span })
        {
            Span = field.Span,
            // One operator of the rule: it asks for a value and takes nothing out.
            Written = new("exists", field.Span) { Negated = true },
        };

    Predicate Boolean(TomlValue.Table body)
    {
        var terms = ImmutableArray.CreateBuilder<Predicate>();
        var should = ImmutableArray<Predicate>.Empty;
        var hasMust = false;
        foreach (var part in body.Entries)
        {
            switch (part.Key)
            {
                case "must" or "filter":
                    terms.AddRange(Clauses(part));
                    hasMust = true;
                    break;
                case "must_not":
                    terms.AddRange(Clauses(part).Select(c => new Predicate.Not(c) { Span = c.Span }));
                    break;
                case "should":
                    should = Clauses(part);
                    break;
                case "minimum_should_match" or "boost":
                    break;
                default:
                    return Unknown($"bool.{part.Key}", part.KeySpan);
            }
        }

        // Beside a clause that must hold, the others only rank, unless the filter asks for some of them.
        var least = body["minimum_should_match"] is TomlValue.Integer asked ? asked.Value : hasMust || should.IsEmpty ? 0 : 1;
        if (least > 0)
            terms.Add(least == 1 ? Any(should) : new Predicate.AtLeast((int)Math.Min(least, int.MaxValue), should) { Span = body.Span });
        return All(terms.ToImmutable());
    }

    ImmutableArray<Predicate> Clauses(TomlEntry part)
    {
        ImmutableArray<TomlValue> items = part.Value is TomlValue.Array list ? list.Items.Items : [part.Value];
        return [.. items.Select(i => i is TomlValue.Table query ? Query(query) : Unknown(part.Key, i.Span))];
    }

    Predicate.Unsupported Unknown(string name, SourceSpan span)
    {
        report(Diagnostic.At(span, ElasticCodes.UnknownFilter, name));
        return new(new SourceText("", text).Slice(span)) { Span = span };
    }

    static Expression.Ref Field(TomlEntry entry)
    {
        var field = ElasticFields.Ref(entry.Key);
        return field with { Span = entry.KeySpan, Target = field.Target with { Span = entry.KeySpan } };
    }

    static Expression.Constant? Literal(TomlValue? value) => value switch
    {
        TomlValue.String t => Expression.Text(t.Text) with { Span = t.Span },
        TomlValue.Integer i => Expression.Number(i.Value) with { Span = i.Span },
        TomlValue.Float f => new(new Literal.Real(f.Value)) { Span = f.Span },
        TomlValue.Boolean b => new(new Literal.Boolean(b.Value)) { Span = b.Span },
        _ => null,
    };

    static Predicate All(ImmutableArray<Predicate> terms) =>
        terms is [var only] ? only : new Predicate.And(terms) { Span = Cover(terms) };

    static Predicate Any(ImmutableArray<Predicate> terms) =>
        terms is [var only] ? only : new Predicate.Or(terms) { Span = Cover(terms) };

    static SourceSpan Cover(ImmutableArray<Predicate> terms) => terms.IsEmpty ? default : terms.Select(t => t.Span).Aggregate(SourceSpan.Cover);
}
