using System.Text;

namespace Rulescope.Web.Export;

/// <summary>One address of the walk: the file it is written to, or where it leads instead.</summary>
/// <param name="File">Null where there is none.</param>
sealed record WalkedPage(string Address, string? File, bool IsPage, string? LeadsTo, long Bytes)
{
    /// <summary>A feed or a map of the site, which has to name the host it is served from: files do not know theirs.</summary>
    public bool IsFeed { get; init; }
}

/// <summary>The addresses an export has seen. Names are given in the order of the walk, so that each export of a catalog gives the same.</summary>
sealed class SitePages(int most)
{
    readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, WalkedPage> _walked = new(StringComparer.Ordinal);

    public int Count => _names.Count;

    public bool IsCut { get; private set; }

    public IEnumerable<WalkedPage> Walked => _walked.Values;

    /// <summary>Gives a new address its name; false for one that is known, that no file can answer, or that is one too many.</summary>
    public bool Add(string address)
    {
        if (_names.ContainsKey(address) || !ExportAddress.IsKept(address))
            return false;
        if (_names.Count == most)
        {
            IsCut = true;
            return false;
        }

        // Some systems do not tell apart names that differ in case.
        var name = ExportAddress.PathOf(address);
        for (var n = 2; !_taken.Add(name); n++)
            name = $"{ExportAddress.PathOf(address)}~{n}";
        _names.Add(address, name);
        return true;
    }

    /// <summary>The file for an answer to an address that was added.</summary>
    public string FileOf(string address, bool isPage) => !isPage ? _names[address] : _names[address] is { Length: > 0 } name ? $"{name}/index.html" : "index.html";

    public void Remember(WalkedPage page) => _walked[page.Address] = page;

    /// <summary>The file that a link ends at; null where the export has none.</summary>
    public string? Find(string address)
    {
        // A redirect may lead to another, but not for ever.
        for (var i = 0; i < 5 && _walked.TryGetValue(address, out var page); i++)
        {
            if (page.LeadsTo is null)
                return page.File;
            address = page.LeadsTo;
        }

        return ExportAddress.WholeTwin(address) is { } whole ? Find(whole) : null;
    }

    /// <summary>A link from one file to another, both below the folder of the export.</summary>
    public static string Relative(string from, string to)
    {
        var link = new StringBuilder();
        for (var depth = from.Count(c => c == '/'); depth > 0; depth--)
            link.Append("../");
        return link.Append(to).ToString();
    }
}
