namespace Rulescope.Web.Export;

/// <summary>What an export came to.</summary>
/// <param name="Pages">Files a browser shows.</param>
/// <param name="Files">All others: JSON, queries, styles.</param>
/// <param name="LeftOut">Links to searches and filters that lead to the page that says so.</param>
/// <param name="Dead">Addresses that pages link to and that the site does not have.</param>
public sealed record ExportedSite(int Pages, int Files, long Bytes, TimeSpan Took, int LeftOut, IReadOnlyList<string> Dead)
{
    /// <summary>True where there were more addresses than an export follows.</summary>
    public bool IsCut { get; init; }
}
