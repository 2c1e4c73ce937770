using Rulescope.Engine.Events;
using Rulescope.Text;

namespace Rulescope.Engine.Readers;

/// <summary>What can be wrong with logs; area 01 JSON, 02 containers.</summary>
public static class LogCodes
{
    public static readonly DiagnosticCode NotAnObject = new("LOG0101", Severity.Error, "found '{0}' where an event was expected, reading goes on at line {1}");
    public static readonly DiagnosticCode BrokenEvent = new("LOG0102", Severity.Error, "the event is not valid JSON at line {0}, reading goes on at line {1}");
    public static readonly DiagnosticCode CutEvent = new("LOG0103", Severity.Error, "the log ends inside the event, reading goes on at line {0}");
    public static readonly DiagnosticCode TooDeep = new("LOG0104", Severity.Error, "the event is nested deeper than {0} levels, reading goes on at line {1}");
    public static readonly DiagnosticCode TooLarge = new("LOG0105", Severity.Error, "the event is longer than {0} bytes, reading goes on at line {1}");
    public static readonly DiagnosticCode BadContainer = new("LOG0201", Severity.Error, "'{0}' cannot be unpacked to its end: {1}");
    public static readonly DiagnosticCode NestedTooDeep = new("LOG0202", Severity.Error, "'{0}' lies inside more than {1} archives and was not opened");
    public static readonly DiagnosticCode CannotRead = new("LOG0203", Severity.Error, "'{0}' cannot be read: {1}");
}

/// <summary>A finding about a log, with the line (from 1) it is about; logs are too long for spans.</summary>
public sealed record LogFinding(string Source, long Line, Diagnostic Diagnostic)
{
    /// <summary><c>log.json:3: LOG0102 message</c>.</summary>
    public override string ToString() => $"{Source}:{Line}: {Diagnostic.Code.Id} {Diagnostic.Message}";
}

/// <summary>One step of reading: an event or a finding, never both.</summary>
public readonly record struct EventReading(Event? Event, LogFinding? Finding)
{
    public static EventReading Of(Event read) => new(read, null);

    public static EventReading Of(string source, long line, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
        new(null, new(source, line, Diagnostic.At(default, code, arguments)));
}
