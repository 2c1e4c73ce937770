using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Languages.Kusto;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>A package with its query and sample events read.</summary>
public sealed class PackageReading
{
    readonly ImmutableArray<PackageFinding>.Builder _findings = ImmutableArray.CreateBuilder<PackageFinding>();

    PackageReading(PackageFiles files)
    {
        Files = files;
        Package = Kept(files.Package, PackageReader.Read(files.Package.Text));
        var name = PackageReader.QueryName(files.Package.Text);
        Query = files.Others.GetValueOrDefault(name) ?? new(name, "");
        if (name.Length > 0 && !files.Others.ContainsKey(name))
            _findings.Add(new(files.Package, Diagnostic.At(new(0, 0), PackageCodes.NoQuery, name)));
        Syntax = Query.Text.Length == 0 ? new([]) : Kept(Query, KustoParser.ParseQuery(Query.Text));
        Logic = Query.Text.Length == 0 ? new(new Plan.Unsupported("")) : Kept(Query, KustoLowering.Lower(Syntax));
        Events =
        [
            .. files.Events.SelectMany(e => SampleEvents.Read(
                e.Table, e.Text, Package, (span, code, arguments) => _findings.Add(new(e.Text, Diagnostic.At(span, code, arguments))))),
        ];
    }

    public PackageFiles Files { get; }

    public DetectionPackage Package { get; }

    /// <summary>The query's text; empty where there is none.</summary>
    public SourceText Query { get; }

    public KustoQuery Syntax { get; }

    public RuleQuery Logic { get; }

    public ImmutableArray<SampleEvent> Events { get; }

    /// <summary>What reading found in all files.</summary>
    public ImmutableArray<PackageFinding> Findings => _findings.ToImmutable();

    /// <summary>Reads a package; never throws on content.</summary>
    public static PackageReading Of(PackageFiles files) => new(files);

    T Kept<T>(SourceText source, Parsed<T> parsed)
    {
        _findings.AddRange(parsed.Diagnostics.Select(d => new PackageFinding(source, d)));
        return parsed.Value;
    }
}
