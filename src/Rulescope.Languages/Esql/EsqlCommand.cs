using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>One command of a pipeline.</summary>
public abstract record EsqlCommand : EsqlNode
{
    EsqlCommand() { }

    /// <summary><c>FROM logs-*, (FROM b | …) METADATA _id</c>.</summary>
    public sealed record From(EquatableArray<EsqlSource> Sources, EquatableArray<EsqlName> Metadata) : EsqlCommand;

    /// <summary><c>TS metrics-*</c>: a source of time series.</summary>
    public sealed record TimeSeries(EquatableArray<EsqlSource> Sources, EquatableArray<EsqlName> Metadata) : EsqlCommand;

    /// <summary><c>ROW a = 1, b = [1, 2]</c>: one row of constants.</summary>
    public sealed record Row(EquatableArray<EsqlField> Fields) : EsqlCommand;

    /// <summary><c>SHOW INFO</c>.</summary>
    public sealed record Show(string Subject) : EsqlCommand;

    /// <summary><c>WHERE condition</c>.</summary>
    public sealed record Where(EsqlExpression Condition) : EsqlCommand;

    /// <summary><c>EVAL a = b + 1</c>; later fields see earlier ones.</summary>
    public sealed record Eval(EquatableArray<EsqlField> Fields) : EsqlCommand;

    /// <summary><c>STATS n = COUNT(*) WHERE x BY k</c>: one row per group.</summary>
    public sealed record Stats(EquatableArray<EsqlAggregate> Aggregates, EquatableArray<EsqlField> By) : EsqlCommand;

    /// <summary><c>INLINE STATS</c>: as STATS, but added to every row of the group.</summary>
    public sealed record InlineStats(EquatableArray<EsqlAggregate> Aggregates, EquatableArray<EsqlField> By) : EsqlCommand;

    /// <summary><c>KEEP a, b*</c>.</summary>
    public sealed record Keep(EquatableArray<EsqlName> Columns) : EsqlCommand;

    /// <summary><c>DROP a, b*</c>.</summary>
    public sealed record Drop(EquatableArray<EsqlName> Columns) : EsqlCommand;

    /// <summary><c>RENAME a AS b, d = c</c>.</summary>
    public sealed record Rename(EquatableArray<EsqlRename> Renames) : EsqlCommand;

    /// <summary><c>SORT a DESC NULLS LAST</c>.</summary>
    public sealed record Sort(EquatableArray<EsqlOrder> Keys) : EsqlCommand;

    /// <summary><c>LIMIT 10 [BY key]</c>.</summary>
    public sealed record Limit(EsqlExpression Count, EquatableArray<EsqlExpression> By) : EsqlCommand;

    /// <summary><c>DISSECT input "%{a} %{b}" APPEND_SEPARATOR=","</c>.</summary>
    public sealed record Dissect(EsqlExpression Input, EsqlExpression Pattern, EquatableArray<EsqlOption> Options) : EsqlCommand;

    /// <summary><c>GROK input "%{WORD:a}", "…"</c>: the first pattern that matches counts.</summary>
    public sealed record Grok(EsqlExpression Input, EquatableArray<EsqlExpression> Patterns) : EsqlCommand;

    /// <summary><c>MV_EXPAND a</c>: one row per value.</summary>
    public sealed record MvExpand(EsqlName Field) : EsqlCommand;

    /// <summary><c>ENRICH _mode:policy ON key WITH new = field</c>; the mode without its underscore.</summary>
    public sealed record Enrich(string? Mode, string Policy, EsqlName? On, EquatableArray<EsqlEnrichField> With) : EsqlCommand;

    /// <summary><c>LOOKUP JOIN target ON a, b == c</c>: a left join with a lookup index.</summary>
    public sealed record LookupJoin(EsqlSource.Index Target, EquatableArray<EsqlExpression> On) : EsqlCommand;

    /// <summary><c>COMPLETION target = prompt WITH {…}</c>; the options are a map, or the bare inference id of older versions.</summary>
    public sealed record Completion(EsqlName? Target, EsqlExpression Prompt, EsqlExpression? With) : EsqlCommand;

    /// <summary><c>RERANK target = "query" ON field WITH {…}</c>.</summary>
    public sealed record Rerank(EsqlName? Target, EsqlExpression Query, EquatableArray<EsqlField> On, EsqlExpression? With) : EsqlCommand;

    /// <summary><c>FORK (WHERE …) (SORT … | LIMIT 1)</c>: every branch reads the same rows.</summary>
    public sealed record Fork(EquatableArray<EsqlPipeline> Branches) : EsqlCommand;

    /// <summary><c>FUSE method SCORE BY s KEY BY a, b GROUP BY g WITH {…}</c>.</summary>
    public sealed record Fuse(string? Method, EsqlName? ScoreBy, EquatableArray<EsqlName> KeyBy, EsqlName? GroupBy, EsqlExpression? With) : EsqlCommand;

    /// <summary><c>CHANGE_POINT value ON key AS type, pvalue</c>.</summary>
    public sealed record ChangePoint(EsqlName Value, EsqlName? On, EsqlName? Type, EsqlName? PValue) : EsqlCommand;

    /// <summary><c>SAMPLE 0.1</c>: a share of the rows, at random.</summary>
    public sealed record Sample(EsqlExpression Probability) : EsqlCommand;

    /// <summary><c>URI_PARTS prefix = url</c> and its likes: a value taken apart into columns with a common prefix.</summary>
    public sealed record TakeApart(string Command, EsqlName Prefix, EsqlExpression Input, EsqlExpression? With) : EsqlCommand;

    /// <summary>A command that is not read; a finding says why.</summary>
    public sealed record Unsupported(string SourceText) : EsqlCommand;
}
