using System.Globalization;
using System.Text;
using Rulescope.Languages.Yaml;

namespace Rulescope.Corpus.Drafts;

/// <summary>Small pieces that several formats write alike.</summary>
static class DraftText
{
    /// <summary>Notes as comment lines; a value of a rule must not end the comment.</summary>
    public static string Comments(IEnumerable<string> notes, string mark) => string.Concat(notes.Select(n => $"{mark} {Line(n)}\n"));

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>One line without control characters.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text)
            line.Append(char.IsControl(letter) || letter is '\u2028' or '\u2029' || char.IsSurrogate(letter) ? ' ' : letter);
        return line.ToString();
    }

    public static string Yaml(params ReadOnlySpan<(string Key, YamlNode Value)> entries)
    {
        var mapping = new List<YamlEntry>();
        foreach (var (key, value) in entries)
            mapping.Add(new(YamlWriter.Key(key), value));
        return YamlWriter.Write(new YamlNode.Mapping([.. mapping]));
    }

    public static YamlNode Text(string value) => YamlWriter.Quoted(value);

    public static YamlNode Plain(string value) => new YamlNode.Scalar(value);

    public static YamlNode List(IEnumerable<string> values) => new YamlNode.Sequence([.. values.Select(Text)]);

    /// <summary>A block of a query under a key, indented by two.</summary>
    public static string Block(string key, string text) => $"{key}: |-\n{string.Concat(text.Split('\n').Select(l => $"  {l}\n"))}";
}
