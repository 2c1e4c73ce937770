using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Gives searches their meaning: two-valued conditions in the search language, null-propagating ones in <c>where</c> and <c>eval</c>.</summary>
/// <remarks>Never throws. What has no model becomes an <c>Unsupported</c> node with a finding.</remarks>
public static partial class SplLowering
{
    /// <summary>The vendor id in log sources, and the vocabulary of the fields of raw events.</summary>
    public const string Vendor = "splunk";

    /// <summary>The vocabulary of the fields of data models: Splunk's common information model.</summary>
    public const string ModelVocabulary = "cim";

    /// <summary>Searches inside the text of others (<c>map</c>, <c>foreach</c>).</summary>
    const int MaxTexts = 20;

    /// <summary>A whole search.</summary>
    /// <param name="text">The text it was parsed from, macros expanded: unnamed columns and unread parts are named by it.</param>
    /// <param name="macros">For searches that stand as text inside this one.</param>
    /// <param name="source">Where the events come from if the search itself does not say.</param>
    public static Parsed<RuleQuery> Lower(SplPipeline search, string text, SplMacros macros, LogSource source)
    {
        var lowering = new Pipelines(text, macros, source);
        var plan = lowering.Pipeline(search, null);
        return new(new(plan) { Views = lowering.Views }, lowering.Findings);
    }

    sealed partial class Pipelines(string text, SplMacros macros, LogSource source)
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        readonly ImmutableArray<View>.Builder _views = ImmutableArray.CreateBuilder<View>();
        SplColumns _columns = SplColumns.OfEvents;
        int _texts;

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        public ImmutableArray<View> Views => _views.ToImmutable();

        /// <summary>Commands one after the other; the first makes its own rows where nothing flows in.</summary>
        public Plan Pipeline(SplPipeline pipeline, Plan? inflow)
        {
            var plan = inflow;
            foreach (var command in pipeline.Commands)
                plan = (plan is null ? First(command) : Stage(plan, command)) with { Span = command.Span };
            return plan ?? Events([]);
        }

        /// <summary>A pipeline of its own: what flows before it and its columns do not count inside, nor its columns outside.</summary>
        (Plan Plan, SplColumns Columns) Subsearch(SplPipeline pipeline)
        {
            var (outer, model, loops) = (_columns, _inModel, _loops);
            (_columns, _inModel, _loops) = (SplColumns.OfEvents, false, loops.Clear());
            var plan = Pipeline(pipeline, null) with { Span = pipeline.Span };
            var inner = _columns;
            (_columns, _inModel, _loops) = (outer, model, loops);
            return (plan, inner);
        }

        Plan First(SplCommand command) => command switch
        {
            SplCommand.Search search => Filtered(Events(SourceTerms(search.Condition)) with { Lookback = LookbackOf(search.Condition) }, search.Condition),
            SplCommand.TStats stats => TStats(stats),
            SplCommand.InputLookup lookup => InputLookup(lookup),
            SplCommand.Branch { Name: "multisearch" or "union" } branch => Together([.. branch.Subsearches.Items.Select(Subsearch)]),
            SplCommand.Plain { Name: "from" } from => From(from),
            SplCommand.Plain { Name: "datamodel" } from => From(from),
            SplCommand.Plain { Name: "makeresults" } make => MakeResults(make),
            SplCommand.Plain { Name: "metadata" or "rest" or "dbinspect" or "eventcount" or "gentimes" or "history" or "inputcsv" or "loadjob" or "savedsearch" or "mpreview" or "tstats" or "pivot" or "typeahead" } table => Generated(table),
            _ => Stage(Events([]), command),
        };

        // Rows that a command makes of itself: of the server, of a saved search.
        Plan.Source Generated(SplCommand.Plain command)
        {
            _columns = SplColumns.OfTable(command.Name);
            return new(new(Vendor, [new("command", [command.Name])]));
        }

        Plan.Rows MakeResults(SplCommand.Plain make)
        {
            _columns = SplColumns.None.With("_time");
            var count = OptionOf(make, "count") is { } written && int.TryParse(written.Text, System.Globalization.CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 0, 1000) : 1;
            return new(["_time"], [.. Enumerable.Repeat(new Plan.Row([new Expression.Call("now", [], Dialect.Spl)]), count)]);
        }

        Plan.Source Events(ImmutableArray<LogSource.Term> terms) => new(terms.IsEmpty ? source : new LogSource(Vendor, terms));

        Plan Together(ImmutableArray<(Plan Plan, SplColumns Columns)> inputs)
        {
            _columns = inputs.Select(i => i.Columns).Aggregate(SplColumns.Merge);
            return new Plan.Union([.. inputs.Select(i => i.Plan)]);
        }

        /// <summary>A stage without a model: its rows and columns are not known, but what follows is read on a best effort.</summary>
        Plan.Unsupported Unread(Plan input, SourceSpan span, string name, params ReadOnlySpan<Plan> others)
        {
            Report(span, SplCodes.NoModel, name);
            _columns = _columns.WithTable(name);
            return new(Slice(span)) { Inputs = [input, .. others] };
        }

        /// <summary>A stage that leaves the rows as they are, as far as conditions go.</summary>
        Plan.Opaque Passed(Plan input, SourceSpan span) => new(input, Slice(span));

        Expression Find(string name, SourceSpan span) => _loops.TryGetValue(name, out var loop) ? loop with { Span = span } : _columns.Find(name, span);

        Expression Find(SplValue name) => Find(name.Text, name.Span);

        string Slice(SourceSpan span)
        {
            var start = Math.Clamp(span.Start, 0, text.Length);
            return text[start..Math.Clamp(span.End, start, text.Length)];
        }

        void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
        {
            if (_findings.Count < SplParser.MaxFindings)
                _findings.Add(Diagnostic.At(span, code, arguments));
        }
    }

    static SplValue? OptionOf(SplCommand.Plain command, string name) =>
        OptionOf(command.Arguments.Items.OfType<SplArgument.Option>().Select(o => o.Given), name);

    static SplValue? OptionOf(IEnumerable<SplOption> options, string name) => options.LastOrDefault(o => o.Name == name)?.Value;

    static bool IsTrue(SplValue? value, bool otherwise) => value is null ? otherwise : value.Text.ToLowerInvariant() is "t" or "true" or "1" or "yes";

    static Expression.Constant Number(long value) => Expression.Number(value);

    /// <summary>Connectives as flat as they can be.</summary>
    static Predicate All(IEnumerable<Predicate> terms)
    {
        var flat = terms.SelectMany(t => t is Predicate.And { Written: null } and ? and.Terms.Items : [t]).Where(t => t is not Predicate.Constant { Value: Truth.True }).ToEquatableArray();
        return flat.Count switch
        {
            0 => new Predicate.Constant(Truth.True),
            1 => flat[0],
            _ => new Predicate.And(flat),
        };
    }

    static Predicate Any(IEnumerable<Predicate> terms)
    {
        var flat = terms.SelectMany(t => t is Predicate.Or { Written: null } or ? or.Terms.Items : [t]).ToEquatableArray();
        return flat.Count == 1 ? flat[0] : new Predicate.Or(flat);
    }
}
