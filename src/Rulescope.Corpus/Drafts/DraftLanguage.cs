using System.Collections.Immutable;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Corpus.Vendors.Google;
using Rulescope.Corpus.Vendors.Microsoft;
using Rulescope.Corpus.Vendors.Panther;
using Rulescope.Corpus.Vendors.Sigma;
using Rulescope.Corpus.Vendors.Splunk;

namespace Rulescope.Corpus.Drafts;

/// <summary>A language in which a draft can be written, as a whole rule file of its vendor.</summary>
/// <param name="Name">As after <c>--draft</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Path">Where such a file lies in its vendor's repository, without the ending.</param>
/// <param name="Extension">With the dot.</param>
/// <param name="Write">The text of the file.</param>
public sealed record DraftLanguage(string Name, string Title, IVendorReader Reader, string Path, string Extension, Func<RuleDraft, string> Write)
{
    /// <summary>All of them, in the order of the pages.</summary>
    public static ImmutableArray<DraftLanguage> All { get; } =
    [
        new("sigma", "Sigma", new SigmaReader(), "rules/draft/", ".yml", SigmaDraft.Write),
        new("kuery", "Elastic KQL", new ElasticReader(), "rules/draft/", ".toml", ElasticDraft.Kuery),
        new("eql", "Elastic EQL", new ElasticReader(), "rules/draft/", ".toml", ElasticDraft.Eql),
        new("esql", "Elastic ES|QL", new ElasticReader(), "rules/draft/", ".toml", ElasticDraft.Esql),
        new("spl", "Splunk SPL", new SplunkReader(), "detections/draft/", ".yml", SplunkDraft.Write),
        new("kusto", "Microsoft Kusto", new MicrosoftReader(), "Detections/Draft/", ".yaml", MicrosoftDraft.Write),
        new("yaral", "Google YARA-L", new GoogleReader(), "rules/community/draft/", ".yaral", GoogleDraft.Write),
        new("panther", "Panther", new PantherReader(), "rules/draft/", ".yml", PantherDraft.Write),
    ];

    /// <summary>The language of a name, or null.</summary>
    public static DraftLanguage? Find(string name) => All.FirstOrDefault(l => string.Equals(l.Name, name, StringComparison.OrdinalIgnoreCase));
}
