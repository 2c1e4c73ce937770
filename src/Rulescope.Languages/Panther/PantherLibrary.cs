using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>One name of a data model: a way into the event or a function of the model's Python.</summary>
/// <param name="Name">What <c>event.udm</c> asks for.</param>
/// <param name="Path">A dotted path or a JSONPath; null for a method.</param>
/// <param name="Method">A function of the model's module that takes the event; null for a path.</param>
public sealed record DataModelMapping(string Name, string? Path, string? Method);

/// <summary>A data model: the names it gives to the fields of some log types.</summary>
/// <param name="LogTypes">The log types it holds for.</param>
/// <param name="Mappings">In the order of the file.</param>
/// <param name="Python">Its Python file; null where it has none.</param>
public sealed record DataModel(EquatableArray<string> LogTypes, EquatableArray<DataModelMapping> Mappings, SourceText? Python);

/// <summary>What stands beside Panther's rules: helper modules and data models. Modules are parsed and run once, when a rule first needs them; safe for many threads.</summary>
public sealed class PantherLibrary
{
    readonly FrozenDictionary<string, SourceText> _helpers;
    readonly FrozenDictionary<string, DataModel> _models;
    readonly ConcurrentDictionary<string, Lazy<PythonModule>> _parsed = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Lazy<ModuleScope>> _scopes = new(StringComparer.Ordinal);

    /// <summary>A library of helpers and data models.</summary>
    /// <param name="helpers">The file of each helper module by the name it is imported by, such as <c>panther_base_helpers</c>.</param>
    /// <param name="models">Enabled data models; the first one of a log type counts.</param>
    public PantherLibrary(IEnumerable<KeyValuePair<string, SourceText>> helpers, IEnumerable<DataModel> models)
    {
        _helpers = helpers.ToFrozenDictionary(StringComparer.Ordinal);
        _models = models.SelectMany(m => m.LogTypes.Items.Select(t => KeyValuePair.Create(t, m))).DistinctBy(m => m.Key, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>No helpers and no data models.</summary>
    public static PantherLibrary Empty { get; } = new([], []);

    /// <summary>The data model of a log type, or null.</summary>
    internal DataModel? Model(string logType) => _models.GetValueOrDefault(logType);

    /// <summary>The names of a helper module, or null where there is none of that name.</summary>
    internal ModuleScope? Scope(string module) => _helpers.TryGetValue(module, out var source) ? Scope(module, source) : null;

    /// <summary>The names of a data model's own module, or null.</summary>
    internal ModuleScope? Scope(DataModel model) => model.Python is { } source ? Scope($"data model {model.LogTypes[0]}", source) : null;

    ModuleScope Scope(string name, SourceText source) => _scopes.GetOrAdd(name, key => new(() => Interpreter.Load(new ModuleScope(key, source), Parse(key, source.Text), this, default), LazyThreadSafetyMode.PublicationOnly)).Value;

    PythonModule Parse(string name, string text) => _parsed.GetOrAdd(name, _ => new(() => PythonParser.Parse(text).Value)).Value;
}
