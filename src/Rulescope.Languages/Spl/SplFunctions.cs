using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Rulescope.Languages.Spl;

/// <summary>The functions of eval expressions and the aggregates of stats (Splunk Search Reference 9.4).</summary>
static class SplFunctions
{
    static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.Ordinal,
        "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "avg", "bit_and", "bit_or", "bit_not", "bit_xor", "bit_shift_left", "bit_shift_right", "case", "ceil", "ceiling", "cidrmatch",
        "coalesce", "commands", "cos", "cosh", "exact", "exp", "false", "floor", "hypot", "if", "ifnull", "in", "ipmask", "isarray", "isbool", "isdouble", "isint", "ismv", "isnotnull", "isnull", "isnum",
        "isobject", "isstr", "json", "json_append", "json_array", "json_array_to_mv", "json_delete", "json_entries", "json_extend", "json_extract", "json_extract_exact", "json_has_key_exact", "json_keys", "json_object",
        "json_set", "json_set_exact", "json_valid", "len", "like", "ln", "log", "lookup", "lower", "ltrim", "match", "max", "md5", "min", "mvappend", "mvcount", "mvdedup", "mvfilter", "mvfind", "mvindex", "mvjoin", "mvmap",
        "mvrange", "mvsort", "mvzip", "mv_to_json_array", "now", "null", "nullif", "pi", "pow", "printf", "random", "relative_time", "replace", "round", "rtrim", "searchmatch", "sha1", "sha256", "sha512", "sigfig", "sin", "sinh",
        "spath", "split", "sqrt", "strftime", "strptime", "substr", "sum", "tan", "tanh", "time", "tojson", "tonumber", "tostring", "trim", "true", "typeof", "upper", "urldecode", "urlencode", "validate");

    public static bool IsKnown(string function) => Known.Contains(function);

    /// <summary>The algebra's name of an aggregate, with the number that stands in its own name (<c>p95</c>); null for one that is not known.</summary>
    public static (string Function, long? Number)? Aggregate(string function) => function switch
    {
        "c" or "count" => ("count", null),
        "dc" or "distinct_count" or "estdc" => ("dcount", null),
        "avg" or "mean" => ("avg", null),
        "stdev" or "stdevp" or "var" or "varp" or "sum" or "sumsq" or "min" or "max" or "range" or "mode" or "median" or "values" or "list" or "first" or "last" or "earliest" or "latest"
            or "earliest_time" or "latest_time" or "rate" or "rate_avg" or "rate_sum" or "per_second" or "per_minute" or "per_hour" or "per_day" or "sparkline" or "estdc_error" => (function, null),
        _ when Percentile(function) is { } number => ("percentile", number),
        _ => null,
    };

    static readonly ImmutableArray<string> Percentiles = ["exactperc", "upperperc", "perc", "p"];

    static long? Percentile(string function)
    {
        var digits = Percentiles.FirstOrDefault(p => function.StartsWith(p, StringComparison.Ordinal)) is { } prefix ? function[prefix.Length..] : "";
        return long.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 100 ? number : null;
    }
}
