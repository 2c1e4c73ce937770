using System.Text;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.House;

public class DiagnosticCatalogTests
{
    const string Page = "docs/diagnostics.md";

    static readonly DiagnosticCatalog Catalog = DiagnosticCatalog.Of(Product.Assemblies);

    [Fact]
    public void Ids_are_unique() =>
        Assert.Empty(Catalog.Codes.GroupBy(c => c.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void Ids_are_three_letters_and_four_digits() =>
        Assert.DoesNotContain(Catalog.Codes, c => c.Id.Length != 7 || !c.Id[..3].All(char.IsAsciiLetterUpper) || !c.Id[3..].All(char.IsAsciiDigit));

    [Fact]
    public void Messages_begin_in_lower_case_and_have_no_full_stop() =>
        Assert.Empty(Catalog.Codes.Where(c => c.Format.Length == 0 || c.Format.EndsWith('.') || IsSentence(c.Format)).Select(c => $"{c.Id} {c.Format}"));

    [Fact]
    public void Every_id_occurs_in_a_case_file()
    {
        var cases = string.Concat(Tree.Files.Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".cases", StringComparison.Ordinal)).Select(Tree.Read));
        var missing = Catalog.Codes.Select(c => c.Id).Where(id => !cases.Contains(id, StringComparison.Ordinal));
        var open = missing.Except(Tree.Allowed("diagnostics-allow.txt"), StringComparer.Ordinal).ToList();
        Assert.True(open.Count == 0, $"write the case that brings it about: {string.Join(' ', open)}");
    }

    [Fact]
    public void The_page_lists_them_all()
    {
        var page = WritePage();
        var path = Tree.PathOf(Page);
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
            File.WriteAllText(path, page);
        Assert.True(File.ReadAllText(path).ReplaceLineEndings("\n") == page, $"{Page} is not what the code says: run this test with ACCEPT=1 and review the diff");
    }

    [Fact]
    public void Message_forms_show_where_fragments_go() =>
        Assert.Equal("'…' at {…} is too deep", DiagnosticCatalog.MessageForm(new("TST0101", Severity.Error, "'{0}' at {{{1:x}}} is too deep")));

    // A name or an acronym may begin a message: only a capital before a small letter looks like a sentence.
    static bool IsSentence(string text) => text is [var first, var second, ..] && char.IsUpper(first) && char.IsLower(second);

    static string WritePage()
    {
        var page = new StringBuilder("""
            # Diagnostics

            Every finding has a stable id: three letters for who found it, two digits for the area, two for the number. An id is never
            used again for something else. *info* was read and kept, *warning* was read but approximated, *error* was not read.
            `…` stands for a fragment of the text in question.

            This page is written from the code by a test; `ACCEPT=1` rewrites it.

            """.ReplaceLineEndings("\n"));
        foreach (var group in Catalog.Codes.GroupBy(c => c.Id[..3], StringComparer.Ordinal))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n| id | severity | message |\n|---|---|---|\n");
            foreach (var code in group)
                page.Append($"| {code.Id} | {NameOf(code.Severity)} | {Cell(DiagnosticCatalog.MessageForm(code))} |\n");
        }

        return page.ToString();
    }

    static string NameOf(Severity severity) => severity switch
    {
        Severity.Info => "info",
        Severity.Warning => "warning",
        _ => "error",
    };

    static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (var c in text)
        {
            if (c is '|' or '*' or '_' or '`' or '<' or '[' or '\\')
                cell.Append('\\');
            cell.Append(c);
        }

        return cell.ToString();
    }
}
