using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Commands one after the other; the rows of one flow into the next.</summary>
public sealed record SplPipeline(EquatableArray<SplCommand> Commands) : SplNode;

/// <summary><c>name=value</c> as a command takes it, the name in small letters.</summary>
public sealed record SplOption(string Name, SplValue Value) : SplNode;

/// <summary>A piece of a command that has no grammar of its own.</summary>
public abstract record SplArgument : SplNode
{
    SplArgument() { }

    /// <summary>A word or a text.</summary>
    public sealed record Item(SplValue Value) : SplArgument;

    /// <summary><c>name=value</c>.</summary>
    public sealed record Option(SplOption Given) : SplArgument;

    /// <summary><c>name(arguments)</c>, such as <c>ctime(firstTime)</c>; the name is empty for plain parentheses.</summary>
    public sealed record Group(string Name, EquatableArray<SplArgument> Arguments) : SplArgument;

    /// <summary><c>[ ... ]</c>.</summary>
    public sealed record Subsearch(SplPipeline Pipeline) : SplArgument;

    /// <summary>A call of a macro that is not known.</summary>
    public sealed record Macro(string Call) : SplArgument;

    /// <summary>A sign between others, such as a comma or a comparison.</summary>
    public sealed record Sign(string Text) : SplArgument;
}

/// <summary><c>name=expression</c> of an <c>eval</c>.</summary>
public sealed record SplAssignment(string Field, SplExpression Value) : SplNode;

/// <summary><c>count</c>, <c>dc(x) AS y</c>, <c>sum(eval(...))</c>: an aggregate of a stats-like command.</summary>
/// <param name="Function">In small letters.</param>
/// <param name="Argument">A field, possibly with wildcards, or the expression inside <c>eval(...)</c>; null for a bare <c>count</c>.</param>
/// <param name="Name">The name behind AS, or null.</param>
public sealed record SplAggregate(string Function, SplExpression? Argument, SplValue? Name) : SplNode
{
    /// <summary>The argument is written inside <c>eval(...)</c>.</summary>
    public bool IsEval { get; init; }
}

/// <summary>A field behind BY, with the span of its buckets or null.</summary>
public sealed record SplGroup(SplValue Field, SplValue? Buckets) : SplNode;

/// <summary><c>old AS new</c>.</summary>
public sealed record SplRename(SplValue From, SplValue To) : SplNode;

public enum SplStatsKind
{
    Stats,
    EventStats,
    StreamStats,
    Chart,
    TimeChart,
}

public enum SplOutputs
{
    /// <summary>Neither OUTPUT nor OUTPUTNEW: all columns of the table.</summary>
    All,
    Output,
#pragma warning disable CA1711 // the option's own word
    OutputNew,
#pragma warning restore CA1711
}

/// <summary>One command of a pipeline.</summary>
/// <remarks>Closed: the private constructor keeps every case here.</remarks>
public abstract record SplCommand : SplNode
{
    SplCommand() { }

    /// <summary><c>search</c>, or the same without its name at the start.</summary>
    public sealed record Search(SplSearch Condition) : SplCommand;

    public sealed record Where(SplExpression Condition) : SplCommand;

    public sealed record Eval(EquatableArray<SplAssignment> Assignments) : SplCommand;

    /// <summary><c>stats</c> and its like; <paramref name="Over"/> is the row field of <c>chart</c>.</summary>
    public sealed record Stats(SplStatsKind Kind, EquatableArray<SplOption> Options, EquatableArray<SplAggregate> Aggregates, SplValue? Over, EquatableArray<SplGroup> By) : SplCommand;

    /// <summary><c>tstats</c>: aggregates over index fields or a data model.</summary>
    public sealed record TStats(EquatableArray<SplOption> Options, EquatableArray<SplAggregate> Aggregates, SplValue? DataModel, SplSearch Condition, EquatableArray<SplGroup> By) : SplCommand
    {
        /// <summary>It is <c>mstats</c>: aggregates over metrics.</summary>
        public bool IsMetrics { get; init; }

        /// <summary>Calls of macros among the options that are not known.</summary>
        public EquatableArray<string> Macros { get; init; }
    }

    public sealed record Rename(EquatableArray<SplRename> Pairs) : SplCommand;

    public sealed record Rex(EquatableArray<SplOption> Options, SplValue Pattern) : SplCommand;

    /// <summary><c>regex field="..."</c>; the field is null for the raw event.</summary>
    public sealed record Regex(SplValue? Field, bool IsNegated, SplValue Pattern) : SplCommand;

    /// <summary><c>lookup table column AS field OUTPUT column AS field</c>.</summary>
    public sealed record Lookup(EquatableArray<SplOption> Options, SplValue Table, EquatableArray<SplRename> Inputs, SplOutputs Mode, EquatableArray<SplRename> Outputs) : SplCommand;

    /// <summary><c>inputlookup table where ...</c>.</summary>
    public sealed record InputLookup(EquatableArray<SplOption> Options, SplValue Table, SplSearch Condition) : SplCommand;

    public sealed record Join(EquatableArray<SplOption> Options, EquatableArray<SplValue> Fields, SplPipeline Subsearch) : SplCommand;

    /// <summary><c>append</c>, <c>appendcols</c>, <c>appendpipe</c>, <c>multisearch</c>, <c>union</c>: a command over subsearches.</summary>
    public sealed record Branch(string Name, EquatableArray<SplOption> Options, EquatableArray<SplPipeline> Subsearches) : SplCommand;

    /// <summary><c>transaction</c>; what begins and ends one is a search, an expression, or null.</summary>
    public sealed record Transaction(EquatableArray<SplOption> Options, EquatableArray<SplValue> Fields, SplSearch? StartsWith, SplSearch? EndsWith) : SplCommand;

    /// <summary><c>foreach a* [ ... ]</c>: the pipeline once per field, with <c>&lt;&lt;FIELD&gt;&gt;</c> in place of its name.</summary>
    public sealed record Foreach(EquatableArray<SplOption> Options, EquatableArray<SplValue> Fields, SplPipeline Template) : SplCommand;

    /// <summary>A known command whose arguments are words and options.</summary>
    public sealed record Plain(string Name, EquatableArray<SplArgument> Arguments) : SplCommand;

    /// <summary>A call of a macro that is not known, in the place of a command.</summary>
    public sealed record Macro(string Call) : SplCommand;

    /// <summary>A command that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : SplCommand;
}
