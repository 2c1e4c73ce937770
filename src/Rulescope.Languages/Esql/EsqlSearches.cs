using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Reads a query string of another language, such as the kuery inside <c>kql("…")</c>; findings and spans count in that string.</summary>
public delegate Parsed<Predicate> EsqlSearch(string text);

/// <summary>What reads the query strings inside an ES|QL query; without a reader such a string is one leaf that is not read.</summary>
public sealed record EsqlSearches
{
    /// <summary>For <c>kql("…")</c>.</summary>
    public EsqlSearch? Kuery { get; init; }

    /// <summary>For <c>qstr("…")</c>.</summary>
    public EsqlSearch? Lucene { get; init; }
}
