using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Rulescope.Text;

/// <summary>Every kind of finding there is: the <see cref="DiagnosticCode"/> fields of all static classes named <c>XCodes</c>.</summary>
public sealed class DiagnosticCatalog
{
    static readonly Regex Hole = new(@"\{\{|\}\}|\{[0-9]+[^{}]*\}", RegexOptions.NonBacktracking);

    readonly FrozenDictionary<string, int> _indexes;

    DiagnosticCatalog(ImmutableArray<DiagnosticCode> codes)
    {
        Codes = codes;
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < codes.Length; i++)
            indexes.TryAdd(codes[i].Id, i);
        _indexes = indexes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>In the order of their ids.</summary>
    public ImmutableArray<DiagnosticCode> Codes { get; }

    /// <summary>The catalog of the given assemblies.</summary>
    public static DiagnosticCatalog Of(IEnumerable<Assembly> assemblies) => new(
    [
        .. assemblies.SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: true, IsSealed: true } && t.Name.EndsWith("Codes", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.IsInitOnly)
            .Select(f => f.GetValue(null))
            .OfType<DiagnosticCode>()
            .OrderBy(c => c.Id, StringComparer.Ordinal),
    ]);

    /// <summary>Where a code stands in <see cref="Codes"/>, or null for an id that is not in the catalog.</summary>
    public int? IndexOf(string id) => _indexes.TryGetValue(id, out var index) ? index : null;

    /// <summary>The message with <c>…</c> where a finding has a fragment of its source.</summary>
    public static string MessageForm(DiagnosticCode code) => Hole.Replace(code.Format, m => m.Value switch
    {
        "{{" => "{",
        "}}" => "}",
        _ => "…",
    });
}
