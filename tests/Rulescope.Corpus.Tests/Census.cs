using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Languages.Spl;
using Rulescope.Text;

namespace Rulescope.Corpus.Tests;

/// <summary>What came of reading the rule sets, as a text: numbers, ids, paths and our own words, never those of a rule.</summary>
sealed class Census
{
    const string Head =
        """
        # What came of reading the public rule sets. Written by CensusTests with ACCEPT=1.
        # read: without an error. logic: in the algebra. readable: read, and no part of the logic is kept as text.
        # A place is path:line:column; the ids behind it are explained under 'findings'.
        """;

    readonly List<string> _figures = [$"{"archive",-16}{"language",-10}{"kind",-12}{"documents",10}{"read",8}{"logic",8}{"readable",10}"];
    readonly List<string> _findings = [];
    readonly List<string> _notRead = [];
    readonly List<string> _notReadable = [];
    readonly List<string> _rejected = [];
    readonly List<string> _leftOut = [];
    readonly List<string> _macros = [];

    public string Text => string.Join('\n',
    [
        Head.ReplaceLineEndings("\n"), "",
        "== figures", .. _figures, "",
        "== archives that are not counted", .. _leftOut, "",
        "== findings", .. _findings, "",
        "== macros that are called and defined nowhere", .. _macros, "",
        "== not read", .. _notRead, "",
        "== read, but not readable", .. _notReadable, "",
        "== blocks that Microsoft's parser rejects, and what they are here", .. _rejected, "",
    ]);

    public void LeaveOut(string archive, string reason) => _leftOut.Add($"{archive}: {reason}");

    /// <summary>What becomes of the blocks that another reader rejects.</summary>
    public void AddRejected(IEnumerable<string> blocks) => _rejected.AddRange(blocks);

    public void Add(string archive, IReadOnlyList<FileResult<CensusRule>> files, ImmutableArray<CorpusFinding> others)
    {
        var rules = files.SelectMany(f => f.Items).ToArray();
        foreach (var language in rules.GroupBy(r => r.Language).OrderBy(g => g.Key))
        {
            foreach (var kind in language.GroupBy(r => r.Kind).OrderBy(g => g.Key))
                _figures.Add(Figures(archive, language.Key, kind.Key.Word(), [.. kind]));
            if (language.DistinctBy(r => r.Kind).Count() > 1)
                _figures.Add(Figures(archive, language.Key, "all", [.. language]));
        }

        foreach (var same in files.SelectMany(f => f.Findings).Concat(others).GroupBy(f => f.Diagnostic.Code).OrderBy(g => g.Key.Id, StringComparer.Ordinal))
            _findings.Add(string.Create(CultureInfo.InvariantCulture, $"{archive,-16}{same.Key.Id}{same.Count(),7} {Word(same.Key.Severity),-8}{DiagnosticCatalog.MessageForm(same.Key)}"));
        // A macro's name is a fact about the rule set; the finding has it between backticks.
        foreach (var macro in files.SelectMany(f => f.Findings).Where(f => f.Diagnostic.Code == SplCodes.UndefinedMacro).GroupBy(f => f.Diagnostic.Message.Split('`')[1], StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            _macros.Add(string.Create(CultureInfo.InvariantCulture, $"{archive} {macro.Key} {macro.Count()}"));
        _notRead.AddRange(files.SelectMany(f => NotRead(archive, f)));
        // A language whose meaning is not read yet is a figure and no list of names.
        var lowered = rules.Where(r => r.HasLogic).Select(r => r.Language).ToHashSet();
        _notReadable.AddRange(rules.Where(r => !r.HasError && !r.IsReadable && lowered.Contains(r.Language))
            .Select(r => $"{archive} {r.Place} {(r.Causes.IsEmpty ? r.HasLogic ? "no finding" : "no logic" : string.Join(' ', r.Causes))}"));
    }

    // A file whose error belongs to none of its rules is named by that.
    static IEnumerable<string> NotRead(string archive, FileResult<CensusRule> file)
    {
        var rules = file.Items.Where(r => r.HasError).ToArray();
        foreach (var rule in rules)
            yield return $"{archive} {rule.Place} {string.Join(' ', rule.Causes)}";
        var known = rules.SelectMany(r => r.Causes).ToHashSet(StringComparer.Ordinal);
        foreach (var finding in file.Findings.Where(f => f.Diagnostic.Code.Severity == Severity.Error && !known.Contains(f.Diagnostic.Code.Id)))
            yield return $"{archive} {finding.Path}:{finding.Position.Line}:{finding.Position.Column} {finding.Diagnostic.Code.Id}";
    }

    static string Figures(string archive, RuleLanguage language, string kind, IReadOnlyList<CensusRule> rules) => string.Create(
        CultureInfo.InvariantCulture,
        $"{archive,-16}{language.ToString().ToLowerInvariant(),-10}{kind,-12}{rules.Count,10}{rules.Count(r => !r.HasError),8}{rules.Count(r => r.HasLogic),8}{rules.Count(r => r.IsReadable),10}");

    static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
