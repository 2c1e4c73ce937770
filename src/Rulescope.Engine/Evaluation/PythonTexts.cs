using System.Collections.Immutable;
using System.Text;
using Rulescope.Algebra.Predicates;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>The methods of Python's <c>str</c>. A subject that is no text has no such method, so the call fails.</summary>
static class PythonTexts
{
    public static IEnumerable<KeyValuePair<string, PythonFunction>> Known { get; } = new Dictionary<string, PythonFunction>(StringComparer.Ordinal)
    {
        ["lower"] = Changing(t => Foldings.Apply(new Folding.PythonLower(), t)),
        ["casefold"] = Changing(t => Foldings.Apply(new Folding.PythonLower(), t).Replace("ß", "ss", StringComparison.Ordinal)),
        ["upper"] = Changing(t => t.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal)),
        ["capitalize"] = Changing(t => t.Length == 0 ? t : string.Concat(t[..1].ToUpperInvariant(), t[1..].ToLowerInvariant())),
        ["title"] = Changing(Title),
        ["strip"] = Cutting((t, set) => set is null ? t.Trim() : t.Trim(set)),
        ["lstrip"] = Cutting((t, set) => set is null ? t.TrimStart() : t.TrimStart(set)),
        ["rstrip"] = Cutting((t, set) => set is null ? t.TrimEnd() : t.TrimEnd(set)),
        ["removeprefix"] = WithText((t, edge) => new EventValue.Text(t.StartsWith(edge, StringComparison.Ordinal) ? t[edge.Length..] : t)),
        ["removesuffix"] = WithText((t, edge) => new EventValue.Text(edge.Length > 0 && t.EndsWith(edge, StringComparison.Ordinal) ? t[..^edge.Length] : t)),
        ["find"] = WithText((t, sought) => new EventValue.Integer(t.IndexOf(sought, StringComparison.Ordinal))),
        ["rfind"] = WithText((t, sought) => new EventValue.Integer(t.LastIndexOf(sought, StringComparison.Ordinal))),
        ["count"] = a => a is [EventValue.Array list, var item] ? new EventValue.Integer(list.Items.Items.Count(i => PythonValues.Same(i, item)))
            : WithText((t, sought) => new EventValue.Integer(sought.Length == 0 ? t.Length + 1 : (t.Length - t.Replace(sought, "", StringComparison.Ordinal).Length) / sought.Length))(a),
        ["replace"] = a => a is [EventValue.Text { Value: var text }, EventValue.Text { Value: var old }, EventValue.Text { Value: var made }]
            ? new EventValue.Text(old.Length > 0 ? text.Replace(old, made, StringComparison.Ordinal) : Interleaved(text, made)) : Evaluated.Failed,
        ["split"] = a => Split(a, fromEnd: false),
        ["rsplit"] = a => Split(a, fromEnd: true),
        ["partition"] = a => Partition(a, (t, s) => t.IndexOf(s, StringComparison.Ordinal)),
        ["splitlines"] = a => a is [EventValue.Text text] ? OfTexts(Lines(text.Value)) : Evaluated.Failed,
        ["join"] = a => a is [EventValue.Text glue, EventValue.Array list] && list.Items.Items.All(i => i is EventValue.Text)
            ? new EventValue.Text(string.Join(glue.Value, list.Items.Items.Select(i => i.AsText))) : Evaluated.Failed,
        ["isdigit"] = Asking(t => t.Length > 0 && t.All(char.IsDigit)),
        ["isnumeric"] = Asking(t => t.Length > 0 && t.All(char.IsNumber)),
        ["isalpha"] = Asking(t => t.Length > 0 && t.All(char.IsLetter)),
        ["isalnum"] = Asking(t => t.Length > 0 && t.All(char.IsLetterOrDigit)),
        ["isupper"] = Asking(t => t.Any(char.IsUpper) && !t.Any(char.IsLower)),
        ["islower"] = Asking(t => t.Any(char.IsLower) && !t.Any(char.IsUpper)),
        ["isspace"] = Asking(t => t.Length > 0 && t.All(char.IsWhiteSpace)),
    };

    static PythonFunction Changing(Func<string, string> change) => a => a is [EventValue.Text text] ? new EventValue.Text(change(text.Value)) : Evaluated.Failed;

    static PythonFunction Asking(Func<string, bool> ask) => a => a is [EventValue.Text text] ? new EventValue.Bool(ask(text.Value)) : Evaluated.Failed;

    static PythonFunction WithText(Func<string, string, EventValue> compute) =>
        a => a is [EventValue.Text text, EventValue.Text other] ? compute(text.Value, other.Value) : Evaluated.Failed;

    static PythonFunction Cutting(Func<string, char[]?, string> cut) => a => a switch
    {
        [EventValue.Text text] => new EventValue.Text(cut(text.Value, null)),
        [EventValue.Text text, EventValue.Null] => new EventValue.Text(cut(text.Value, null)),
        [EventValue.Text text, EventValue.Text set] => new EventValue.Text(set.Value.Length == 0 ? text.Value : cut(text.Value, set.Value.ToCharArray())),
        _ => Evaluated.Failed,
    };

    static string Title(string text)
    {
        var titled = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            titled.Append(i > 0 && char.IsLetter(text[i - 1]) ? char.ToLowerInvariant(text[i]) : char.ToUpperInvariant(text[i]));
        return titled.ToString();
    }

    static string Interleaved(string text, string made) => string.Concat(made, string.Concat(text.Select(c => c + made)));

    static EventValue.Array OfTexts(IEnumerable<string> texts) => new([.. texts.Select(t => new EventValue.Text(t))]);

    static Evaluated Split(ImmutableArray<EventValue> a, bool fromEnd)
    {
        if (a.IsEmpty || a[0] is not EventValue.Text { Value: var text })
            return Evaluated.Failed;
        var limit = a.Length > 2 ? a[2] is EventValue.Integer { Value: >= 0 and < int.MaxValue - 1 and var most } ? (int)most : int.MaxValue - 1 : int.MaxValue - 1;
        if (a.Length < 2 || a[1] is EventValue.Null)
            return OfTexts(Words(text, limit, fromEnd));
        if (a[1] is not EventValue.Text { Value: { Length: > 0 } separator })
            return Evaluated.Failed;
        var parts = text.Split(separator, fromEnd ? int.MaxValue : limit + 1);
        var joined = fromEnd ? parts.Length - 1 - limit : 0;
        return OfTexts(joined > 0 ? [string.Join(separator, parts[..(joined + 1)]), .. parts[(joined + 1)..]] : parts);
    }

    // Runs of white space part words, and none stands at the edges.
    static IEnumerable<string> Words(string text, int limit, bool fromEnd)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length <= limit)
            return words;
        var rest = text;
        var cut = new List<string>();
        for (var i = 0; i < limit; i++)
        {
            rest = fromEnd ? rest.TrimEnd() : rest.TrimStart();
            var word = fromEnd ? words[^(i + 1)] : words[i];
            rest = fromEnd ? rest[..^word.Length] : rest[word.Length..];
            cut.Add(word);
        }

        cut.Add(fromEnd ? rest.TrimEnd() : rest.TrimStart());
        if (fromEnd)
            cut.Reverse();
        return cut;
    }

    static Evaluated Partition(ImmutableArray<EventValue> a, Func<string, string, int> place)
    {
        if (a is not [EventValue.Text { Value: var text }, EventValue.Text { Value: { Length: > 0 } separator }])
            return Evaluated.Failed;
        var at = place(text, separator);
        return OfTexts(at < 0 ? [text, "", ""] : [text[..at], separator, text[(at + separator.Length)..]]);
    }

    static string[] Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines is [.. var before, ""] ? before : lines;
    }
}
