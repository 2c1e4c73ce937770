using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>Gives Lucene query strings their meaning in Elastic's rules: a space is OR, what is not asked for by a required clause only ranks.</summary>
/// <remarks>Source: Elasticsearch's query_string query (9.x) with analyze_wildcard. Fields are keywords but for those that ECS maps otherwise.</remarks>
public static partial class LuceneLowering
{
    /// <summary>The condition of a query. Never throws; what has no model is an unsupported leaf with a finding.</summary>
    public static Parsed<Predicate> Lower(LuceneSyntax query)
    {
        var lowering = new Queries();
        var condition = lowering.Query(query, null);
        return new(condition, lowering.Findings);
    }

    /// <summary>The query over the events of a source.</summary>
    public static Parsed<RuleQuery> Lower(LuceneSyntax query, LogSource source)
    {
        var condition = Lower(query);
        return new(RuleQuery.Of(source, condition.Value), condition.Diagnostics);
    }

    // The name before a colon; null where a query has none.
    sealed record Field(string Name, SourceSpan Span)
    {
        public bool IsPattern => Name.AsSpan().IndexOfAny('*', '?') >= 0;
    }

    sealed partial class Queries
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        public Predicate Query(LuceneSyntax query, Field? field) => query switch
        {
            LuceneSyntax.Group group => Group(group, field),
            LuceneSyntax.Field { Name: "*", Query: LuceneSyntax.Wildcard { Pattern: "*" } } => new Predicate.Constant(Truth.True) { Span = query.Span },
            LuceneSyntax.Field { Name: "_exists_" } exists => Exists(exists),
            LuceneSyntax.Field named => Named(named),
            LuceneSyntax.Wildcard { Pattern: "*" } when field is null => new Predicate.Constant(Truth.True) { Span = query.Span },
            LuceneSyntax.Boosted boosted => Boosted(boosted, field),
            LuceneSyntax.Range range => Range(range, field),
            LuceneSyntax.Term { Fuzziness: not null } fuzzy => Fuzzy(fuzzy),
            LuceneSyntax.Unsupported unread => new Predicate.Unsupported(unread.SourceText) { Span = unread.Span },
            _ => Value(query, field),
        };

        Predicate Named(LuceneSyntax.Field named)
        {
            var query = Query(named.Query, new(named.Name, new(named.Span.Start, Math.Min(named.Name.Length, named.Span.Length))));
            return query is Predicate.Test ? query with { Span = named.Span } : query;
        }

        // A list of clauses has no precedence: each must match, should or must not.
        Predicate Group(LuceneSyntax.Group group, Field? field)
        {
            if (field is { IsPattern: false } && !IndexFields.IsText(field.Name))
                group = group with { Clauses = [.. Joined(group.Clauses)] };
            var occurs = group.Occurs();
            var required = occurs.Contains(LuceneOccur.Must);
            var must = new List<Predicate>();
            var should = new List<Predicate>();
            for (var i = 0; i < occurs.Length; i++)
            {
                var query = group.Clauses[i].Query;
                switch (occurs[i])
                {
                    case LuceneOccur.Must:
                        must.Add(Query(query, field));
                        break;
                    case LuceneOccur.MustNot:
                        must.Add(new Predicate.Not(Query(query, field)) { Span = query.Span });
                        break;
                    case LuceneOccur.Should when required:
                        _findings.Add(Diagnostic.At(query.Span, LuceneCodes.OnlyRanks, LuceneWriter.Write(new LuceneSyntax.Group([new(query)]))));
                        break;
                    case LuceneOccur.Should:
                        should.Add(Query(query, field));
                        break;
                    default:
                        throw new UnreachableException(occurs[i].ToString());
                }
            }

            if (should.Count > 0)
                must.Insert(0, Terms.Any(should, group.Span));
            return Terms.All(must, group.Span);
        }

