using Rulescope.Catalog.Draft;
using Rulescope.Corpus.Drafts;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Web.Site;

/// <summary>What the page of a draft shows.</summary>
/// <param name="Draft">Null where nothing can be drafted; the message says why.</param>
public sealed record ShownDraft(Technique Technique, DraftLanguage Language, DraftedRule? Draft, string Message);
