using Rulescope.Languages.Yaral;

namespace Rulescope.Corpus.Vendors.Google;

/// <summary>The products whose events a rule reads, by its tests of <c>metadata</c>.</summary>
static class YaralSources
{
    /// <summary>The texts that <c>$e.metadata.KEY</c> may be equal to, in the order of the text; what stands under a <c>not</c> names nothing.</summary>
    public static IEnumerable<string> Named(YaralRule rule, string key) => rule.Events.SelectMany(e => Named(e, key));

    static IEnumerable<string> Named(YaralExpression condition, string key) => condition switch
    {
        YaralExpression.And and => and.Terms.SelectMany(t => Named(t, key)),
        YaralExpression.Or or => or.Terms.SelectMany(t => Named(t, key)),
        YaralExpression.NoCase inner => Named(inner.Operand, key),
        YaralExpression.Compare { Op: YaralComparison.Equal } equal when Is(equal.Left, key) && equal.Right is YaralExpression.Text text => [text.Value],
        YaralExpression.Compare { Op: YaralComparison.Equal } equal when Is(equal.Right, key) && equal.Left is YaralExpression.Text text => [text.Value],
        _ => [],
    };

    static bool Is(YaralExpression value, string key) =>
        value is YaralExpression.Field { Path: [YaralStep.Name { Text: "metadata" }, YaralStep.Name last] } && string.Equals(last.Text, key, StringComparison.Ordinal);
}
