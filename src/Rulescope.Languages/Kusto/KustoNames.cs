using System.Collections.Frozen;
using System.Globalization;

namespace Rulescope.Languages.Kusto;

/// <summary>The names that columns have where none is written: <c>count_</c>, <c>dcount_X</c>, <c>a_b</c> for <c>a.b</c>.</summary>
/// <remarks>Asked of Microsoft's parser, version 11.5.3, function by function.</remarks>
static class KustoNames
{
    // Functions whose result is named like their first argument.
    static readonly FrozenSet<string> FirstArgument = FrozenSet.Create(
        StringComparer.Ordinal,
        "split", "tostring", "tohex", "todynamic", "toobject", "tolong", "toint", "toreal", "todouble", "todatetime", "totimespan", "totime", "tobool", "toboolean",
        "todecimal", "toguid", "parse_csv", "parsejson", "parse_json", "parse_xml", "format_datetime", "format_timespan", "startofday", "bin", "floor", "bin_at",
        "bin_auto", "binary_and", "binary_or", "binary_xor", "binary_not", "binary_shift_right", "binary_shift_left", "bitset_count_ones", "series_fir",
        "series_outliers", "series_iir", "series_fill_backward", "series_fill_forward", "series_fill_const", "series_fill_linear", "round", "ceiling", "pow", "sqrt",
        "log", "log2", "log10", "exp", "exp2", "exp10", "cos", "sin", "tan", "acos", "asin", "atan", "atan2", "abs", "rand", "gamma", "loggamma", "erf", "erfc",
        "format_bytes", "take_any", "take_anyif", "binary_all_or", "binary_all_and", "binary_all_xor");

    // Aggregates that are named otherwise than by their own name and the argument.
    static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["makelist"] = "list",
        ["make_list"] = "list",
        ["make_list_if"] = "list",
        ["make_list_with_nulls"] = "list",
        ["makeset"] = "set",
        ["make_set"] = "set",
        ["make_set_if"] = "set",
        ["make_dictionary"] = "dictionary",
        ["make_bag"] = "bag",
        ["make_bag_if"] = "bag",
        ["buildschema"] = "schema",
        ["tdigest_merge"] = "merge_tdigests",
        ["arg_max"] = "max",
        ["arg_min"] = "min",
        ["argmax"] = "max",
        ["argmin"] = "min",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of a column with this value; null where the value has none to give.</summary>
    public static string? Of(KustoExpression value) => value switch
    {
        KustoExpression.Name(var name) => name,
        KustoExpression.Sign(_, var operand) => Of(operand),
        KustoExpression.Path path => Of(path),
        KustoExpression.Call call => Of(call),
        _ => null,
    };

    /// <summary>A name that is not taken, made from this one by a number.</summary>
    /// <param name="taken">The names so far, each with the number that was tried last.</param>
    public static string Unique(string name, Dictionary<string, int> taken)
    {
        var free = name;
        while (!taken.TryAdd(free, 0))
            free = string.Create(CultureInfo.InvariantCulture, $"{name}{++taken[name]}");
        return free;
    }

    static string? Of(KustoExpression.Path path)
    {
        if (Of(path.Root) is not { } name)
            return null;
        var parts = path.Accesses.Select(a => a.Selector switch
        {
            KustoExpression.Name(var key) => key,
            KustoExpression.String(var key, _) => key,
            KustoExpression.Literal(_, var index) => index,
            _ => null,
        }).ToList();
        return parts.Contains(null) ? null : string.Join('_', parts.Prepend(name.TrimStart('$')));
    }

    static string? Of(KustoExpression.Call call)
    {
        var first = call.Arguments.Count > 0 ? Of(call.Arguments[0].Value) : null;
        if (FirstArgument.Contains(call.Callee))
            return first;
        if (call.Callee is "column_ifexists" or "columnifexists")
            return call.Arguments is [{ Value: KustoExpression.String(var named, _) }, ..] ? named : null;
        if (call.Callee is "percentile" && call.Arguments is [_, { Value: KustoExpression.Literal(_, var percent) }, ..])
            return $"percentile_{first}_{percent}";
        return KustoAggregates.IsKnown(call.Callee) ? $"{Prefixes.GetValueOrDefault(call.Callee, call.Callee)}_{first}" : null;
    }
}
