using System.Globalization;

namespace Rulescope.Text;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Read and kept; worth knowing.</summary>
    Info,

    /// <summary>Read, but approximated.</summary>
    Warning,

    /// <summary>Not read.</summary>
    Error,
}

/// <summary>One kind of finding. Every instance is a static field of a class whose name ends in <c>Codes</c>.</summary>
/// <param name="Id">Stable id such as <c>SIG0102</c>: prefix, area, number. Never reused.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Format">Composite format: lower case, no full stop, says what was found and what was expected.</param>
public sealed record DiagnosticCode(string Id, Severity Severity, string Format);

/// <summary>A finding about one place in one source text. Bad input yields these; it never throws.</summary>
public sealed record Diagnostic(DiagnosticCode Code, SourceSpan Span, string Message)
{
    const int MaxFragment = 80;

    /// <summary>A finding at a place; text arguments are fragments of the source and are cut at 80 units.</summary>
    public static Diagnostic At(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        var shown = new object?[arguments.Length];
        for (var i = 0; i < shown.Length; i++)
            shown[i] = arguments[i] is string text ? Fragment(text) : arguments[i];
        return new(code, span, string.Format(CultureInfo.InvariantCulture, code.Format, shown));
    }

    // One line, of bearable length, without control characters: a message must not be able to draw on a terminal.
    static string Fragment(string text)
    {
        var cut = text.Length > MaxFragment ? string.Concat(text.AsSpan(0, MaxFragment - 1), "…") : text;
        return cut.Any(char.IsControl) ? string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c)) : cut;
    }

    /// <summary><c>SIG0102 @4+1 message</c>: the form used in case files.</summary>
    public override string ToString() => $"{Code.Id} @{Span} {Message}";
}
