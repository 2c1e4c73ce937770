using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Mcp;

/// <summary>The arguments of one call, held to the tool's parameters.</summary>
public sealed class ToolArguments
{
    readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    readonly List<string> _faults = [];

    ToolArguments()
    {
    }

    /// <summary>Reads what a client gave; null with every fault, for the model that has to mend them.</summary>
    public static ToolArguments? Read(ImmutableArray<ToolParameter> parameters, IEnumerable<KeyValuePair<string, JsonElement>> given, out string faults)
    {
        var read = new ToolArguments();
        var values = given.Where(g => g.Value.ValueKind is not JsonValueKind.Null and not JsonValueKind.Undefined).ToDictionary(StringComparer.Ordinal);
        foreach (var name in values.Keys.Where(k => !parameters.Any(p => p.Name == k)))
            read.Unknown(name, parameters);
        foreach (var parameter in parameters)
        {
            if (values.TryGetValue(parameter.Name, out var value))
                read.Take(parameter, value);
            else if (parameter.IsRequired)
                read._faults.Add($"'{parameter.Name}' is missing: {parameter.Meaning}");
            else if (parameter is ToolParameter.Number number)
                read._values[number.Name] = number.Usual;
        }

        faults = string.Join("; ", read._faults);
        return read._faults.Count == 0 ? read : null;
    }

    /// <summary>The text of an argument; null where it was left out or is empty.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name) is string { Length: > 0 } text ? text : null;

    public int Number(string name) => _values.GetValueOrDefault(name) is int number ? number : 0;

    public bool IsOn(string name) => _values.GetValueOrDefault(name) is true;

    public ImmutableArray<string> Words(string name) => _values.GetValueOrDefault(name) is ImmutableArray<string> words ? words : [];

    void Take(ToolParameter parameter, JsonElement value)
    {
        switch (parameter)
        {
            case ToolParameter.Line line when Text(value) is { } text:
                TakeLine(line, text.Trim());
                break;
            case ToolParameter.Document document when Text(value) is { } text:
                if (Fits(document.Name, text, document.MaxLength))
                    _values[document.Name] = text;
                break;
            case ToolParameter.Number number when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var whole) && whole >= number.Least && whole <= number.Most:
                _values[number.Name] = whole;
                break;
            case ToolParameter.Number number:
                _faults.Add($"'{number.Name}' takes a whole number from {number.Least} to {number.Most}");
                break;
            case ToolParameter.Flag flag when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                _values[flag.Name] = value.GetBoolean();
                break;
            case ToolParameter.Flag flag:
                _faults.Add($"'{flag.Name}' takes true or false");
                break;
            case ToolParameter.Words words when value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= words.OneOf.Count:
                TakeWords(words, value);
                break;
            case ToolParameter.Words words:
                _faults.Add($"'{words.Name}' takes a list of {string.Join(", ", words.OneOf.Items)}");
                break;
            default:
                _faults.Add($"'{parameter.Name}' takes a text");
                break;
        }
    }

    void TakeLine(ToolParameter.Line line, string text)
    {
        if (text.Any(char.IsControl))
            _faults.Add($"'{line.Name}' holds a control character; it is one line of plain text");
        else if (line.OneOf.IsEmpty ? Fits(line.Name, text, line.MaxLength) : IsWord(line.Name, text, line.OneOf))
            _values[line.Name] = line.OneOf.IsEmpty ? text : text.ToLowerInvariant();
    }

    void TakeWords(ToolParameter.Words words, JsonElement list)
    {
        var taken = list.EnumerateArray().Select(i => Text(i) ?? "").ToArray();
        if (taken.All(t => IsWord(words.Name, t, words.OneOf)))
            _values[words.Name] = taken.Select(t => t.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToImmutableArray();
    }

    bool IsWord(string name, string text, EquatableArray<string> words)
    {
        if (text.Length == 0 || words.Items.Contains(text, StringComparer.OrdinalIgnoreCase))
            return true;
        var near = Nearest.Of(text, words.Items);
        _faults.Add($"'{name}' is one of {string.Join(", ", words.Items)}{(near is null ? "" : $"; did you mean '{near}'?")}");
        return false;
    }

    bool Fits(string name, string text, int most)
    {
        if (text.Length <= most)
            return true;
        _faults.Add($"'{name}' has {text.Length} characters; it takes at most {most}");
        return false;
    }

    void Unknown(string name, ImmutableArray<ToolParameter> parameters)
    {
        var names = parameters.Select(p => p.Name).ToArray();
        var near = Nearest.Of(name, names);
        _faults.Add(names.Length == 0
            ? "this tool takes no arguments"
            : $"there is no argument '{ShownText.Line(name)}': {(near is null ? $"it takes {string.Join(", ", names)}" : $"did you mean '{near}'?")}");
    }

    // Half of a surrogate pair is a JSON text that no string can hold.
    static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
