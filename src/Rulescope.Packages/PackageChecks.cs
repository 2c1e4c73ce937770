using System.Collections.Immutable;
using Rulescope.Languages.Kusto;
using Rulescope.Packages.Columns;
using Rulescope.Taxonomy.Attack;
using Rulescope.Taxonomy.Tables;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>A table that the query reads, with the columns it uses in the order of first use.</summary>
/// <param name="Schema">What is known of the table; null where it is not in the catalog.</param>
public sealed record PackageTable(string Name, TableSchema? Schema, EquatableArray<string> Columns, EquatableArray<string> Tested);

/// <summary>What a package claims, held against what is known: its technique, the tables and columns of its query, its signals and clauses.</summary>
public sealed class PackageChecks
{
    readonly ImmutableArray<PackageFinding>.Builder _findings = ImmutableArray.CreateBuilder<PackageFinding>();
    readonly PackageReading _reading;
    readonly TableCatalog _catalog;

    PackageChecks(PackageReading reading, TableCatalog catalog)
    {
        (_reading, _catalog) = (reading, catalog);
        Technique();
        var columns = new ColumnReading(catalog);
        var result = columns.Query(reading.Syntax);
        _findings.AddRange(columns.Findings.Select(f => new PackageFinding(reading.Query, f)));
        var (tables, read, tested) = (columns.Tables, columns.Read, columns.Tested);
        foreach (var signal in reading.Package.Tests.SelectMany(t => t.Signals))
            Signal(signal, tables, tested);
        foreach (var clause in reading.Package.Tuning)
            Clause(clause, columns, result);
        Events();
        Tables =
        [
            .. tables.Select(t => new PackageTable(
                t, catalog.Find(t), [.. read.Where(r => r.Table == t).Select(r => r.Column)], [.. tested.Where(r => r.Table == t).Select(r => r.Column)])),
        ];
    }

    /// <summary>What the parsed query reads.</summary>
    public ImmutableArray<PackageTable> Tables { get; }

    /// <summary>What does not hold.</summary>
    public ImmutableArray<PackageFinding> Findings => _findings.ToImmutable();

    /// <summary>Checks a package against the tables that are known; never throws on content.</summary>
    public static PackageChecks Of(PackageReading reading, TableCatalog? catalog = null) => new(reading, catalog ?? TableCatalog.Shipped);

    /// <summary>A condition over a table as its query, and why it is none.</summary>
    internal static (KustoQuery? Query, string? Problem) Condition(string table, string where)
    {
        var parsed = KustoParser.ParseQuery($"['{table.Replace("'", "", StringComparison.Ordinal)}']\n| where {where}");
        if (parsed.Diagnostics.FirstOrDefault(d => d.Code.Severity is Severity.Error) is { } problem)
            return (null, problem.Message);
        return parsed.Value.Statements is [KustoStatement.Query { Value: KustoExpression.Pipeline { Operators: [KustoOperator.Where] } }]
            ? (parsed.Value, null)
            : (null, "expected one condition");
    }

    void Technique()
    {
        var package = _reading.Package;
        var resolution = AttackFacts.Default.Resolve(package.Technique);
        if (resolution.Kind is AttackIdKind.Moved or AttackIdKind.Retired)
            Report(package.TechniqueSpan, PackageCodes.RevokedTechnique, package.Technique, resolution.Kind is AttackIdKind.Moved ? resolution.Id : "a technique of the current version");
        else if (resolution.Kind is not AttackIdKind.Current && package.Technique.Length > 0)
            Report(package.TechniqueSpan, PackageCodes.UnknownTechnique, package.Technique, AttackFacts.Default.Version);
    }

    void Signal(ExpectedSignal signal, ImmutableArray<string> tables, ImmutableArray<TableColumn> tested)
    {
        if (signal.Table.Length == 0 || signal.Where.Length == 0)
            return;
        var (query, problem) = Condition(signal.Table, signal.Where);
        if (query is null)
        {
            Report(signal.Span, PackageCodes.BrokenCondition, problem);
            return;
        }

        var own = new ColumnReading(_catalog);
        own.Query(query);
        foreach (var finding in own.Findings)
            _findings.Add(new(_reading.Files.Package, finding with { Span = signal.Span }));
        if (!tables.Contains(signal.Table, StringComparer.Ordinal))
        {
            Report(signal.Span, PackageCodes.SignalTableUnread, signal.Table);
            return;
        }

        foreach (var column in own.Tested.Where(c => !tested.Contains(c)))
            Report(signal.Span, PackageCodes.SignalColumnUnread, column.Column, column.Table);
    }

    void Clause(TuningClause clause, ColumnReading columns, KustoColumns result)
    {
        if (clause.Exclude.Length == 0)
            return;
        var (query, problem) = Condition("rows", clause.Exclude);
        if (query?.Statements[0] is KustoStatement.Query { Value: KustoExpression.Pipeline { Operators: [KustoOperator.Where where] } })
        {
            var before = columns.Findings;
            columns.Condition(where.Condition.Value, result);
            foreach (var finding in columns.Findings.Except(before))
                _findings.Add(new(_reading.Files.Package, finding with { Span = clause.Span }));
        }
        else
        {
            Report(clause.Span, PackageCodes.BrokenCondition, problem);
        }
    }

    void Events()
    {
        foreach (var sample in _reading.Events)
        {
            if (_catalog.Find(sample.Table) is not { } table)
                continue;
            foreach (var member in sample.Row.Content.Members.Items.Where(m => !table.Columns.ContainsKey(m.Name)))
                _findings.Add(new(sample.Source, Diagnostic.At(sample.Span, PackageCodes.EventColumn, member.Name, sample.Table)));
        }

        foreach (var test in _reading.Package.Tests)
        {
            var events = _reading.Events.Where(e => e.Test == test.Id).ToList();
            if (!events.Exists(e => e.Expect is Expectation.Match))
                Report(test.Span, PackageCodes.TestWithoutEvents, test.Id, "event that matches");
            if (!events.Exists(e => e.Expect is Expectation.NearMiss))
                Report(test.Span, PackageCodes.TestWithoutEvents, test.Id, "near miss");
        }
    }

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) =>
        _findings.Add(new(_reading.Files.Package, Diagnostic.At(span, code, arguments)));
}
