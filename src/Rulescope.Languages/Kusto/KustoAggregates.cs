using System.Collections.Frozen;

namespace Rulescope.Languages.Kusto;

/// <summary>The aggregates, by their canonical names; one that ends in <c>if</c> counts only the rows of its last argument.</summary>
static class KustoAggregates
{
    static readonly FrozenDictionary<string, (string Name, bool Filtered)> Known = new Dictionary<string, (string, bool)>(StringComparer.Ordinal)
    {
        ["count"] = ("count", false),
        ["cnt"] = ("count", false),
        ["countif"] = ("count", true),
        ["dcount"] = ("dcount", false),
        ["dcountif"] = ("dcount", true),
        ["count_distinct"] = ("dcount", false),
        ["count_distinctif"] = ("dcount", true),
        ["sum"] = ("sum", false),
        ["sumif"] = ("sum", true),
        ["avg"] = ("avg", false),
        ["avgif"] = ("avg", true),
        ["min"] = ("min", false),
        ["minif"] = ("min", true),
        ["max"] = ("max", false),
        ["maxif"] = ("max", true),
        ["make_set"] = ("values", false),
        ["makeset"] = ("values", false),
        ["make_set_if"] = ("values", true),
        ["make_list"] = ("list", false),
        ["makelist"] = ("list", false),
        ["make_list_if"] = ("list", true),
        ["make_list_with_nulls"] = ("list", false),
        ["make_bag"] = ("make_bag", false),
        ["make_bag_if"] = ("make_bag", true),
        ["make_dictionary"] = ("make_bag", false),
        ["take_any"] = ("any", false),
        ["any"] = ("any", false),
        ["take_anyif"] = ("any", true),
        ["anyif"] = ("any", true),
        ["arg_max"] = ("arg_max", false),
        ["argmax"] = ("arg_max", false),
        ["arg_min"] = ("arg_min", false),
        ["argmin"] = ("arg_min", false),
        ["percentile"] = ("percentile", false),
        ["percentiles"] = ("percentiles", false),
        ["percentiles_array"] = ("percentiles_array", false),
        ["percentilew"] = ("percentilew", false),
        ["percentilesw"] = ("percentilesw", false),
        ["stdev"] = ("stdev", false),
        ["stdevif"] = ("stdev", true),
        ["stdevp"] = ("stdevp", false),
        ["variance"] = ("variance", false),
        ["varianceif"] = ("variance", true),
        ["variancep"] = ("variancep", false),
        ["hll"] = ("hll", false),
        ["hll_if"] = ("hll", true),
        ["hll_merge"] = ("hll_merge", false),
        ["tdigest"] = ("tdigest", false),
        ["tdigest_merge"] = ("tdigest_merge", false),
        ["merge_tdigest"] = ("tdigest_merge", false),
        ["buildschema"] = ("buildschema", false),
        ["binary_all_and"] = ("binary_all_and", false),
        ["binary_all_or"] = ("binary_all_or", false),
        ["binary_all_xor"] = ("binary_all_xor", false),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>The canonical name, and whether the last argument is a condition; null for what is no aggregate.</summary>
    public static (string Name, bool Filtered)? Of(string name) => Known.TryGetValue(name, out var found) ? found : null;
}
