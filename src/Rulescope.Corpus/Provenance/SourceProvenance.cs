namespace Rulescope.Corpus.Provenance;

/// <summary>Where the rules of a source come from; null is unknown.</summary>
/// <param name="Vendor">The vendor's id, such as <c>sigma</c>.</param>
/// <param name="Path">The source as the user gave it.</param>
/// <param name="Repository">The repository's address, without credentials and without <c>.git</c>.</param>
/// <param name="Commit">Full commit id, lower-case hex.</param>
/// <param name="Date">Date of the commit.</param>
/// <param name="License">SPDX id.</param>
public sealed record SourceProvenance(string Vendor, string Path, string? Repository, string? Commit, DateOnly? Date, string? License)
{
    /// <summary>How much of its rules may be shown.</summary>
    public Publish Publish { get; init; }
}
