using System.Collections.Frozen;
using Rulescope.Corpus.Sources;

namespace Rulescope.Corpus.Provenance;

/// <summary>Where a source stands in its repository: what turns the names found in it into paths of the repository.</summary>
/// <param name="Provenance">The repository.</param>
/// <param name="Prefix">What comes before every name, with a final <c>/</c>, for a source that is a part of the repository.</param>
/// <param name="Skipped">How many leading folders of every name are not part of the repository, such as <c>sigma-1.0/</c> in a download.</param>
sealed record SourcePlace(SourceProvenance Provenance, string Prefix, int Skipped)
{
    const int MaxSkipped = 4;

    /// <summary>The path in the repository of a name found in the source.</summary>
    public string PathOf(string name)
    {
        var start = 0;
        for (var i = 0; i < Skipped; i++)
            start = name.IndexOf('/', start) + 1;
        return Prefix + name[start..];
    }

    public static SourcePlace Find(RuleSource source, bool isFolder, IReadOnlyCollection<string> names, KnownRuleSets known, CorpusFindings findings)
    {
        var isArchive = !isFolder && CorpusWalker.IsArchive(source.Path);
        if (!isArchive && GitCheckout.Find(source.Path) is { } checkout)
            return InCheckout(source, isFolder, checkout, known);

        var sets = known.Of(source.Vendor).ToArray();
        var folders = sets.SelectMany(s => s.Folders).ToFrozenSet(StringComparer.Ordinal);
        var skipped = isFolder || isArchive ? CountSkipped(names, folders) : 0;
        var own = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source.Path)));
        // A folder that is itself one of the known ones: rules/ given instead of what holds it.
        var prefix = isFolder && skipped == 0 && folders.Contains(own) && !names.Any(n => folders.Contains(Segment(n, 0))) ? own + "/" : "";
        var place = new SourcePlace(new(source.Vendor, source.Path, null, null, null, null), prefix, skipped);
        var told = isArchive ? ArchiveManifest.Find(source, findings) : null;
        var guess = Guess(sets, names.Select(n => Segment(place.PathOf(n), 0)).ToHashSet(StringComparer.Ordinal));
        return place with
        {
            Provenance = place.Provenance with
            {
                Repository = told?.Repository ?? guess?.Repository,
                Commit = told?.Commit,
                Date = told?.Date,
                License = told?.License ?? (told?.Repository is null || RepositoryUrl.AreSame(told.Repository, guess?.Repository) ? guess?.License : null),
            },
        };
    }

    static SourcePlace InCheckout(RuleSource source, bool isFolder, GitCheckout checkout, KnownRuleSets known)
    {
        var inside = Path.GetRelativePath(checkout.Root, isFolder ? source.Path : Path.GetDirectoryName(Path.GetFullPath(source.Path)) ?? ".");
        var prefix = inside == "." ? "" : inside.Replace('\\', '/') + "/";
        var license = known.All.FirstOrDefault(s => RepositoryUrl.AreSame(s.Repository, checkout.Repository))?.License;
        return new(new(source.Vendor, source.Path, checkout.Repository, checkout.Commit, null, license), prefix, 0);
    }

    // Folders that every name shares are skipped up to the first that holds a folder known from the vendor's repository.
    static int CountSkipped(IReadOnlyCollection<string> names, FrozenSet<string> folders)
    {
        for (var depth = 0; depth <= MaxSkipped; depth++)
        {
            if (names.Any(n => folders.Contains(Segment(n, depth))))
                return depth;
            var shared = names.Count == 0 ? "" : Segment(names.First(), depth);
            if (shared.Length == 0 || names.Any(n => Segment(n, depth) != shared))
                return 0;
        }

        return 0;
    }

    // The one rule set of the vendor that has the folders found; a single loose file or an unknown layout gives none.
    static KnownRuleSet? Guess(KnownRuleSet[] sets, HashSet<string> top)
    {
        var fitting = sets.Select(s => (Set: s, Common: s.Folders.Count(top.Contains))).Where(s => s.Common > 0).OrderByDescending(s => s.Common).ToArray();
        return fitting.Length == 1 || (fitting.Length > 1 && fitting[0].Common > fitting[1].Common) ? fitting[0].Set : null;
    }

    // A folder of the name: the last segment is the file's and does not count.
    static string Segment(string name, int depth)
    {
        var start = 0;
        for (var i = 0; i < depth; i++)
        {
            start = name.IndexOf('/', start) + 1;
            if (start == 0)
                return "";
        }

        var end = name.IndexOf('/', start);
        return end < 0 ? "" : name[start..end];
    }
}
