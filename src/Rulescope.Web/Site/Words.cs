using System.Globalization;
using System.Text;
using Rulescope.Catalog.Guide;

namespace Rulescope.Web.Site;

/// <summary>How the pages write numbers, dates and names.</summary>
public static class Words
{
    /// <summary><c>1,234</c></summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 rule</c>, <c>1,234 rules</c></summary>
    public static string Count(int number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary><c>2026-08-22 14:05 UTC</c></summary>
    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A language as its makers write it.</summary>
    public static string Language(string language) => language switch
    {
        "sigma" => "Sigma",
        "kuery" => "KQL (Kibana)",
        "lucene" => "Lucene",
        "eql" => "EQL",
        "esql" => "ES|QL",
        "spl" => "SPL",
        "yaral" => "YARA-L",
        "python" => "Python",
        "kusto" => "Kusto",
        "none" or "" => "no query",
        _ => language,
    };

    /// <summary>What stands for a platform or domain on the page: the data's own words but for a few names.</summary>
    public static string Platform(string platform) => platform switch
    {
        "windows" => "Windows",
        "linux" => "Linux",
        "macos" => "macOS",
        "aws" => "AWS",
        "gcp" => "Google Cloud",
        "azure" => "Azure",
        "m365" or "o365" => "Microsoft 365",
        "entra" => "Microsoft Entra",
        "google_workspace" => "Google Workspace",
        "github" => "GitHub",
        "kubernetes" => "Kubernetes",
        "okta" => "Okta",
        "onelogin" => "OneLogin",
        "network" => "Network",
        "web" => "Web",
        _ => platform,
    };

    public static string Vendor(string vendor) => Vendors.Title(vendor);

    /// <summary>The class of a vendor's colour; <c>other</c> for one that has none.</summary>
    public static string VendorClass(string vendor) => Vendors.Order.Contains(vendor, StringComparer.Ordinal) ? vendor : "other";

    /// <summary>The class of a level's colour.</summary>
    public static string LevelClass(string level) => level switch
    {
        "critical" or "high" or "medium" or "low" => level,
        _ => "info",
    };

    /// <summary>Paragraphs of a rule's prose: blank lines part them, other line breaks are the author's wrapping unless a list goes on.</summary>
    public static IEnumerable<string> Paragraphs(string text)
    {
        var paragraph = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            var trimmed = line.Trim();
            if (trimmed.Length > 0)
            {
                if (paragraph.Length > 0)
                    paragraph.Append(IsItem(trimmed) ? '\n' : ' ');
                paragraph.Append(trimmed);
            }
            else if (paragraph.Length > 0)
            {
                yield return paragraph.ToString();
                paragraph.Clear();
            }
        }
    }

    static bool IsItem(string line) => line[0] is '-' or '*' or '•' || (char.IsAsciiDigit(line[0]) && line.AsSpan(1).TrimStart("0123456789").StartsWith(". "));

    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
