using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Rulescope.Catalog.Guide;
using Rulescope.Corpus.Drafts;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Web.Site;

/// <summary>The addresses of the site; no page puts one together itself.</summary>
public static class Links
{
    public const string Techniques = "/techniques";

    public const string About = "/about";

    public const string HomeJson = "/index.json";

    /// <summary>The list of all rules, which a search makes shorter.</summary>
    public const string Rules = "/search";

    public const string Events = "/events";

    public const string Matrix = "/matrix";

    public const string Fields = "/fields";

    public const string LogSources = "/logsources";

    public const string Vendors = "/vendors";

    public const string Packages = "/packages";

    public const string CompareHome = "/compare";

    public const string CompareJson = "/compare.json";

    public const string CheckJson = "/check.json";

    /// <summary>The rules that were made or changed last, as a feed; of one vendor or technique where the query names it.</summary>
    public const string Feed = "/feed.xml";

    public const string Newest = "/newest.json";

    public const string OpenApi = "/openapi.json";

    /// <summary>The role whose rows a page shows unless its address says otherwise.</summary>
    public const string PageRole = "behaviour";

    /// <summary>The role of a twin in JSON unless its address says otherwise.</summary>
    public const string AllRoles = "all";

    public static string Technique(string id) => $"/techniques/{id}";

    public static string Tactic(Tactic tactic) => $"/techniques#{tactic.ShortName}";

    /// <summary>A technique page with its filters.</summary>
    public static string Technique(GuideQuestion question) => $"/techniques/{question.Technique}{Query(question, PageRole)}";

    public static string TechniqueJson(GuideQuestion question) => $"/techniques/{question.Technique}.json{Query(question, AllRoles)}";

    /// <summary>A rule to begin with in a language.</summary>
    public static string Draft(string technique, DraftLanguage language) => $"/techniques/{technique}/draft?lang={language.Name}";

    /// <summary>The same as a file: <c>txt</c> the rule itself, <c>json</c> the twin.</summary>
    public static string DraftFile(string technique, DraftLanguage language, string extension) => $"/techniques/{technique}/draft.{extension}?lang={language.Name}";

    /// <summary>The page of an event such as <c>sysmon/1</c>.</summary>
    public static string Event(string id) => $"/events/{Uri.EscapeDataString(id).Replace("%2F", "/", StringComparison.Ordinal)}";

    /// <summary>The page of a log source such as <c>windows/process_creation</c>.</summary>
    public static string LogSource(string id) => $"{LogSources}/{Uri.EscapeDataString(id).Replace("%2F", "/", StringComparison.Ordinal)}";

    public static string Vendor(string vendor) => $"{Vendors}/{Uri.EscapeDataString(vendor)}";

    /// <summary>The page of a field, by any of its names.</summary>
    public static string Field(string name) => IsSegment(name) ? $"{Fields}/{Uri.EscapeDataString(name)}" : $"{Fields}{new QueryBuilder { { "name", name } }}";

    public static string FieldJson(string name) => IsSegment(name) ? $"{Fields}/{Uri.EscapeDataString(name)}.json" : $"{Fields}.json{new QueryBuilder { { "name", name } }}";

    /// <summary>The list of fields, narrowed.</summary>
    public static string FieldList(FieldListQuestion question, string suffix = "")
    {
        var query = new QueryBuilder();
        if (question.Text.Length > 0)
            query.Add("q", question.Text);
        if (question.Show.Length > 0)
            query.Add("show", question.Show);
        if (question.Page > 1)
            query.Add("page", question.Page.ToString(CultureInfo.InvariantCulture));
        return $"{Fields}{suffix}{query}";
    }

    /// <summary>The matrix with its filters; <paramref name="suffix"/> picks a twin such as <c>.csv</c>.</summary>
    public static string MatrixOf(MatrixQuestion question, string suffix = "")
    {
        var query = new QueryBuilder();
        foreach (var vendor in question.Vendors)
            query.Add("vendor", vendor);
        foreach (var (name, value) in question.Named)
            query.Add(name, value);
        return $"{Matrix}{suffix}{query}";
    }

    public static string Rule(string vendor, string id) => Rule($"{vendor}/{id}");

    /// <summary>The page of the rule <c>vendor/id</c>.</summary>
    public static string Rule(string rule) => $"/rules/{Uri.EscapeDataString(rule).Replace("%2F", "/", StringComparison.Ordinal)}";

