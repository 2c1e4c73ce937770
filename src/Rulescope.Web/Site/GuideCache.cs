using Rulescope.Catalog.Guide;
using Rulescope.Web.Serving;

namespace Rulescope.Web.Site;

/// <summary>Guides that were asked for lately. One guide is behind several answers, and the largest take longer to count than to send.</summary>
public sealed class GuideCache(GuideReader reader)
{
    const int MostGuides = 16;
    const long MostBytes = 24L << 20;

    // Rough sizes of what hangs on one rule and on one row.
    const int RuleBytes = 1_500;
    const int RowBytes = 400;

    readonly RecentlyUsed<string, TechniqueGuide> _guides = new(MostGuides, MostBytes);

    /// <summary>How many guides are kept.</summary>
    public int Count => _guides.Count;

    /// <summary>The guide of a technique; null with a message where its id names none.</summary>
    public TechniqueGuide? Read(GuideQuestion question, out string message)
    {
        message = "";
        var key = Links.Technique(question);
        if (_guides.Find(key) is { } known)
            return known;
        // Two who ask the same at once both count, which is harmless.
        if (reader.Read(question, out message) is not { } guide)
            return null;
        _guides.Keep(key, guide, ((long)guide.Rules.Total * RuleBytes) + ((long)(guide.Indicators.Distinct + guide.Fields.Distinct + guide.Exclusions.Distinct) * RowBytes));
        return guide;
    }
}
