using System.Collections;
using System.Reflection;
using Rulescope.Text;

namespace Rulescope.Tests.Support;

/// <summary>Checks on the places of a syntax tree's nodes.</summary>
public static class Spans
{
    /// <summary>Fails unless every node's span lies inside that of the node above it, and the root's inside the text.</summary>
    public static void AssertNested(string text, object root) => Walk(root, new(0, text.Length));

    /// <summary>Fails unless every node's span lies inside the text: a value under a shared field does not contain that field.</summary>
    public static void AssertInside(string text, object root) => Walk(root, new(0, text.Length), nested: false);

    static void Walk(object node, SourceSpan outer, bool nested = true)
    {
        if (node is string || node.GetType().IsPrimitive || node.GetType().IsEnum)
            return;
        if (node is IEnumerable items)
        {
            foreach (var item in items)
                Walk(item, outer, nested);
            return;
        }

        if (node.GetType().GetProperty("Span")?.GetValue(node) is SourceSpan span)
        {
            Assert.True(outer.Contains(span), $"{node.GetType().Name} at {span} is outside {outer}");
            outer = nested ? span : outer;
        }

        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length == 0 && property.PropertyType != typeof(SourceSpan) && property.GetValue(node) is { } part)
                Walk(part, outer, nested);
        }
    }
}
