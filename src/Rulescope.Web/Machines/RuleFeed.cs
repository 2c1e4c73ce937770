using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Rules;
using Rulescope.Web.Site;

namespace Rulescope.Web.Machines;

/// <summary>New and changed rules as an Atom feed (RFC 4287).</summary>
/// <param name="Title">What the feed is about.</param>
/// <param name="Path">Its own address on the site.</param>
/// <param name="Rules">The newest first.</param>
/// <param name="BuiltAt">The date of a feed without rules.</param>
sealed record RuleFeed(string Title, string Path, IReadOnlyList<RecentRule> Rules, DateTime BuiltAt)
{
    const string Atom = "http://www.w3.org/2005/Atom";

    public void Write(string origin, Stream output)
    {
        using var xml = XmlWriter.Create(output, XmlText.Settings);
        xml.WriteStartElement("feed", Atom);
        Text(xml, "title", Title);
        Text(xml, "id", Id($"feed {Path}"));
        Link(xml, "self", origin + Path, "application/atom+xml");
        Link(xml, "alternate", origin + "/", "text/html");
        Text(xml, "updated", Rules.Count == 0 ? Time(DateOnly.FromDateTime(BuiltAt)) : Time(Rules[0].Date));
        Text(xml, "rights", "Rules belong to their authors; each entry names the licence of its rule.");
        foreach (var rule in Rules)
            Entry(xml, rule, origin);
        xml.WriteEndElement();
    }

    static void Entry(XmlWriter xml, RecentRule rule, string origin)
    {
        var entry = rule.Entry;
        xml.WriteStartElement("entry", Atom);
        Text(xml, "title", $"{Vendors.Title(entry.Vendor)}: {entry.Title}");
        Text(xml, "id", Id($"rule {entry.Vendor}/{entry.Id}"));
        Link(xml, "alternate", origin + Links.Rule(entry.Vendor, entry.Id), "text/html");
        Text(xml, "updated", Time(rule.Date));
        if (entry.Created is { } created)
            Text(xml, "published", Time(created));
        foreach (var author in entry.Authors.DefaultIfEmpty(Vendors.Title(entry.Vendor)).Take(20))
        {
            xml.WriteStartElement("author", Atom);
            Text(xml, "name", author);
            xml.WriteEndElement();
        }

        foreach (var term in rule.Techniques.Prepend(entry.Vendor).Take(50))
        {
            xml.WriteStartElement("category", Atom);
            xml.WriteAttributeString("term", XmlText.Of(term));
            xml.WriteEndElement();
        }

        // Plain text: what an author wrote is never taken for markup.
        Text(xml, "summary", $"{(rule.IsNew ? "New" : "Changed")}. {rule.Description}".TrimEnd());
        Text(xml, "rights", $"Licence: {entry.License ?? "named by its source"}. By {(entry.Authors.IsEmpty ? "an unnamed author" : string.Join(", ", entry.Authors))}. {entry.Repository ?? "Local source"}, {entry.Path}, {entry.Commit ?? "no known commit"}.");
        xml.WriteEndElement();
    }

    // Made of the name alone, so that it stays the same on every site and over every build (RFC 9562, version 8).
    static string Id(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"rulescope {name}")).AsSpan(0, 16).ToArray();
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(hash, bigEndian: true)}";
    }

    static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, XmlText.Of(text));

    static void Link(XmlWriter xml, string relation, string address, string type)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    static string Time(DateOnly date) => date.ToString("yyyy-MM-dd'T00:00:00Z'", CultureInfo.InvariantCulture);
}
