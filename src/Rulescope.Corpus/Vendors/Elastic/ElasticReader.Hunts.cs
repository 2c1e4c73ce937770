using System.Collections.Immutable;
using Rulescope.Corpus.Sources;
using Rulescope.Languages.Toml;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <content>Hunts: each query of a file is a document of its own.</content>
public sealed partial class ElasticReader
{
    ImmutableArray<RuleDocument> ReadHunt(SourceFile file, SourceContext context, TomlValue.Table table, ImmutableArray<Diagnostic>.Builder findings)
    {
        var hunt = new ElasticTable(table, findings);
        var id = hunt.Text("uuid");
        if (id.Length == 0)
            hunt.Report(hunt.Span, CorpusCodes.NoId);
        var title = hunt.Text("name");
        if (title.Length == 0)
            hunt.Report(hunt.Span, CorpusCodes.NoTitle);
        var mitre = hunt.Texts("mitre");
        var shared = new RuleDocument
        {
            Vendor = "elastic",
            Id = id,
            Title = title.Length > 0 ? title : FileName(file.Path),
            Language = RuleLanguage.None,
            Kind = RuleKind.Hunt,
            Source = file.Source,
            Extent = new(0, file.Source.Text.Length),
            Hash = file.Hash,
            Description = hunt.Text("description"),
            License = License(hunt.Text("license"), context),
            Authors = hunt.Texts("author"),
            References = hunt.Texts("references"),
            Notes = hunt.Texts("notes"),
            Techniques = [.. mitre.Where(IsTechnique).Select(t => t.ToUpperInvariant()).Distinct(StringComparer.Ordinal)],
            // Ids of other frameworks (AML.T0051) are no ATT&CK techniques, but nothing that is tagged is lost.
            Tags = [.. mitre.Where(t => !IsTechnique(t))],
            LogSource = new("elastic", Terms(("integration", hunt.Texts("integration")))),
        };
        var languages = hunt.Texts("language");
        var queries = hunt.Strings("query");
        if (queries.IsEmpty)
            hunt.Report(hunt.Span, ElasticCodes.NoQuery, "hunt", "query");
        return [.. queries.Select((query, i) => ReadHuntQuery(shared, query, languages, i + 1, queries.Length))];
    }

    RuleDocument ReadHuntQuery(RuleDocument shared, TomlValue.String query, ImmutableArray<string> languages, int number, int count)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var hunt = HuntQuery.Of(TomlReader.Content(shared.Source.Text, query), languages, findings);
        var read = Queries(hunt.Language, hunt.Text, new(shared.LogSource));
        return shared with
        {
            Id = shared.Id.Length == 0 ? RuleDocument.IdFromPath(shared.Path, number) : count == 1 ? shared.Id : $"{shared.Id}#{number}",
            Title = count == 1 ? shared.Title : $"{shared.Title} ({number} of {count})",
            Extent = count == 1 ? shared.Extent : query.Span,
            Language = hunt.Language,
            Code = [new(SourceSpan.FromBounds(hunt.Text.ToOuter(0), hunt.Text.OuterEnd), hunt.Language)],
            Query = read.Value,
            Diagnostics = [.. findings, .. read.Diagnostics],
        };
    }
}

/// <summary>A query of a hunt: files name the languages of all their queries together, so each is known by how it begins.</summary>
sealed record HuntQuery(RuleLanguage Language, EmbeddedText Text)
{
    static readonly ImmutableArray<string> LanguageNames = ["sql", "eql", "esql", "es|ql"];

    public static HuntQuery Of(EmbeddedText text, ImmutableArray<string> declared, ImmutableArray<Diagnostic>.Builder findings)
    {
        text = WithoutStrayLine(text, findings);
        var start = SkipComments(text.Text);
        var (first, next) = FirstWords(text.Text.AsSpan(start));
        var place = text.ToOuter(new SourceSpan(start, Math.Max(1, first.Length)));
        switch (first.ToUpperInvariant())
        {
            case "SELECT":
                findings.Add(Diagnostic.At(place, ElasticCodes.Osquery));
                return new(RuleLanguage.None, text);
            case "FROM" or "ROW" or "TS" or "SHOW":
                return new(RuleLanguage.Esql, text);
            case "SEQUENCE" or "SAMPLE":
                return new(RuleLanguage.Eql, text);
        }

        if (string.Equals(next, "where", StringComparison.OrdinalIgnoreCase))
            return new(RuleLanguage.Eql, text);
        switch (declared)
        {
            case [var only] when string.Equals(only, "EQL", StringComparison.OrdinalIgnoreCase):
                return new(RuleLanguage.Eql, text);
            case [var only] when string.Equals(only, "ES|QL", StringComparison.OrdinalIgnoreCase):
                return new(RuleLanguage.Esql, text);
            case [var only] when string.Equals(only, "SQL", StringComparison.OrdinalIgnoreCase):
                findings.Add(Diagnostic.At(place, ElasticCodes.Osquery));
                return new(RuleLanguage.None, text);
            default:
                findings.Add(Diagnostic.At(place, ElasticCodes.UnclearLanguage, first));
                return new(RuleLanguage.None, text);
        }
    }

    // Some files carry the name of a Markdown fence along: a first line that holds nothing but a language.
    static EmbeddedText WithoutStrayLine(EmbeddedText text, ImmutableArray<Diagnostic>.Builder findings)
    {
        var start = text.Text.AsSpan().IndexOfAnyExcept(" \t\r\n");
        if (start < 0)
            return text;
        var length = text.Text.AsSpan(start).IndexOfAny('\r', '\n');
        if (length < 0)
            return text;
        var line = text.Text.Substring(start, length).TrimEnd();
        if (!LanguageNames.Contains(line, StringComparer.OrdinalIgnoreCase))
            return text;
        findings.Add(Diagnostic.At(text.ToOuter(new SourceSpan(start, line.Length)), ElasticCodes.StrayLine, line));
        return text.Skip(start + length);
    }

    static int SkipComments(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            var rest = text.AsSpan(at);
            if (rest.StartsWith("//", StringComparison.Ordinal) || rest.StartsWith("--", StringComparison.Ordinal))
                at = End(text, "\n", at + 2);
            else if (rest.StartsWith("/*", StringComparison.Ordinal))
                at = End(text, "*/", at + 2);
            else
                return at;
        }
    }

    static int End(string text, string mark, int from) => text.IndexOf(mark, from, StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : text.Length;

    static (string First, string Next) FirstWords(ReadOnlySpan<char> text)
    {
        var first = Word(text);
        return (first, Word(text[first.Length..].TrimStart()));
    }

    static string Word(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsLetterOrDigit(text[length]) || text[length] == '_'))
            length++;
        return text[..length].ToString();
    }
}
