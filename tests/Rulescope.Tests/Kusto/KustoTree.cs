using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Rulescope.Languages.Kusto;
using Rulescope.Text;

namespace Rulescope.Tests.Kusto;

/// <summary>What holds for every tree.</summary>
static class KustoTree
{
    static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>Places lie inside the text, and children inside their parents.</summary>
    public static void CheckSpans(KustoSyntax node, string text)
    {
        if (node.Span.Start < 0 || node.Span.End > text.Length)
            Assert.Fail($"{node.GetType().Name} {node.Span} lies outside the text");
        foreach (var child in Children(node))
        {
            if (child.Span.Length > 0 && node.Span.Length > 0 && !node.Span.Contains(child.Span))
                Assert.Fail($"{child.GetType().Name} {child.Span} lies outside {node.GetType().Name} {node.Span}");
            CheckSpans(child, text);
        }
    }

    /// <summary>The written text is read to an equal tree and written the same again.</summary>
    public static void CheckRoundTrip(KustoQuery query)
    {
        var written = KustoWriter.Write(query);
        var again = KustoParser.ParseQuery(written);
        if (!again.IsComplete)
            Assert.Fail($"{written}\n{string.Join('\n', again.Diagnostics)}");
        if (!query.Equals(again.Value))
            Assert.Fail($"{written}\n{TreeText.Of(query)}\n{TreeText.Of(again.Value)}");
        Assert.Equal(written, KustoWriter.Write(again.Value));
    }

    static IEnumerable<KustoSyntax> Children(KustoSyntax node)
    {
        foreach (var property in Properties.GetOrAdd(node.GetType(), t => t.GetProperties()))
        {
            var value = property.GetValue(node);
            if (value is KustoSyntax child)
                yield return child;
            else if (value is IEnumerable items and not string)
            {
                foreach (var item in items.OfType<KustoSyntax>())
                    yield return item;
            }
        }
    }
}
