using System.Collections.Frozen;
using Rulescope.Algebra;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Esql;
using Rulescope.Languages.Kuery;
using Rulescope.Languages.Kusto;
using Rulescope.Languages.Lucene;
using Rulescope.Languages.Spl;
using Rulescope.Languages.Yaral;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>What a query's meaning depends on beside its text.</summary>
/// <param name="LogSource">Where its events come from, in its vendor's words.</param>
public sealed record QueryContext(LogSource LogSource)
{
    /// <summary>The field that holds the category of an event where EQL says <c>process where</c>.</summary>
    public string EventCategoryField { get; init; } = EqlLowering.DefaultCategoryField;

    /// <summary>The macros a Splunk search may call.</summary>
    public SplMacros Macros { get; init; } = SplMacros.None;
}

/// <summary>Reads a query of a language: its logic, null where the language is not lowered; findings and spans count in the outer text.</summary>
public delegate Parsed<RuleQuery?> QueryReading(RuleLanguage language, EmbeddedText text, QueryContext context);

/// <summary>Reads a query that stands inside a rule file: one entry per language, from text to the algebra.</summary>
public static class QueryLanguages
{
    delegate Parsed<RuleQuery?> Reading(string text, QueryContext context);

    static readonly FrozenDictionary<RuleLanguage, Reading> Known = new Dictionary<RuleLanguage, Reading>
    {
        [RuleLanguage.Eql] = (text, context) => Lowered(EqlParser.Parse(text).Then(q => EqlLowering.Lower(q, EqlDialect.Elastic, context.LogSource, context.EventCategoryField))),
        [RuleLanguage.Esql] = (text, _) => Lowered(EsqlParser.Parse(text).Then(query => EsqlLowering.Lower(query, text))),
        [RuleLanguage.Kuery] = (text, context) => Lowered(KueryParser.Parse(text).Then(q => KueryLowering.Lower(q, context.LogSource))),
        [RuleLanguage.Kusto] = (text, context) => Lowered(KustoParser.ParseQuery(text).Then(q => KustoLowering.Lower(q, context.LogSource))),
        [RuleLanguage.Lucene] = (text, context) => Lowered(LuceneParser.Parse(text).Then(q => LuceneLowering.Lower(q, context.LogSource))),
        [RuleLanguage.Spl] = (text, context) => Lowered(SplSearches.Read(text, context.Macros, context.LogSource)),
        [RuleLanguage.YaraL] = (text, context) => Lowered(YaralParser.Parse(text).Then(f => YaralLowering.Lower(f, context.LogSource))),
    }.ToFrozenDictionary();

    /// <summary>The languages whose queries are parsed here.</summary>
    public static IEnumerable<RuleLanguage> All => Known.Keys.Order();

    /// <summary>Reads a query; one of a language that is not known here gives nothing and no finding.</summary>
    public static Parsed<RuleQuery?> Read(RuleLanguage language, EmbeddedText text, QueryContext context)
    {
        if (!Known.TryGetValue(language, out var reading))
            return Parsed.Clean<RuleQuery?>(null);
        var read = reading(text.Text, context);
        return new(read.Value is { } query ? Relocation.Of(query, text.ToOuter) : null, text.ToOuter(read.Diagnostics));
    }

    static Parsed<RuleQuery?> Lowered(Parsed<RuleQuery> lowered) => new(lowered.Value, lowered.Diagnostics);
}
