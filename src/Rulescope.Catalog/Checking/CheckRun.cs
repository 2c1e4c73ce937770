using System.Collections.Immutable;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Splunk;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Catalog.Checking;

/// <summary>Reads the files of one call of <c>check</c> or <c>compare</c>.</summary>
public sealed class CheckRun(string? language, IReadOnlyList<string> macros, CancellationToken cancellation)
{
    // What a rule needs beside it may end otherwise than any rule.
    static readonly ImmutableArray<string> AllEndings =
        [.. CheckedLanguage.All.SelectMany(l => l.Extensions).Concat(VendorReaders.All.SelectMany(r => r.Extensions)).Distinct(StringComparer.Ordinal)];

    readonly ImmutableArray<SourceFile> _macros = [.. GivenMacros.Read(macros, new SplunkReader(), new CorpusWalker(), cancellation)];
    readonly CheckedLanguage? _language = CheckedLanguage.All.FirstOrDefault(l => l.Name == language);
    readonly ImmutableArray<string>.Builder _files = ImmutableArray.CreateBuilder<string>();
    readonly List<Finding> _findings = [];
    readonly List<(string Path, int Count)> _skipped = [];

    /// <summary>Takes each rule as it is read; the run keeps none.</summary>
    public Action<RuleDocument>? OnRule { get; init; }

    public int Files => _files.Count;

    /// <summary>Files with the ending of a rule that are none, by the path they were found under.</summary>
    public IReadOnlyList<(string Path, int Count)> Skipped => _skipped;

    public FindingsReport Report => new(_files.ToImmutable(), [.. _findings]);

    public void Read(string path)
    {
        using var contents = new CorpusWalker().Open(new RuleSource("", path), AllEndings, cancellation);
        var isNamed = File.Exists(path) && contents.Names is [var only] && only == Path.GetFileName(path);
        var companions = isNamed ? [] : Companions(contents, path);
        var folder = new CheckedFolder([.. companions.Values, .. _macros]);
        var skipped = 0;
        for (var i = 0; i < contents.Paths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!isNamed && !HasEnding(contents.Paths[i]))
                continue;
            if ((companions.GetValueOrDefault(i) ?? contents.Read(i)) is not { } file)
                continue;
            if (Find(file, isNamed) is { } found)
                Check(found, companions.ContainsKey(i) ? file : Shown(file, path, isNamed ? null : contents.Names[i]), folder);
            else if (!companions.ContainsKey(i))
                skipped++;
        }

        _findings.AddRange(contents.Findings.Where(f => f.Diagnostic.Code.Severity > Severity.Info).Select(f =>
            new Finding(f.Path == path ? path : $"{path.TrimEnd('/')}/{f.Path}", f.Position.Line, f.Position.Column, f.Diagnostic.Code.Id, f.Diagnostic.Code.Severity, f.Diagnostic.Message)));
        if (skipped > 0)
            _skipped.Add((path, skipped));
    }

    // By their place in the contents; a file is read once.
    Dictionary<int, SourceFile> Companions(SourceContents contents, string path)
    {
        var found = new Dictionary<int, SourceFile>();
        for (var i = 0; i < contents.Paths.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (CheckedFolder.IsCompanion(contents.Paths[i]) && contents.Read(i) is { } file)
                found[i] = Shown(file, path, contents.Names[i]);
        }

        return found;
    }

    // Findings name a file as it was asked for, wherever its repository begins.
    static SourceFile Shown(SourceFile file, string path, string? below)
    {
        var asked = path.Replace('\\', '/');
        return file with { Source = file.Source with { Path = below is null ? asked : $"{asked.TrimEnd('/')}/{below}" } };
    }

    bool HasEnding(string path) => _language is null ? CheckedLanguage.All.Any(l => l.HasEnding(path)) : _language.HasEnding(path);

    void Check(CheckedLanguage found, SourceFile file, CheckedFolder folder)
    {
        _files.Add(file.Source.Path);
        var read = found.Read(file, folder);
        _findings.AddRange(CheckedFinding.InOrder(read.Findings).Select(f => Finding.Of(f.Source, f.Diagnostic)));
        foreach (var document in read.Documents)
            OnRule?.Invoke(document);
    }

    // With a language named, a file that is plainly in another one is passed over; what is in none is for the reader to refuse.
    CheckedLanguage? Find(SourceFile file, bool isNamed)
    {
        var of = CheckedLanguage.Of(file);
        if (_language is null)
            return of;
        return isNamed || of is null || _language.Fits(file) ? _language : null;
    }
}
