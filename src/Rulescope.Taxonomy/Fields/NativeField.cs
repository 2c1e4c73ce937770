using Rulescope.Algebra.Fields;

namespace Rulescope.Taxonomy.Fields;

/// <summary>The native name of what a leaf of the reading is about, as bindings spell it.</summary>
public static class NativeField
{
    /// <summary>The path of the field, without the variable of its event and without the steps into a list; null where the leaf is about something computed.</summary>
    /// <param name="shown">The leaf's field as the reading shows it.</param>
    /// <param name="target">What the leaf resolves by.</param>
    public static string? Of(string shown, Reference? target) => target is Reference.Field field && field.Display == shown
        ? new FieldPath([.. field.Path.Segments.Items.Where(s => s is PathSegment.Key or PathSegment.Map)]).Display
        : null;
}
