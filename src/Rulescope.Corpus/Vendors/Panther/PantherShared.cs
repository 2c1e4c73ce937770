namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>What stands beside the rules of a source: helper modules and data models.</summary>
static class PantherShared
{
    public const string HelpersFolder = "global_helpers";

    public const string ModelsFolder = "data_models";

    /// <summary>The path of a file that another one names, in the same folder.</summary>
    public static string Beside(string path, string name) => path[..(path.LastIndexOf('/') + 1)] + name;
}
