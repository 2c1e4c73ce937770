using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>A search macro as an app defines it: <c>`name(a, b)`</c> stands for its definition with <c>$x$</c> and <c>$y$</c> replaced.</summary>
/// <param name="Name">Without the number of arguments that Splunk's files write behind it (<c>name(2)</c>).</param>
/// <param name="Parameters">In order, without dollar signs; Splunk tells macros of one name apart by their number.</param>
/// <param name="Definition">The text that replaces a call: any stretch of a search, macro calls included.</param>
public sealed record SplMacro(string Name, EquatableArray<string> Parameters, string Definition)
{
    /// <summary>The file the macro is defined in; null for one that stands in none.</summary>
    public SourceText? File { get; init; }

    /// <summary>The definition at its place in <see cref="File"/>.</summary>
    public EmbeddedText? Place { get; init; }
}

/// <summary>The macros a search may call, by name and number of arguments; a later definition replaces an earlier one.</summary>
public sealed class SplMacros
{
    readonly FrozenDictionary<(string Name, int Arity), SplMacro> _known;

    public SplMacros(IEnumerable<SplMacro> macros)
    {
        var known = new Dictionary<(string, int), SplMacro>();
        foreach (var macro in macros)
            known[(macro.Name, macro.Parameters.Count)] = macro;
        _known = known.ToFrozenDictionary();
    }

    /// <summary>No macros: every call is of one that is not defined.</summary>
    public static SplMacros None { get; } = new([]);

    public int Count => _known.Count;

    /// <summary>All of them, by name and number of arguments.</summary>
    public IEnumerable<SplMacro> All => _known.Values.OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Parameters.Count);

    /// <summary>Finds the macro of a name that takes so many arguments; names count with their case.</summary>
    public bool TryFind(string name, int arity, [NotNullWhen(true)] out SplMacro? macro) => _known.TryGetValue((name, arity), out macro);
}