    /// <summary>A stretch of a rule's text on its page; the rule is <c>vendor/id</c>, the place counts in its own text.</summary>
    public static string RuleAt(string rule, int start, int length) => $"{Rule(rule)}#{Mark(start, length)}";

    /// <summary>A rule, at the place where it says what a row shows if the row knows one; places are in ordinal order of their rules.</summary>
    public static string RuleAt(string rule, ImmutableArray<RulePlace> places)
    {
        var at = places.BinarySearch(new(rule, default), Comparer<RulePlace>.Create((a, b) => string.CompareOrdinal(a.RuleId, b.RuleId)));
        return at >= 0 ? RuleAt(rule, places[at].Span.Start, places[at].Span.Length) : Rule(rule);
    }

    /// <summary>The name of a marked stretch on a rule's page.</summary>
    public static string Mark(int start, int length) => string.Create(CultureInfo.InvariantCulture, $"m{start}-{length}");

    public static string Search(string query, int page = 1) => $"/search{SearchQuery(query, page)}";

    public static string SearchJson(string query, int page = 1) => $"/search.json{SearchQuery(query, page)}";

    /// <summary>Rules with the same test as a row.</summary>
    public static string SameTest(string field, string kind, string? value)
    {
        // A quote cannot stand inside a quoted value, so the search goes without it.
        var test = $"{Term("field", field)} {Term("op", kind)}";
        return Search(value is null || value.Contains('"', StringComparison.Ordinal) ? test : $"{test} value:\"{value}\"");
    }

    /// <summary>A rule of the catalog beside all others.</summary>
    public static string Compare(string vendor, string id) => $"{CompareHome}{CompareQuery(vendor, id)}";

    /// <summary>The same as JSON.</summary>
    public static string CompareTwin(string vendor, string id) => $"{CompareJson}{CompareQuery(vendor, id)}";

    /// <summary>The form for a rule of a technique.</summary>
    public static string CompareWith(string technique) => $"{CompareHome}?technique={technique}";

    public static string Package(string id, IEnumerable<int>? without = null) => $"/packages/{Uri.EscapeDataString(id)}{Without(without)}";

    /// <summary>The query of a package as a file, with the numbered exclusions put in.</summary>
    public static string PackageQuery(string id, IEnumerable<int>? without = null) => $"/packages/{Uri.EscapeDataString(id)}.kql{Without(without)}";

    public static string PackageJson(string id) => $"/packages/{Uri.EscapeDataString(id)}.json";

    /// <summary>A <c>key:value</c> of a search, quoted where it must be.</summary>
    public static string Term(string key, string value) => value.Any(char.IsWhiteSpace) ? $"{key}:\"{value}\"" : $"{key}:{value}";

    /// <summary>An address that may stand in a link: absolute, http or https; null for anything else.</summary>
    public static string? Safe(string? address) =>
        Uri.TryCreate(address?.Trim(), UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri.AbsoluteUri
            : null;

    // Rules may call a field anything; what could be read as steps of a path or as a twin goes into the query instead.
    static bool IsSegment(string name) =>
        name.Length > 0 && !name.AsSpan().ContainsAny('/', '\\', '%') && !name.Any(char.IsControl) && name.Trim('.').Length > 0 && !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    static string Without(IEnumerable<int>? without) =>
        without?.Order().Select(n => n.ToString(CultureInfo.InvariantCulture)).ToArray() is { Length: > 0 } numbers ? $"?without={string.Join(',', numbers)}" : "";

    static string CompareQuery(string vendor, string id) => $"?rule={Uri.EscapeDataString($"{vendor}/{id}").Replace("%2F", "/", StringComparison.Ordinal)}";

    static string SearchQuery(string query, int page)
    {
        var builder = new QueryBuilder { { "q", query } };
        if (page > 1)
            builder.Add("page", page.ToString(CultureInfo.InvariantCulture));
        return builder.ToString();
    }

    static string Query(GuideQuestion question, string role)
    {
        var query = new QueryBuilder();
        Add("platform", question.Platform);
        Add("domain", question.Domain);
        Add("vendor", question.Vendor);
        Add("level", question.Level);
        Add("data", question.Data);
        Add("role", question.Role == role ? null : question.Role);
        Add("include", question.Include.IsEmpty ? null : string.Join(',', question.Include));
        Add("sub", question.WithSubtechniques ? "1" : null);
        Add("plain", question.Plain ? "1" : null);
        Add("all", question.All ? "1" : null);
        return query.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                query.Add(name, value);
        }
    }
}
