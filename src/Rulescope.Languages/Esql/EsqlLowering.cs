using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Gives ES|QL its meaning: three-valued tests, a list of several values is unknown, names are columns or fields of the events.</summary>
/// <remarks>Never throws. What has no meaning or no model becomes an <c>Unsupported</c> node with a finding.</remarks>
public static partial class EsqlLowering
{
    /// <summary>The vendor id in log sources.</summary>
    public const string Vendor = "elastic";

    /// <summary>The vocabulary of the field names.</summary>
    public const string Vocabulary = "ecs";

    /// <summary>Most commands of a query, those of its subqueries and branches included: plans nest as deep as they are long.</summary>
    public const int MaxCommands = 500;

    /// <summary>Rows that a query without LIMIT gives at most.</summary>
    public const int ImplicitLimit = 1000;

    // Steps of arithmetic nest to the left, so a chain counts with its length.
    const int MaxDepth = 500;

    /// <summary>A whole query.</summary>
    /// <param name="text">The text that the query was parsed from: it names columns without a name of their own.</param>
    public static Parsed<RuleQuery> Lower(EsqlQuery query, string text)
    {
        var lowering = new Pipelines(text);
        return new(new(lowering.Query(query)), lowering.Findings);
    }

    sealed partial class Pipelines(string text)
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        EsqlColumns _columns = EsqlColumns.OfEvents;
        int _commands;
        int _depth;

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        public Plan Query(EsqlQuery query)
        {
            foreach (var setting in query.Settings)
                Report(setting.Span, EsqlCodes.SettingIgnored, setting.Name);
            var plan = Pipeline(query.Commands, null);
            return query.Commands.Items.Any(c => c is EsqlCommand.Limit) ? plan : new Plan.Take(plan, ImplicitLimit) { Defaulted = true };
        }

        /// <summary>Commands one after the other; the first is a source where nothing flows in.</summary>
        Plan Pipeline(EquatableArray<EsqlCommand> commands, Plan? inflow)
        {
            var plan = inflow;
            for (var i = 0; i < commands.Count; i++)
            {
                if (++_commands > MaxCommands)
                {
                    var rest = SourceSpan.Cover(commands[i].Span, commands[^1].Span);
                    if (_commands == MaxCommands + 1)
                        Report(rest, EsqlCodes.TooManyCommands, MaxCommands);
                    return new Plan.Unsupported(Slice(rest)) { Inputs = [plan ?? AnySource], Span = rest };
                }

                plan = (plan is null ? Source(commands[i]) : Stage(plan, commands[i])) with { Span = commands[i].Span };
            }

            return plan ?? AnySource;
        }

        static Plan.Source AnySource => new(new LogSource(Vendor, []));

        Plan Source(EsqlCommand command)
        {
            switch (command)
            {
                case EsqlCommand.From from:
                    return From(from.Sources, from.Metadata);
                case EsqlCommand.TimeSeries series:
                    Report(series.Span, EsqlCodes.ReadAs, "TS", "FROM");
                    return From(series.Sources, series.Metadata);
                case EsqlCommand.Row row:
                    return Row(row.Fields);
                case EsqlCommand.Show show:
                    _columns = EsqlColumns.None.WithTable("show");
                    Report(show.Span, EsqlCodes.NoModel, "SHOW");
                    return new Plan.Unsupported(Slice(show.Span));
                // A query that begins with something else still has its conditions.
                default:
                    return Stage(AnySource, command);
            }
        }

        Plan From(EquatableArray<EsqlSource> sources, EquatableArray<EsqlName> metadata)
        {
            var indices = sources.Items.OfType<EsqlSource.Index>().Select(Pattern).ToEquatableArray();
            var plans = ImmutableArray.CreateBuilder<Plan>();
            EsqlColumns? columns = null;
            if (indices.Count > 0)
            {
                plans.Add(new Plan.Source(new(Vendor, [new("index", indices)])));
                columns = EsqlColumns.OfEvents.WithMetadata(metadata.Items.Select(m => m.Text));
            }

            foreach (var subquery in sources.Items.OfType<EsqlSource.Subquery>())
            {
                _columns = EsqlColumns.OfEvents;
                plans.Add(Pipeline(subquery.Pipeline.Commands, null) with { Span = subquery.Span });
                columns = columns is null ? _columns : EsqlColumns.Merge(columns, _columns);
            }

            _columns = columns ?? EsqlColumns.OfEvents;
            return plans.Count switch
            {
                0 => AnySource,
                1 => plans[0],
                _ => new Plan.Union(plans.ToImmutable()),
            };
        }

        static string Pattern(EsqlSource.Index index) =>
            $"{(index.Cluster is null ? "" : index.Cluster + ":")}{index.Pattern}{(index.Selector is null ? "" : "::" + index.Selector)}";

        // A row of constants is a table; fields that build on one another are computed one after the other.
        Plan Row(EquatableArray<EsqlField> fields)
        {
            _columns = EsqlColumns.None;
            if (fields.Items.All(f => IsConstant(f.Value)))
            {
                var names = fields.Items.Select(NameOf).ToEquatableArray();
                var values = fields.Items.Select(f => Value(f.Value)).ToEquatableArray();
                _columns = _columns.With(names);
                return new Plan.Rows(names, [new Plan.Row(values)]);
            }

            return Derive(new Plan.Rows([], [new Plan.Row([])]), fields);
        }

        string NameOf(EsqlField field) => field.Name?.Text ?? (field.Value is EsqlExpression.Field plain ? plain.Name.Text : Slice(field.Value.Span));

        string Slice(SourceSpan span)
        {
            var start = Math.Clamp(span.Start, 0, text.Length);
            return text[start..Math.Clamp(span.End, start, text.Length)];
        }

        void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => Report(Diagnostic.At(span, code, arguments));

        void Report(Diagnostic finding)
        {
            if (_findings.Count < EsqlParser.MaxFindings)
                _findings.Add(finding);
            else if (_findings.Count == EsqlParser.MaxFindings)
                _findings.Add(Diagnostic.At(finding.Span, EsqlCodes.TooManyFindings, EsqlParser.MaxFindings));
        }
    }

    /// <summary>Connectives as flat as they can be.</summary>
    static Predicate All(IEnumerable<Predicate> terms)
    {
        var flat = terms.SelectMany(t => t is Predicate.And and ? and.Terms.Items : [t]).ToEquatableArray();
        return flat.Count == 1 ? flat[0] : new Predicate.And(flat);
    }

    static Predicate Any(IEnumerable<Predicate> terms)
    {
        var flat = terms.SelectMany(t => t is Predicate.Or or ? or.Terms.Items : [t]).ToEquatableArray();
        return flat.Count == 1 ? flat[0] : new Predicate.Or(flat);
    }
}
