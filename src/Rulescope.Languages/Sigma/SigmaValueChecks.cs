using System.Globalization;
using System.Net;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>What the modifiers of a field ask of each of its values.</summary>
static class SigmaValueChecks
{
    /// <summary>The first thing a value lacks, or null.</summary>
    public static Diagnostic? Find(SigmaField field, SigmaValue value) =>
        field.Modifiers.Select(m => Check(m, value)).FirstOrDefault(f => f is not null);

    static Diagnostic? Check(SigmaModifier modifier, SigmaValue value)
    {
        var kind = modifier.Kind;
        if (kind is SigmaModifierKind.Unknown or SigmaModifierKind.All or SigmaModifierKind.NotEqual)
            return null;
        if (kind == SigmaModifierKind.Exists)
            return value is SigmaValue.Boolean ? null : Diagnostic.At(value.Span, SigmaCodes.NotABoolean, SigmaValues.Display(value));
        if (kind is >= SigmaModifierKind.Less and <= SigmaModifierKind.Year)
            return CheckNumber(modifier, value);
        if (value is SigmaValue.Null or SigmaValue.Boolean)
            return Diagnostic.At(value.Span, SigmaCodes.NotText, modifier.Name, SigmaValues.Display(value));
        var written = SigmaValues.Display(value);
        return kind switch
        {
            SigmaModifierKind.Cidr when !written.Contains('%', StringComparison.Ordinal) && !IsNetwork(written) =>
                Diagnostic.At(value.Span, SigmaCodes.NotANetwork, written),
            SigmaModifierKind.Base64 or SigmaModifierKind.Base64Offset or SigmaModifierKind.Utf16 or SigmaModifierKind.Utf16Le or SigmaModifierKind.Utf16Be
                when SigmaPattern.Parse(written).HasWildcard => Diagnostic.At(value.Span, SigmaCodes.EncodedWildcard, modifier.Name, written),
            _ => null,
        };
    }

    static Diagnostic? CheckNumber(SigmaModifier modifier, SigmaValue value)
    {
        if (SigmaValues.Number(value) is not { } number)
            return Diagnostic.At(value.Span, SigmaCodes.NotANumber, modifier.Name, SigmaValues.Display(value));
        (double Low, double High)? range = modifier.Kind switch
        {
            SigmaModifierKind.Minute => (0, 59),
            SigmaModifierKind.Hour => (0, 23),
            SigmaModifierKind.Day => (1, 31),
            SigmaModifierKind.Week => (1, 53),
            SigmaModifierKind.Month => (1, 12),
            _ => null,
        };
        return range is { } bounds && (number < bounds.Low || number > bounds.High)
            ? Diagnostic.At(value.Span, SigmaCodes.TimeOutOfRange, SigmaValues.Display(value), modifier.Name)
            : null;
    }

    // Host bits may be set and a single address is a network of its own.
    static bool IsNetwork(string written)
    {
        var slash = written.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? written : written[..slash], out var address))
            return false;
        var bits = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128;
        return slash < 0
            || (byte.TryParse(written.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bits);
    }
}
