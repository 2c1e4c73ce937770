using System.Collections.Frozen;

namespace Rulescope.Languages.Kusto;

/// <summary>The words of the language: case-sensitive, and most of them reserved only in their own place.</summary>
/// <remarks>Which words may stand as names was asked of Microsoft's parser, version 11.5.3, word by word.</remarks>
static class KustoWords
{
    static readonly string[] Free =
    [
        "access", "alias", "bin", "consume", "count", "database", "declare", "default", "distinct", "evaluate", "extend", "facet", "filter",
        "fork", "from", "getschema", "edges", "id", "best_effort", "join", "let", "limit", "lookup", "mvapply", "mvexpand", "nodes", "null",
        "nulls", "on", "optional", "order", "output", "pack", "parse", "__partitionby", "partition", "pattern", "plotly", "graph",
        "query_parameters", "range", "reduce", "regex", "render", "restrict", "scan", "serialize", "sort", "step", "summarize", "take", "top",
        "typeof", "uuid", "view", "with", "bool", "guid",
    ];

    static readonly string[] FreeInDeclarations =
    [
        "accumulate", "as", "by", "contains", "datatable", "earliest", "externaldata", "find", "has", "in", "invoke", "latest", "materialize",
        "mdm", "of", "print", "sample", "sample-distinct", "search", "set", "sql", "title", "to", "toscalar", "totable", "top-nested",
        "top-hitters", "verbose", "viewers", "where",
    ];

    static readonly string[] Reserved =
    [
        "__crossCluster", "__crossDB", "__id", "__isFuzzy", "__noWithSource", "__packedColumn", "__sourceColumnIndex", "3Dchart", "and",
        "anomalychart", "areachart", "asc", "assert-schema", "bagexpansion", "barchart", "between", "bin_legacy", "cachingpolicy", "callout",
        "cancel", "card", "columnchart", "commands-and-queries", "containscs", "contains_cs", "__contextual_datatable", "cycles", "dataexport",
        "datascope", "decodeblocks", "desc", "encodingpolicy", "endswith", "endswith_cs", "entity_group", "__executeAndCache", "expandoutput",
        "extent_tags_retention", "external_data", "first", "flags", "granny-asc", "granny-desc", "graph-match", "graph-merge", "graph-to-table",
        "harddelete", "hardretention", "has_any", "has_all", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs",
        "hint.concurrency", "hint.distribution", "hint.materialized", "hint.num_partitions", "hint.shufflekey", "hint.spread", "hint.remote",
        "hint.strategy", "hint.progressive_top", "hotcache", "in~", "isfuzzy", "force_remote", "journal", "kind", "ladderchart", "last", "like",
        "likecs", "linechart", "macro-expand", "make-graph", "graph-mark-components", "make-series", "matches regex",
        "materialized-view-combine", "materialized-views", "missing", "mv-apply", "mv-expand", "nooptimization", "!between", "notcontains",
        "notcontainscs", "!contains", "!contains_cs", "!endswith", "!endswith_cs", "!has", "!has_cs", "!hasprefix", "!hasprefix_cs",
        "!hassuffix", "!hassuffix_cs", "!in", "!in~", "notlike", "notlikecs", "!startswith", "!startswith_cs", "or", "others", "parse-where",
        "parse-kv", "pathformat", "piechart", "pivotchart", "project", "project-away", "__projectAway", "project-keep", "project-rename",
        "project-reorder", "project-smart", "queries", "query_results", "relaxed", "restricted_view_access", "row_level_security", "rowstore",
        "rowstore_references", "rowstore_sealinfo", "rowstorepolicy", "rowstores", "scatterchart", "seal", "seals", "set-or-append",
        "set-or-replace", "shards", "simple", "softdelete", "softretention", "stackedareachart", "startswith", "startswith_cs", "statistics",
        "storedqueryresultcontainers", "tablepurge", "timechart", "timeline", "timepivot", "treemap", "union", "unrestrictedviewers", "views",
        "with_itemindex", "with_match_id", "with_source", "with_step_name", "withsource", "writeaheadlog", "boolean", "int8", "char", "uint8",
        "byte", "int16", "uint16", "int", "int32", "uint", "uint32", "long", "int64", "ulong", "uint64", "float", "real", "decimal", "double",
        "string", "time", "timespan", "date", "datetime", "uniqueid", "dynamic",

        // Newer than the oracle, documented: without them a table named so would be read where an operator stands.
        "project-by-names", "graph-shortest-paths", "graph-where-nodes", "graph-where-edges", "partitioned-by",
    ];

    static readonly FrozenSet<string> AllSet = FrozenSet.ToFrozenSet([.. Free, .. FreeInDeclarations, .. Reserved], StringComparer.Ordinal);
    static readonly FrozenSet<string> NameSet = Free.ToFrozenSet(StringComparer.Ordinal);
    static readonly FrozenSet<string> DeclarationSet = FrozenSet.ToFrozenSet([.. Free, .. FreeInDeclarations], StringComparer.Ordinal);

