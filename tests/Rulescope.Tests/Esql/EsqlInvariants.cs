using System.Collections;
using System.Reflection;
using Rulescope.Languages.Esql;
using Rulescope.Text;

namespace Rulescope.Tests.Esql;

/// <summary>What holds for every text, query or not.</summary>
static class EsqlInvariants
{
    /// <summary>Findings and nodes lie inside the text, nodes inside their parents; writing and reading again settles; the tree's text is the tree.</summary>
    public static bool Hold(string text)
    {
        var parsed = EsqlParser.Parse(text);
        var whole = new SourceSpan(0, text.Length);
        Assert.All(parsed.Diagnostics, d => Assert.True(whole.Contains(d.Span), d.ToString()));
        Nest(parsed.Value, whole, whole);
        var treeText = TreeText.Of(parsed.Value);
        var read = TreeText.Parse<EsqlQuery>(treeText);
        Assert.True(read.Value is not null && treeText == TreeText.Of(read.Value), $"{string.Join('\n', read.Diagnostics)}\n{treeText}");
        // What was not read is written as it stood, so only complete trees come back equal.
        if (parsed.IsComplete && !treeText.Contains("unsupported", StringComparison.Ordinal))
            RoundTrip(parsed.Value, treeText);
        return true;
    }

    /// <summary>The written form reads as the same tree, and is written the same again.</summary>
    public static void RoundTrip(EsqlQuery query, string treeText)
    {
        var written = EsqlWriter.Write(query);
        var again = EsqlParser.Parse(written);
        Assert.True(treeText == TreeText.Of(again.Value), $"{written}\n{string.Join('\n', again.Diagnostics)}\n{treeText}\n{TreeText.Of(again.Value)}");
        Assert.Equal(query, again.Value);
        Assert.Equal(written, EsqlWriter.Write(again.Value));
    }

    static void Nest(EsqlNode node, SourceSpan outer, SourceSpan whole)
    {
        // What is missing has a place in the text, but none in its parent.
        Assert.True(node.Span.Length == 0 ? whole.Contains(node.Span) : outer.Contains(node.Span), $"{node.GetType().Name} {node.Span} in {outer}");
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            if (property.GetIndexParameters().Length > 0)
                continue;
            var value = property.GetValue(node);
            if (value is EsqlNode child)
                Nest(child, node.Span, whole);
            else if (value is IEnumerable items and not string)
                Assert.All(items.OfType<EsqlNode>(), n => Nest(n, node.Span, whole));
        }
    }
}
