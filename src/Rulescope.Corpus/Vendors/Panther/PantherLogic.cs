using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Python;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>The logic of a rule: its match expressions, its correlation or its Python, and what its other keys add.</summary>
/// <param name="python">The file with its Python; null where there is none.</param>
/// <param name="result">What a Python function has to return for a match.</param>
sealed class PantherLogic(SourceFile file, SourceContext context, YamlNode.Mapping item, Metadata metadata, SourceFile? python, RuleResult result)
{
    readonly string _text = file.Source.Text;

    /// <summary>The document with its logic.</summary>
    public RuleDocument Of(RuleDocument document)
    {
        var isCorrelation = metadata.Text("AnalysisType") == PantherTypes.CorrelationRule;
        if (item["Detection"] is { } detection)
        {
            if (!isCorrelation)
                return With(document, Simple(detection, document), PantherFunctions.None);
            var read = CorrelationRules.Read(_text, detection, document.LogSource);
            return With(document with { Related = [.. read.Value.Views.Select(v => new RelatedRule(v.Name, "correlates"))] }, read, null);
        }

        if (metadata.Find("Filename") is YamlNode.Scalar { IsNull: false } name && !isCorrelation)
        {
            if (python is not null)
            {
                var text = EmbeddedText.At(python.Source.Text, document.Source.Parts[0].Start);
                var module = PythonParser.Parse(text.Text);
                return With(OfPython(document, module, text, context, result), null, PantherFunctions.Of(module.Value, text));
            }

            metadata.Report(name.Span, PantherCodes.PythonAbsent);
            return document;
        }

        metadata.Report(new(item.Span.Start, 0), PantherCodes.NoLogic, metadata.Text("AnalysisType"), isCorrelation ? "'Detection'" : "'Filename' or 'Detection'");
        return document;
    }

    /// <summary>A document whose logic is the Python of a stretch of its text.</summary>
    public static RuleDocument OfPython(RuleDocument document, Parsed<PythonModule> module, EmbeddedText text, SourceContext context, RuleResult result)
    {
        var read = module.Then(m => SymbolicReading.Read(m, text.Text, document.LogSource, PantherShared.Of(context).Library, result));
        return document with
        {
            Language = RuleLanguage.Python,
            Code = [new(new(text.ToOuter(0), text.Text.Length), RuleLanguage.Python)],
            Query = Relocation.Of(read.Value, text.ToOuter),
            Diagnostics = text.ToOuter(read.Diagnostics),
        };
    }

    Parsed<RuleQuery> Simple(YamlNode detection, RuleDocument document)
    {
        var read = SimpleParser.Parse(_text, detection).Then(e => SimpleLowering.Lower(e));
        // Severities are no part of the logic, but what is wrong with them should be known.
        foreach (var conditions in DynamicSeverities())
            metadata.Report(SimpleParser.Parse(_text, conditions).Diagnostics);
        return new(RuleQuery.Of(document.LogSource, read.Value), read.Diagnostics);
    }

    IEnumerable<YamlNode> DynamicSeverities() =>
        metadata.Find("DynamicSeverities") is YamlNode.Sequence list ? list.Items.Items.OfType<YamlNode.Mapping>().Select(m => m["Conditions"]).OfType<YamlNode>() : [];

    // A correlation alerts by itself: no functions.
    RuleDocument With(RuleDocument document, Parsed<RuleQuery>? read, PantherFunctions? functions)
    {
        if (read is not null)
            document = document with { Language = RuleLanguage.Python, Query = read.Value, Diagnostics = read.Diagnostics };
        if (document.Query is not { } query)
            return document;
        if (Filters() is { } filters)
            query = PantherPlans.Filter(query, filters);
        return document with { Query = functions is null ? query : PantherPlans.Alert(query, Alerting(), functions) };
    }

    // Filters stand before the rule; one that lists nothing lets everything pass.
    Predicate? Filters()
    {
        if (metadata.Find("InlineFilters") is not { } node)
            return null;
        var read = SimpleParser.Parse(_text, node).Then(e => SimpleLowering.LowerFilter(e));
        metadata.Report(read.Diagnostics);
        return read.Value is Predicate.And { Terms.IsEmpty: true } ? null : read.Value;
    }

    PantherAlerting Alerting()
    {
        var groups = metadata.Find("GroupBy") is YamlNode.Sequence list ? list.Items.Items.OfType<YamlNode.Mapping>().ToImmutableArray() : [];
        var keys = groups.Select(g => SimpleParser.ParseKey(_text, g)).ToImmutableArray();
        metadata.Report([.. keys.SelectMany(k => k.Diagnostics)]);
        return new(Whole("Threshold"), Whole("DedupPeriodMinutes"), [.. keys.Select(k => k.Value).OfType<SimpleKey>()]);
    }

    YamlNode.Scalar? Whole(string key)
    {
        if (metadata.Find(key) is not { } node || node is YamlNode.Scalar { IsNull: true })
            return null;
        if (node is YamlNode.Scalar { Integer: >= 0 } number)
            return number;
        metadata.Report(node.Span, CorpusCodes.WrongShape, key, "a whole number");
        return null;
    }
}