    static readonly FrozenSet<string> OperandSet = FrozenSet.ToFrozenSet(["kind", "withsource", "with_source"], StringComparer.Ordinal);

    static readonly FrozenSet<string> TypeSet = FrozenSet.ToFrozenSet(
        [
            "bool", "boolean", "date", "datetime", "decimal", "double", "dynamic", "guid", "int", "int64", "int8", "long", "real", "string",
            "time", "timespan", "uniqueid",
        ],
        StringComparer.Ordinal);

    static readonly FrozenSet<string> ExtendedTypeSet = FrozenSet.ToFrozenSet(
        [.. TypeSet, "float", "int16", "int32", "uint", "uint16", "uint32", "uint64", "uint8", "ulong"], StringComparer.Ordinal);

    static readonly FrozenSet<string> ChartSet = FrozenSet.ToFrozenSet(
        [
            "table", "list", "barchart", "piechart", "ladderchart", "timechart", "linechart", "anomalychart", "pivotchart", "areachart",
            "stackedareachart", "scatterchart", "timepivot", "columnchart", "timeline", "3Dchart", "card", "treemap", "plotly", "graph",
        ],
        StringComparer.Ordinal);

    // Options of operators; each is read before any operator, as Microsoft's parser does.
    static readonly FrozenSet<string> OptionSet = FrozenSet.ToFrozenSet(
        [
            "bagexpansion", "bin_legacy", "__crossCluster", "__crossDB", "decodeblocks", "expandoutput", "hint.concurrency",
            "hint.distribution", "hint.materialized", "hint.num_partitions", "hint.progressive_top", "hint.remote", "hint.shufflekey",
            "hint.spread", "hint.strategy", "__id", "isfuzzy", "__isFuzzy", "kind", "__noWithSource", "__packedColumn", "__sourceColumnIndex",
            "cycles", "with_match_id", "with_itemindex", "withsource", "with_source", "with_step_name", "force_remote",
        ],
        StringComparer.Ordinal);

    /// <summary>Reserved words of more than letters, digits and underscores, under their first part; the longest come first.</summary>
    static readonly FrozenDictionary<string, string[]> Composites = AllSet
        .Where(w => w[0] != '!' && w.AsSpan().ContainsAny("-.~ "))
        .GroupBy(w => w[..w.AsSpan().IndexOfAny("-.~ ")], StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(w => w.Length).ToArray(), StringComparer.Ordinal);

    static readonly string[] Negated = [.. AllSet.Where(w => w[0] == '!').OrderByDescending(w => w.Length)];

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> All = AllSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = NameSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Declarations = DeclarationSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Operands = OperandSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Types = TypeSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ExtendedTypes = ExtendedTypeSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Charts = ChartSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Options = OptionSet.GetAlternateLookup<ReadOnlySpan<char>>();
    static readonly FrozenDictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> Parts = Composites.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsKeyword(ReadOnlySpan<char> word) => All.Contains(word);

    /// <summary>A keyword that may stand wherever a name may.</summary>
    public static bool IsName(ReadOnlySpan<char> word) => Names.Contains(word);

    /// <summary>A keyword that may be declared as a name: left of <c>=</c> or <c>:</c>.</summary>
    public static bool IsDeclarable(ReadOnlySpan<char> word) => Declarations.Contains(word);

    /// <summary>A keyword that may stand as a column in an expression, though not as a name elsewhere.</summary>
    public static bool IsOperand(ReadOnlySpan<char> word) => Operands.Contains(word);

    /// <summary>A type that a column or parameter may be declared with.</summary>
    public static bool IsType(ReadOnlySpan<char> word) => Types.Contains(word);

    /// <summary>A type that <c>typeof</c> takes.</summary>
    public static bool IsExtendedType(ReadOnlySpan<char> word) => ExtendedTypes.Contains(word);

    public static bool IsChart(ReadOnlySpan<char> word) => Charts.Contains(word);

    public static bool IsOption(ReadOnlySpan<char> word) => Options.Contains(word);

    /// <summary>The length of the longest reserved word of several parts that begins the text with this first part; 0 for none.</summary>
    public static int CompositeLength(ReadOnlySpan<char> first, ReadOnlySpan<char> text) =>
        Parts.TryGetValue(first, out var words) ? Longest(words, text) : 0;

    /// <summary>The length of the negated operator, such as <c>!has_cs</c>, that begins the text; 0 for none.</summary>
    public static int NegatedLength(ReadOnlySpan<char> text) => Longest(Negated, text);

    static int Longest(string[] words, ReadOnlySpan<char> text)
    {
        foreach (var word in words)
        {
            if (text.StartsWith(word, StringComparison.Ordinal))
                return word.Length;
        }

        return 0;
    }
}
