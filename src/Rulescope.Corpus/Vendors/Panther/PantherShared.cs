using System.Collections.Immutable;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Yaml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>What stands beside the rules of a source: helper modules and data models.</summary>
sealed record PantherShared(PantherLibrary Library)
{
    /// <summary>What a source has, read once.</summary>
    public static PantherShared Of(SourceContext context) => context.Derive(c => new PantherShared(new PantherLibrary(Helpers(c), Models(c))));

    /// <summary>The path of a file that another one names, in the same folder.</summary>
    public static string Beside(string path, string name) => path[..(path.LastIndexOf('/') + 1)] + name;

    // A module is imported by its path below the folder of helpers.
    static IEnumerable<KeyValuePair<string, SourceText>> Helpers(SourceContext context)
    {
        const string Folder = PantherReader.HelpersFolder + "/";
        foreach (var file in context.Companions.Where(c => c.Path.EndsWith(".py", StringComparison.OrdinalIgnoreCase)))
        {
            var at = file.Path.StartsWith(Folder, StringComparison.Ordinal) ? 0 : file.Path.IndexOf("/" + Folder, StringComparison.Ordinal) is var inner and >= 0 ? inner + 1 : -1;
            if (at >= 0)
                yield return new(file.Path[(at + Folder.Length)..^".py".Length].Replace('/', '.'), file.Source);
        }
    }

    static ImmutableArray<DataModel> Models(SourceContext context)
    {
        var models = ImmutableArray.CreateBuilder<DataModel>();
        foreach (var file in context.Companions.Where(c => !c.Path.EndsWith(".py", StringComparison.OrdinalIgnoreCase)))
        {
            foreach (var item in YamlReader.Read(file.Source.Text).Value.Items.Select(d => d.Root).OfType<YamlNode.Mapping>())
            {
                var metadata = new Metadata([item]);
                if (metadata.Text("AnalysisType") != "datamodel" || (metadata.Find("Enabled") as YamlNode.Scalar)?.Boolean is false)
                    continue;
                var python = metadata.Text("Filename") is { Length: > 0 } name ? context.Companion(Beside(file.Path, name))?.Source : null;
                models.Add(new(metadata.Texts("LogTypes"), Mappings(metadata), python));
            }
        }

        return models.ToImmutable();
    }

    static ImmutableArray<DataModelMapping> Mappings(Metadata metadata) => metadata.Find("Mappings") is not YamlNode.Sequence list ? [] :
    [
        .. from item in list.Items.Items.OfType<YamlNode.Mapping>().Select(m => new Metadata([m]))
           where item.Text("Name").Length > 0
           select new DataModelMapping(item.Text("Name"), OrNull(item.Text("Path")), OrNull(item.Text("Method"))),
    ];

    static string? OrNull(string text) => text.Length == 0 ? null : text;
}
