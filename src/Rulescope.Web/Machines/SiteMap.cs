using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using Rulescope.Catalog.Rules;
using Rulescope.Packages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Machines;

/// <summary>The pages that a search engine shall know, as sitemaps.org asks; in parts where there are too many for one file.</summary>
sealed record SiteMap(ImmutableArray<LastChange> Pages)
{
    const string Schema = "http://www.sitemaps.org/schemas/sitemap/0.9";

    // The protocol's own limits are 50,000 addresses and 50 MB; search engines fetch less of them.
    const int UsualAddresses = 50_000;
    const int UsualBytes = 10_000_000;

    const int BytesAround = 90;

    public int MostAddresses { get; init; } = UsualAddresses;

    public int MostBytes { get; init; } = UsualBytes;

    public static SiteMap Of(RuleDates dates, CatalogOverview overview, PackageLibrary packages) => new(
    [
        .. new[] { "/", Links.Techniques, Links.Matrix, Links.Events, Links.Fields, Links.LogSources, Links.Packages, Links.CompareHome, Links.About }.Select(p => new LastChange(p, null)),
        .. dates.Techniques().Select(t => t with { Name = Links.Technique(t.Name) }),
        .. overview.Events.Select(e => new LastChange(Links.Event(e.Event.Id), null)),
        .. overview.LogSources.Select(s => new LastChange(Links.LogSource(s.Source.Id), null)),
        .. overview.Counts.Vendors.Select(v => new LastChange(Links.Vendor(v.Name), null)),
        // One page has all fields of a name, whoever's they are.
        .. overview.Fields.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Select(n => new LastChange(Links.Field(n), null)),
        .. packages.Packages.Select(p => new LastChange(Links.Package(p.Package.Id), p.Package.Date)),
        .. dates.Rules().Select(r => r with { Name = Links.Rule(r.Name) }),
    ]);

    /// <summary>The whole map, or the index of its parts.</summary>
    public void Write(string origin, Stream output)
    {
        if (Parts(origin) is not { Length: > 1 } parts)
        {
            WritePart(origin, 1, output);
            return;
        }

        using var xml = XmlWriter.Create(output, XmlText.Settings);
        xml.WriteStartElement("sitemapindex", Schema);
        for (var number = 1; number <= parts.Length; number++)
        {
            xml.WriteStartElement("sitemap", Schema);
            xml.WriteElementString("loc", Schema, string.Create(CultureInfo.InvariantCulture, $"{origin}/sitemap.xml?part={number}"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>One part, from 1; false where there is none of that number.</summary>
    public bool WritePart(string origin, int number, Stream output)
    {
        var parts = Parts(origin);
        if (number < 1 || number > parts.Length)
            return false;
        using var xml = XmlWriter.Create(output, XmlText.Settings);
        xml.WriteStartElement("urlset", Schema);
        foreach (var page in parts[number - 1])
        {
            xml.WriteStartElement("url", Schema);
            xml.WriteElementString("loc", Schema, origin + page.Name);
            if (page.Date is { } date)
                xml.WriteElementString("lastmod", Schema, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        return true;
    }

    ImmutableArray<ImmutableArray<LastChange>> Parts(string origin)
    {
        var parts = ImmutableArray.CreateBuilder<ImmutableArray<LastChange>>();
        var part = ImmutableArray.CreateBuilder<LastChange>();
        var bytes = 0;
        foreach (var page in Pages)
        {
            // Marks such as & take more room once they are encoded.
            var size = BytesAround + origin.Length + (5 * Encoding.UTF8.GetByteCount(page.Name));
            if (part.Count > 0 && (part.Count >= MostAddresses || bytes + size > MostBytes))
            {
                parts.Add(part.DrainToImmutable());
                bytes = 0;
            }

            part.Add(page);
            bytes += size;
        }

        parts.Add(part.DrainToImmutable());
        return parts.DrainToImmutable();
    }
}
