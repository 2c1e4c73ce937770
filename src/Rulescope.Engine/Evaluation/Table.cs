using System.Collections.Immutable;
using System.IO.Enumeration;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>Rows in memory, each one the scope in which a plan's next stage looks names up.</summary>
/// <param name="Columns">The names of all columns; empty where the rows are events whose fields nobody lists.</param>
/// <param name="Rows">In their order.</param>
public sealed record Table(ImmutableArray<string> Columns, ImmutableArray<Scope> Rows)
{
    /// <summary>Events as a table without a list of columns.</summary>
    public static Table Of(IEnumerable<Event> events) => new([], [.. events.Select(e => new Scope(new(e, null, null)))]);

    /// <summary>Records whose members are the columns.</summary>
    public static Table Of(ImmutableArray<string> columns, IEnumerable<EventValue.Object> rows) => Of(rows.Select(r => new Event(r, "", 0))) with { Columns = columns };

    /// <summary>The value of a column in a row: a computed one hides a field of the same name.</summary>
    public static EventValue Cell(Scope row, string column) =>
        row.Columns.TryGetValue(column, out var computed) ? computed : row.Record.Event.Content[column];

    /// <summary>The columns whose names fit a wildcard pattern.</summary>
    public IEnumerable<string> Matching(string glob) => Columns.Where(c => FileSystemName.MatchesSimpleExpression(glob, c, ignoreCase: false));
}