        // White space is no operator: words beside each other are handed to the field together, and a keyword takes them as one value.
        // A word before AND or OR belongs to that operator (classic parser, MultiTerm).
        static IEnumerable<LuceneSyntax.Clause> Joined(EquatableArray<LuceneSyntax.Clause> clauses)
        {
            for (var i = 0; i < clauses.Count; i++)
            {
                var end = i;
                if (IsBareWord(clauses[i]))
                {
                    while (end + 1 < clauses.Count && IsBareWord(clauses[end + 1]) && (end + 2 == clauses.Count || clauses[end + 2].Joint == LuceneJoint.None))
                        end++;
                }

                yield return end == i ? clauses[i] : new(new LuceneSyntax.Term(string.Join(' ', clauses.Items[i..(end + 1)].Select(c => ((LuceneSyntax.Term)c.Query).Value)))
                {
                    Span = SourceSpan.Cover(clauses[i].Query.Span, clauses[end].Query.Span),
                });
                i = end;
            }
        }

        static bool IsBareWord(LuceneSyntax.Clause clause) =>
            clause is { Joint: LuceneJoint.None, Modifier: LuceneModifier.None, Query: LuceneSyntax.Term { Fuzziness: null } };

        static Predicate Exists(LuceneSyntax.Field exists)
        {
            var name = exists.Query switch
            {
                LuceneSyntax.Term term => term.Value,
                LuceneSyntax.Phrase phrase => phrase.Value,
                LuceneSyntax.Wildcard pattern => pattern.Pattern,
                _ => null,
            };
            return name is null
                ? new Predicate.Unsupported(LuceneWriter.Write(new LuceneSyntax.Group([new(exists)]))) { Span = exists.Span }
                : IndexFields.Exists(Subject(new(name, exists.Query.Span), exists.Span), GlobSyntax.Lucene, exists.Query.Span, exists.Span);
        }

        Predicate Boosted(LuceneSyntax.Boosted boosted, Field? field)
        {
            _findings.Add(Diagnostic.At(boosted.Span, LuceneCodes.BoostIgnored, boosted.Factor));
            return Query(boosted.Query, field);
        }

        Predicate.Unsupported Fuzzy(LuceneSyntax.Term fuzzy)
        {
            var text = LuceneWriter.Write(new LuceneSyntax.Group([new(fuzzy)]));
            _findings.Add(Diagnostic.At(fuzzy.Span, LuceneCodes.NoFuzziness, text));
            return new(text) { Span = fuzzy.Span };
        }

        static Predicate Range(LuceneSyntax.Range range, Field? field)
        {
            var subject = Subject(field, range.Span);
            if ((range.Low, range.High) is (null, null))
                return IndexFields.Exists(subject, GlobSyntax.Lucene, range.Span, range.Span);
            var low = range.Low is null ? default : IndexFields.Bound(range.Low, range.Span, Dialect.Lucene);
            var high = range.High is null ? default : IndexFields.Bound(range.High, range.Span, Dialect.Lucene);
            if (range.Low is not null && range.High is not null)
            {
                var between = new Match.Between
                {
                    Kind = low.Kind == high.Kind ? low.Kind : OrderKind.Auto,
                    IncludesLow = !range.ExcludesLow,
                    IncludesHigh = !range.ExcludesHigh,
                };
                return new Predicate.Test(subject, between, [low.Bound, high.Bound], IndexFields.Keyword) { Span = range.Span };
            }

            var (relation, bound) = range.Low is not null
                ? (range.ExcludesLow ? OrderRelation.Greater : OrderRelation.GreaterOrEqual, low)
                : (range.ExcludesHigh ? OrderRelation.Less : OrderRelation.LessOrEqual, high);
            return new Predicate.Test(subject, new Match.Order(relation) { Kind = bound.Kind }, [bound.Bound], IndexFields.Keyword) { Span = range.Span };
        }

        static Expression.Ref Subject(Field? field, SourceSpan query) =>
            field is null ? IndexFields.AnyField(query)
            : field.IsPattern ? IndexFields.RefPattern(field.Name, field.Span)
            : IndexFields.Ref(field.Name, field.Span);
    }
}
