using System.Collections.Frozen;

namespace Rulescope.Languages.Yaral;

/// <summary>YARA-L's functions by name: how many arguments they take, and which of them are tests.</summary>
/// <remarks>Source: Google SecOps' list of YARA-L 2.0 functions and aggregations (2026).</remarks>
static class YaralFunctions
{
    const int Any = 100;

    static readonly FrozenDictionary<string, (int Least, int Most)> Known = new Dictionary<string, (int Least, int Most)>(StringComparer.OrdinalIgnoreCase)
    {
        ["arrays.concat"] = (2, 2),
        ["arrays.contains"] = (2, 2),
        ["arrays.index_to_float"] = (2, 2),
        ["arrays.index_to_int"] = (2, 2),
        ["arrays.index_to_str"] = (2, 2),
        ["arrays.join_string"] = (1, 2),
        ["arrays.length"] = (1, 1),
        ["arrays.max"] = (1, 1),
        ["arrays.min"] = (1, 1),
        ["arrays.size"] = (1, 1),
        ["bytes.to_base64"] = (1, 2),
        ["cast.as_bool"] = (1, 1),
        ["cast.as_float"] = (1, 1),
        ["cast.as_int"] = (1, 1),
        ["cast.as_string"] = (1, 2),
        ["fingerprint"] = (1, 1),
        ["group"] = (1, Any),
        ["hash.fingerprint2011"] = (1, 1),
        ["hash.sha256"] = (1, 1),
        ["if"] = (2, 3),
        ["math.abs"] = (1, 1),
        ["math.ceil"] = (1, 1),
        ["math.floor"] = (1, 1),
        ["math.geo_distance"] = (4, 4),
        ["math.is_increasing"] = (3, 3),
        ["math.log"] = (1, 1),
        ["math.pow"] = (2, 2),
        ["math.random"] = (0, 0),
        ["math.round"] = (1, 2),
        ["math.sqrt"] = (1, 1),
        ["net.ip_in_range_cidr"] = (2, 2),
        ["optimization.sample_rate"] = (2, 3),
        ["re.capture"] = (2, 2),
        ["re.capture_all"] = (2, 2),
        ["re.regex"] = (2, 2),
        ["re.replace"] = (3, 3),
        ["sample_rate"] = (2, 3),
        ["strings.base64_decode"] = (1, 1),
        ["strings.coalesce"] = (1, Any),
        ["strings.concat"] = (1, Any),
        ["strings.contains"] = (2, 2),
        ["strings.count_substrings"] = (2, 2),
        ["strings.ends_with"] = (2, 2),
        ["strings.extract_domain"] = (1, 1),
        ["strings.extract_hostname"] = (1, 1),
        ["strings.from_base64"] = (1, 1),
        ["strings.from_hex"] = (1, 1),
        ["strings.ltrim"] = (1, 2),
        ["strings.reverse"] = (1, 1),
        ["strings.rtrim"] = (1, 2),
        ["strings.split"] = (1, 2),
        ["strings.starts_with"] = (2, 2),
        ["strings.substr"] = (2, 3),
        ["strings.to_lower"] = (1, 1),
        ["strings.to_upper"] = (1, 1),
        ["strings.trim"] = (1, 2),
        ["strings.url_decode"] = (1, 1),
        ["timestamp.as_unix_seconds"] = (1, 2),
        ["timestamp.current_seconds"] = (0, 0),
        ["timestamp.diff"] = (2, 3),
        ["timestamp.get_date"] = (1, 2),
        ["timestamp.get_day_of_week"] = (1, 2),
        ["timestamp.get_hour"] = (1, 2),
        ["timestamp.get_minute"] = (1, 2),
        ["timestamp.get_timestamp"] = (1, 3),
        ["timestamp.get_week"] = (1, 2),
        ["timestamp.now"] = (0, 0),
        ["window.avg"] = (1, 2),
        ["window.first"] = (2, 2),
        ["window.last"] = (2, 2),
        ["window.median"] = (1, 2),
        ["window.mode"] = (1, 1),
        ["window.range"] = (1, 2),
        ["window.stddev"] = (1, 1),
        ["window.variance"] = (1, 2),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // By the algebra's names.
    static readonly FrozenDictionary<string, string> Aggregates = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["array"] = "list",
        ["array_distinct"] = "values",
        ["avg"] = "avg",
        ["count"] = "count",
        ["count_distinct"] = "dcount",
        ["earliest"] = "earliest",
        ["latest"] = "latest",
        ["max"] = "max",
        ["min"] = "min",
        ["stddev"] = "stddev",
        ["sum"] = "sum",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> Tests = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "arrays.contains", "cast.as_bool", "math.is_increasing", "net.ip_in_range_cidr", "optimization.sample_rate", "re.regex", "sample_rate",
        "strings.contains", "strings.ends_with", "strings.starts_with");

    /// <summary>The algebra's name of an aggregation; null for any other function.</summary>
    public static string? Aggregate(string function) => Aggregates.GetValueOrDefault(function);

    /// <summary>True for a function that is true or false.</summary>
    public static bool IsTest(string function) => Tests.Contains(function);

    /// <summary>True where the function exists and takes so many arguments. What <c>metrics.</c> functions take is theirs to say.</summary>
    public static bool Takes(string function, int arguments) =>
        function.StartsWith("metrics.", StringComparison.OrdinalIgnoreCase) || (Known.TryGetValue(function, out var bounds) && arguments >= bounds.Least && arguments <= bounds.Most);

    /// <summary>True where a repeated field is the argument as a whole, so that the event is not copied for it.</summary>
    public static bool TakesWhole(string function) => function.StartsWith("arrays.", StringComparison.OrdinalIgnoreCase) || Aggregates.ContainsKey(function);
}
