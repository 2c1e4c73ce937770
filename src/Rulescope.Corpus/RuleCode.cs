using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Esql;
using Rulescope.Languages.Highlighting;
using Rulescope.Languages.Kuery;
using Rulescope.Languages.Kusto;
using Rulescope.Languages.Lucene;
using Rulescope.Languages.Python;
using Rulescope.Languages.Sigma;
using Rulescope.Languages.Spl;
using Rulescope.Languages.Toml;
using Rulescope.Languages.Yaml;
using Rulescope.Languages.Yaral;
using Rulescope.Text;

namespace Rulescope.Corpus;

/// <summary>A stretch of a rule's text that is code of a language, such as the search inside a YAML file.</summary>
/// <param name="Span">In the same text as the rule's other spans, delimiters included or not.</param>
public sealed record CodePart(SourceSpan Span, RuleLanguage Language);

/// <summary>Highlights rules: each query in its own language at its place in the file.</summary>
public static class RuleCode
{
    static readonly FrozenDictionary<RuleLanguage, Highlighter> Known = new Dictionary<RuleLanguage, Highlighter>
    {
        [RuleLanguage.Sigma] = SigmaHighlighter.Of,
        [RuleLanguage.Kuery] = KueryHighlighter.Of,
        [RuleLanguage.Lucene] = LuceneHighlighter.Of,
        [RuleLanguage.Eql] = EqlHighlighter.Of,
        [RuleLanguage.Esql] = EsqlHighlighter.Of,
        [RuleLanguage.Spl] = SplHighlighter.Of,
        [RuleLanguage.YaraL] = YaralHighlighter.Of,
        [RuleLanguage.Python] = PythonHighlighter.Of,
        [RuleLanguage.Kusto] = KustoHighlighter.Of,
    }.ToFrozenDictionary();

    /// <summary>The tokens of a query that stands alone.</summary>
    public static ImmutableArray<CodeToken> Tokens(RuleLanguage language, string text) => Known.TryGetValue(language, out var known) ? known(text) : [];

    /// <summary>The tokens of one file, or of a rule's stretch of it.</summary>
    /// <param name="path">Its ending says what the code stands in.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="code">The queries in it; spans count in <paramref name="text"/>.</param>
    public static ImmutableArray<CodeToken> Tokens(string path, string text, IEnumerable<CodePart> code)
    {
        var parts = InOrder(code, text.Length);
        var placed = new HashSet<CodePart>();
        var around = parts is [var only] && only.Span.Length == text.Length ? [] : Container(path, text, parts, placed);
        // What no string of the file holds is code as it stands.
        var loose = parts.RemoveAll(placed.Contains);
        if (loose.IsEmpty)
            return around;
        var own = loose.SelectMany(p => Tokens(p.Language, text.Substring(p.Span.Start, p.Span.Length)).Select(t => t with { Span = new(t.Span.Start + p.Span.Start, t.Span.Length) }));
        return [.. around.Where(t => !loose.Any(p => t.Span.Start < p.Span.End && t.Span.End > p.Span.Start)).Concat(own).OrderBy(t => t.Span.Start)];
    }

    // Parts lie inside the text and beside each other, whatever was said of them.
    static ImmutableArray<CodePart> InOrder(IEnumerable<CodePart> code, int length)
    {
        var parts = ImmutableArray.CreateBuilder<CodePart>();
        foreach (var part in code.OrderBy(c => c.Span.Start))
        {
            if (part.Span.Start >= (parts.Count == 0 ? 0 : parts[^1].Span.End) && part.Span.Length >= 0 && part.Span.End <= length)
                parts.Add(part);
        }

        return parts.ToImmutable();
    }

    static ImmutableArray<CodeToken> Container(string path, string text, ImmutableArray<CodePart> parts, HashSet<CodePart> placed)
    {
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".yml" or ".yaml" => YamlHighlighter.Of(text, (_, scalar, isKey) => isKey ? null : Inside(scalar.Span, () => YamlContent.Of(text, scalar))),
            ".toml" => TomlHighlighter.Of(text, value => Inside(value.Span, () => TomlReader.Content(text, value))),
            _ => [],
        };

        IEnumerable<CodeToken>? Inside(SourceSpan outer, Func<EmbeddedText> content)
        {
            if (parts.FirstOrDefault(p => outer.Contains(p.Span)) is not { } part || !Known.TryGetValue(part.Language, out var language))
                return null;
            placed.Add(part);
            return EmbeddedCode.Tokens(content(), language);
        }
    }
}
