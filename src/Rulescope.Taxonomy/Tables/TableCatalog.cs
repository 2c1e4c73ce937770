using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Taxonomy.Tables;

/// <summary>A table of a platform as its vendor documents it.</summary>
/// <param name="Name">In the vendor's spelling, which counts.</param>
/// <param name="Title">What its rows are.</param>
/// <param name="Source">The page of the reference that the columns are from.</param>
/// <param name="Columns">Names to types of the Kusto language: <c>TimeGenerated</c> to <c>datetime</c>.</param>
public sealed record TableSchema(string Name, string Title, string Source, FrozenDictionary<string, string> Columns);

/// <summary>The tables that come with the program; a fault in these files is a fault of the build, so it throws.</summary>
public sealed class TableCatalog
{
    static readonly Lazy<TableCatalog> ShippedCatalog = new(() => new([.. Embedded.Texts("tables/").SelectMany(f => Read(f.Text))]));

    readonly FrozenDictionary<string, TableSchema> _byName;

    public TableCatalog(ImmutableArray<TableSchema> tables)
    {
        Tables = tables;
        _byName = tables.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>The catalog of <c>content/taxonomy/tables</c>.</summary>
    public static TableCatalog Shipped => ShippedCatalog.Value;

    public ImmutableArray<TableSchema> Tables { get; }

    /// <summary>The table of a name in its exact spelling, or null.</summary>
    public TableSchema? Find(string name) => _byName.GetValueOrDefault(name);

    static List<TableSchema> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var tables = new List<TableSchema>();
        foreach (var table in document.RootElement.GetProperty("tables").EnumerateArray())
        {
            var columns = from type in table.GetProperty("columns").EnumerateObject()
                          from name in type.Value.EnumerateArray()
                          select KeyValuePair.Create(Text(name), type.Name);
            tables.Add(new(
                Text(table.GetProperty("name")), Text(table.GetProperty("title")), Text(table.GetProperty("source")), columns.ToFrozenDictionary(StringComparer.Ordinal)));
        }

        return tables;
    }

    static string Text(JsonElement element) => element.GetString() ?? throw new InvalidOperationException("a text of the table schemas is null");
}
