using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Rulescope.Web.Site;

namespace Rulescope.Web.Export;

/// <summary>Which addresses of the site become files, and under which names.</summary>
static class ExportAddress
{
    const int LongestName = 120;

    /// <summary>The address a link leads to without its fragment; null where it leaves the site or stays on the page.</summary>
    public static string? Of(string link)
    {
        var end = link.IndexOf('#', StringComparison.Ordinal);
        var address = end < 0 ? link : link[..end];
        // A search for nothing is the list of all rules.
        if (address == $"{Links.Rules}?q=")
            return Links.Rules;
        return address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) ? address : null;
    }

    /// <summary>The fragment of a link with its <c>#</c>; empty where it has none.</summary>
    public static string FragmentOf(string link) => link.IndexOf('#', StringComparison.Ordinal) is >= 0 and var mark ? link[mark..] : "";

    /// <summary>True for what a folder of files can answer: every page without a query, the rows of a technique by role and in full, and the lists of
    /// all rules and of a vendor's. Any other search or filter has more forms than there could be files.</summary>
    public static bool IsKept(string address)
    {
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
            return true;
        var query = QueryHelpers.ParseQuery(address[mark..]).Select(q => (q.Key, Value: q.Value.ToString())).ToArray();
        return address[..mark] == Links.Rules
            ? query.All(q => q is ("q", "") or ("page", _) || (q.Key == "q" && IsVendor(q.Value)))
            : address.StartsWith($"{Links.Techniques}/", StringComparison.Ordinal) && !IsTwin(address[..mark]) && query is [("role", _) or ("all", "1")];
    }

    /// <summary>The path of the file, with <c>/</c>, without <c>index.html</c>: letters, digits, <c>.</c>, <c>_</c> and <c>-</c> only, anything else as <c>~</c> and its bytes.</summary>
    public static string PathOf(string address)
    {
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? address : address[..mark];
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString);
        var query = mark < 0 ? [] : QueryHelpers.ParseQuery(address[mark..]).Where(q => q.Value.ToString().Length > 0).OrderBy(q => q.Key, StringComparer.Ordinal).Select(q => $"{q.Key}-{q.Value}");
        return string.Join('/', names.Concat(query).Select(Name));
    }

    /// <summary>The twin in JSON without a filter, which holds what any filtered one holds; null for other addresses.</summary>
    public static string? WholeTwin(string address) =>
        address.IndexOf('?', StringComparison.Ordinal) is > 0 and var mark && IsTwin(address[..mark]) ? address[..mark] : null;

    static bool IsTwin(string path) => path.EndsWith(".json", StringComparison.Ordinal);

    static bool IsVendor(string search) => search.StartsWith("vendor:", StringComparison.Ordinal) && search.AsSpan("vendor:".Length) is { IsEmpty: false } vendor && !vendor.ContainsAnyExceptInRange('a', 'z');

    static string Name(string text)
    {
        var name = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            // No name is hidden, leads upwards, or ends in a dot, which some systems drop.
            var isPlain = char.IsAsciiLetterOrDigit(c) || c is '_' or '-' || (c == '.' && name.Length > 0);
            _ = isPlain ? name.Append(c) : name.Append('~').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        if (name is [.., '.'])
            name.Append('~');
        return name.Length <= LongestName ? name.ToString() : $"{name.ToString(0, LongestName / 2)}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}";
    }
}
