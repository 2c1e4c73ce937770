using System.Buffers;
using Rulescope.Algebra.Fields;

namespace Rulescope.Taxonomy.Fields;

/// <summary>The native name of what a leaf of the reading is about, as bindings spell it.</summary>
public static class NativeField
{
    // A data model gives one name to what each log has under its own (event.udm("username")); no field of an event begins so.
    const string OfModel = "udm:";

    static readonly SearchValues<char> NameSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");

    /// <summary>
    /// The path of the field, without the variable of its event and without the steps into a list; <c>udm:name</c> for a value that is computed and
    /// shown under a name of its own; null where the leaf is about something computed that has none.
    /// </summary>
    /// <param name="shown">The leaf's field as the reading shows it.</param>
    /// <param name="target">What the leaf resolves by.</param>
    public static string? Of(string shown, Reference? target) => target switch
    {
        Reference.Field field when field.Display == shown => new FieldPath([.. field.Path.Segments.Items.Where(s => s is PathSegment.Key or PathSegment.Map)]).Display,
        null or Reference.Field when shown.Length > 0 && !shown.AsSpan().ContainsAnyExcept(NameSigns) => OfModel + shown,
        _ => null,
    };
}
