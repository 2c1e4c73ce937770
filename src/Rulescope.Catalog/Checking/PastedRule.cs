using System.Collections.Immutable;
using System.Text;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Catalog.Checking;

/// <summary>A rule that somebody hands over as a text. Nothing lies beside it, and nothing on this machine is looked at for it.</summary>
/// <param name="Language">The name of the language it was read as.</param>
/// <param name="Source">The text as it was read; the spans of findings count in it.</param>
/// <param name="Documents">The rules it holds.</param>
/// <param name="Findings">By place, each once.</param>
public sealed record PastedRule(string Language, SourceText Source, ImmutableArray<RuleDocument> Documents, ImmutableArray<CheckedFinding> Findings)
{
    const string Name = "input";

    /// <summary>The findings as a check of a file of that text writes them.</summary>
    public FindingsReport Report => new([Source.Path], [.. Findings.Select(f => Finding.Of(f.Source, f.Diagnostic))]);

    public bool HasErrors => Findings.Any(f => f.Diagnostic.Code.Severity == Severity.Error);

    /// <summary>Reads a text in the language with that name; where none is named, in the one that understands it best.</summary>
    /// <remarks>A rule file says what it is. A query alone does not, and some languages read any text as words to search for: so it is tried in each, and
    /// the one that sees most fields, fewest bare words and fewest errors in it has it; of equal ones the strictest.</remarks>
    public static PastedRule Read(string text, string? language = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var languages = CheckedLanguage.All.Where(l => language is null || l.Name == language).ToArray();
        if (languages.FirstOrDefault(l => FileOf(l, bytes) is not null) is { } holder)
            return Of(holder, FileOf(holder, bytes) ?? File(bytes, ""));
        if (languages is [var only])
            return Of(only, File(bytes, only.BareEndings.FirstOrDefault(only.Extensions[0])));
        return CheckedLanguage.All.OrderBy(l => l.Leniency)
            .SelectMany(l => l.BareEndings.Take(1).Select(ending => Of(l, File(bytes, ending))))
            .MaxBy(Understood) ?? throw new InvalidOperationException("there is no language whose queries stand alone");
    }

    // A rule file of the language, by an ending that not every text may have.
    static SourceFile? FileOf(CheckedLanguage language, byte[] bytes) =>
        language.Extensions.Except(language.BareEndings, StringComparer.Ordinal).Select(e => File(bytes, e)).FirstOrDefault(language.Fits);

    static PastedRule Of(CheckedLanguage language, SourceFile file)
    {
        var read = language.Read(file, CheckedFolder.Nowhere);
        return new(language.Name, file.Source, read.Documents, [.. CheckedFinding.InOrder(read.Findings)]);
    }

    // Names of fields speak for a language; words that may stand anywhere in an event, and errors, against it.
    static int Understood(PastedRule read)
    {
        var seen = read.Documents.SelectMany(d => d.Query is { } query ? Reader.Read(query).Observations.Items : []).ToArray();
        var words = seen.Where(IsWord).Select(o => o.Value).Distinct(StringComparer.Ordinal).Count();
        var fields = seen.Where(o => !IsWord(o)).Select(o => o.Field).Distinct(StringComparer.Ordinal).Count();
        return fields - words - read.Findings.Count(f => f.Diagnostic.Code.Severity == Severity.Error);
    }

    static bool IsWord(Observation seen) => seen.Target is Reference.AnyField or Reference.Raw;

    // The ending says what is in it; findings name the text plainly.
    static SourceFile File(byte[] bytes, string ending)
    {
        var file = SourceFile.Decode(Name + ending, bytes);
        return file with { Source = file.Source with { Path = Name } };
    }
}
