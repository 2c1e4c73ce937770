using System.Text;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Drafts;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Text;

namespace Rulescope.Catalog.Draft;

/// <summary>Reads what a draft says and takes out of it what does not come back as the row it was made of.</summary>
sealed class DraftCheck(CatalogTaxonomy taxonomy, DraftLanguage language)
{
    sealed record Row(Side Side, string Field, string Owner, string Kind, string? Key);

    public DraftAttempt Narrow(DraftAttempt attempt, Func<DraftAttempt, RuleDraft> draft)
    {
        while (!attempt.Tests.IsEmpty)
        {
            var text = language.Write(draft(attempt));
            var rows = Rows(text);
            var fitting = attempt;
            foreach (var test in attempt.Tests.Where(t => !Has(rows, Side.Indicator, t)))
                fitting = fitting.Without(test);
            foreach (var clause in attempt.Exclusions.Where(e => !e.Tests.All(t => Has(rows, Side.Exclusion, t))))
                fitting = fitting.Without(clause.Exclusion, "this language has no way to say the same") with { Exclusions = fitting.Exclusions.Remove(clause) };
            if (ReferenceEquals(fitting, attempt))
                return attempt with { Text = text };
            attempt = fitting;
        }

        return attempt;
    }

    bool Has(HashSet<Row>? rows, Side side, NamedTest test) => rows is not null && rows.Contains(new(
        side, test.IsKnown ? test.Test.Field : test.Native.Field, test.IsKnown ? test.Test.Owner : language.Reader.Vendor, test.Test.Kind,
        test.Test.Kind == "regex_match" ? test.Test.Value : test.Test.Value.ToLowerInvariant()));

    // Null where a draft has an error, or a part that is not understood.
    HashSet<Row>? Rows(string text)
    {
        var file = SourceFile.Decode($"{language.Path}draft{language.Extension}", Encoding.UTF8.GetBytes(text));
        var read = language.Reader.Read(file, new SourceContext(new SourceProvenance(language.Reader.Vendor, "", null, null, null, null), []));
        if (read.Value is not [var document] || read.Diagnostics.Concat(document.Diagnostics).Any(d => d.Code.Severity == Severity.Error))
            return null;
        var record = RuleRecord.Of(document, taxonomy);
        return !record.IsReadable ? null
            : [.. record.Observations.Where(o => o.Reading != ReadingKind.Plain).Select(o => new Row(o.Leaf.Seen.Side, o.Leaf.Field, o.Leaf.Owner ?? "", o.Leaf.Kind.Word(), o.Leaf.RowKey))];
    }
}
