using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Splunk;

/// <summary>The lookup tables that a source describes in <c>lookups/NAME.yml</c>, by their names and by the files that hold them.</summary>
sealed class SplunkLookups
{
    // A command of its own with a table of Splunk's.
    const string GeoTable = "iplocation";

    readonly FrozenSet<string> _names;

    SplunkLookups(IEnumerable<string> names) => _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsLookupFile(string path) => path.Split('/').SkipLast(1).Contains("lookups", StringComparer.Ordinal);

    public static SplunkLookups Of(SourceContext context) => new(
        from companion in context.Companions
        where IsLookupFile(companion.Path)
        from document in YamlReader.Read(companion.Source.Text).Value
        let lookup = document.Root as YamlNode.Mapping
        where lookup is not null
        from key in (string[])["name", "filename", "collection"]
        let name = (lookup[key] as YamlNode.Scalar)?.Value
        where !string.IsNullOrEmpty(name)
        select name);

    /// <summary>A finding for each table that a query reads and the source does not describe, once; none where it describes no table at all.</summary>
    public ImmutableArray<Diagnostic> Missing(RuleQuery query)
    {
        if (_names.Count == 0)
            return [];
        var tables = new Tables();
        tables.Rewrite(query);
        return
        [
            .. tables.Named.OrderBy(t => t.Span.Start).DistinctBy(t => t.Name, StringComparer.OrdinalIgnoreCase).Where(t => t.Name != GeoTable && !_names.Contains(t.Name))
                .Select(t => Diagnostic.At(t.Span, SplunkCodes.LookupNotShipped, t.Name)),
        ];
    }

    /// <summary>Walks a query and keeps the tables it names.</summary>
    sealed class Tables : PlanRewriter
    {
        public List<(string Name, SourceSpan Span)> Named { get; } = [];

        public override Plan Rewrite(Plan plan)
        {
            if (plan is Plan.Lookup lookup)
                Named.Add((lookup.Table, lookup.Span));
            else if (plan is Plan.Source { LogSource: var source } && source["lookup"] is { } table)
                Named.Add((table, plan.Span));
            return base.Rewrite(plan);
        }
    }
}
