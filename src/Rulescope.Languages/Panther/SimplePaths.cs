using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Fields;

namespace Rulescope.Languages.Panther;

/// <summary>Paths as <c>KeyPath</c> writes them: <c>a.b</c>, <c>a[0].b</c>, <c>a[*].b</c>.</summary>
static class SimplePaths
{
    /// <summary>The steps of a path, or null where the text is none.</summary>
    public static FieldPath? Parse(string text)
    {
        var steps = ImmutableArray.CreateBuilder<PathSegment>();
        foreach (var part in text.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? part : part[..bracket];
            if (name.Length == 0)
                return null;
            steps.Add(new PathSegment.Key(name));
            for (var rest = bracket < 0 ? "" : part[bracket..]; rest.Length > 0;)
            {
                var end = rest.IndexOf(']', StringComparison.Ordinal);
                if (rest[0] != '[' || end < 0 || Place(rest[1..end]) is not { } place)
                    return null;
                steps.Add(place);
                rest = rest[(end + 1)..];
            }
        }

        return new(steps.ToImmutable());
    }

    static PathSegment? Place(string inside) =>
        inside == "*" ? new PathSegment.Each()
        : int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) ? new PathSegment.Index(position)
        : null;
}
