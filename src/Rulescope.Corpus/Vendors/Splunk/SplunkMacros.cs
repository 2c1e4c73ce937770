using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Spl;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Splunk;

/// <summary>The macros of a source: <c>macros/NAME.yml</c> of security content, and <c>macros.conf</c> as an app has it.</summary>
sealed class SplunkMacros
{
    const string ConfFile = "macros.conf";

    SplunkMacros(SplMacros macros) => All = macros;

    public SplMacros All { get; }

    public static bool IsMacroFile(string path)
    {
        var parts = path.Split('/');
        return GivenMacros.Holds(path) || string.Equals(parts[^1], ConfFile, StringComparison.OrdinalIgnoreCase) || parts.SkipLast(1).Contains("macros", StringComparer.Ordinal);
    }

    public static SplunkMacros Of(SourceContext context) =>
        new(new(context.Companions.Where(c => IsMacroFile(c.Path))
            // Of two definitions the later one counts, and the user's word is the last.
            .OrderBy(c => GivenMacros.Holds(c.Path))
            .SelectMany(c => c.Path.EndsWith(".conf", StringComparison.OrdinalIgnoreCase) ? OfConf(c) : OfYaml(c))));

    // A macro without a name or a definition defines nothing; what calls it says so.
    static IEnumerable<SplMacro> OfYaml(SourceFile file)
    {
        foreach (var root in YamlReader.Read(file.Source.Text).Value.Select(d => d.Root).OfType<YamlNode.Mapping>())
        {
            var macro = new Metadata([root]);
            if (root["definition"] is YamlNode.Scalar definition && macro.Text("name") is { Length: > 0 } name)
                yield return At(file, YamlContent.Of(file.Source.Text, definition), new(WithoutCount(name), macro.Texts("arguments"), definition.Value.Trim()));
        }
    }

    // [name(2)], then "args = a, b" and "definition = ..."; a backslash at the end of a line carries on.
    static IEnumerable<SplMacro> OfConf(SourceFile file)
    {
        string? name = null;
        var keys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in JoinedLines(file.Source.Text).Append("[]"))
        {
            if (line is ['[', .. var stanza, ']'])
            {
                if (name is not null && keys.TryGetValue("definition", out var definition))
                    yield return AtLine(file, new(WithoutCount(name), Arguments(keys.GetValueOrDefault("args", "")), definition));
                name = stanza;
                keys.Clear();
            }
            else if (!line.StartsWith('#') && line.IndexOf('=', StringComparison.Ordinal) is var split and > 0)
            {
                keys[line[..split].Trim()] = line[(split + 1)..].Trim();
            }
        }
    }

    // The definition without the white space around it.
    static SplMacro At(SourceFile file, EmbeddedText content, SplMacro macro) =>
        macro with { File = file.Source, Place = content.Skip(content.Text.Length - content.Text.TrimStart().Length) };

    // A definition of one line stands in the file as it is; of several, its lines do.
    static SplMacro AtLine(SourceFile file, SplMacro macro)
    {
        var anchors = ImmutableArray.CreateBuilder<EmbeddedText.Anchor>();
        var (inner, outer) = (0, Math.Max(0, file.Source.Text.IndexOf($"[{macro.Name}", StringComparison.Ordinal)));
        foreach (var line in macro.Definition.Split('\n'))
        {
            outer = file.Source.Text.IndexOf(line, outer, StringComparison.Ordinal);
            if (outer < 0)
                return macro;
            anchors.Add(new(inner, outer));
            (inner, outer) = (inner + line.Length + 1, outer + line.Length);
        }

        return macro with { File = file.Source, Place = new(macro.Definition, anchors.ToImmutable(), outer) };
    }

    static IEnumerable<string> JoinedLines(string text)
    {
        var open = "";
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.EndsWith('\\'))
            {
                open += line[..^1] + "\n";
                continue;
            }

            yield return (open + line).Trim();
            open = "";
        }

        if (open.Length > 0)
            yield return open.Trim();
    }

    static EquatableArray<string> Arguments(string text) => [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // Splunk's own files write the number of arguments behind the name.
    static string WithoutCount(string name) => name.IndexOf('(', StringComparison.Ordinal) is var open and > 0 ? name[..open].Trim() : name.Trim();
}
