using System.Diagnostics;
using System.Globalization;

namespace Rulescope.Languages.Sigma;

/// <summary>Values as text and as numbers.</summary>
static class SigmaValues
{
    /// <summary>The value as it would be written without quotes.</summary>
    public static string Display(SigmaValue value) => value switch
    {
        SigmaValue.Text text => text.Value,
        SigmaValue.Number number => number.Digits,
        SigmaValue.Boolean flag => flag.Value ? "true" : "false",
        SigmaValue.Null => "null",
        _ => throw new UnreachableException(value.GetType().Name),
    };

    /// <summary>The number, also where it was quoted, or null.</summary>
    public static double? Number(SigmaValue value) =>
        value is SigmaValue.Number or SigmaValue.Text && double.TryParse(Display(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
}
