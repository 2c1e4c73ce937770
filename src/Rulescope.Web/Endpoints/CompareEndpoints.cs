using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Rulescope.Catalog.Checking;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Rules;
using Rulescope.Text;
using Rulescope.Text.Findings;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/compare</c>: a pasted rule, or one of the catalog, beside all others; <c>/check.json</c>: what is wrong with a text.</summary>
/// <remarks>The addresses that take a POST change nothing and keep nothing, so a form of another site gains nothing by sending one: there is no antiforgery token.</remarks>
static class CompareEndpoints
{
    /// <summary>The longest rule that is read, in bytes; the longest public one has 290 KB.</summary>
    public const int MaxText = 512 << 10;

    // Names and borders of the fields of a form.
    const int MaxRest = 8 << 10;
    const int MaxWord = 100;

    const string TooLong = "Reading this text takes too long, or too many texts are being read at the moment. Try again, or take a part of the rule.";

    static readonly FormOptions Form = new() { MemoryBufferThreshold = MaxText + MaxRest, ValueCountLimit = 16, ValueLengthLimit = MaxText, MultipartBodyLengthLimit = MaxText + MaxRest };

    public static void MapCompare(this IEndpointRouteBuilder routes)
    {
        routes.MapRead(Links.CompareHome, (HttpRequest request, Comparing comparing, RuleReader rules) => Shown(request, comparing, rules) is { } page
            ? Answers.Page<CompareView>(page)
            : Answers.Page<MessageView>(Lost(request), StatusCodes.Status404NotFound));
        routes.MapRead(Links.CompareJson, (HttpRequest request, Comparing comparing, RuleReader rules) => Shown(request, comparing, rules) is { } page
            ? Twin(page)
            : Answers.NoTwin($"There is no rule {Word(request.Query["rule"])}."));
        Take(routes.MapPost(Links.CompareHome, PageAsync));
        Take(routes.MapPost(Links.CompareJson, JsonAsync));
        Take(routes.MapPost(Links.CheckJson, CheckAsync));
    }

    static void Take(RouteHandlerBuilder route) => route.WithMetadata(new RequestSizeLimitAttribute(MaxText + MaxRest)).DisableAntiforgery().AddEndpointFilter(async (call, next) =>
    {
        try
        {
            return await next(call).ConfigureAwait(false);
        }
        catch (BadHttpRequestException refused)
        {
            // A body that is too long or breaks off is the visitor's matter, and none for the log.
            return call.HttpContext.Request.Path.Value?.EndsWith(".json", StringComparison.Ordinal) == true
                ? TypedResults.Problem($"A rule may have {MaxText >> 10} KB.", statusCode: refused.StatusCode, title: "Not read")
                : TypedResults.StatusCode(refused.StatusCode);
        }
    });

    // A rule of the catalog, or the empty form; null where there is no such rule.
    static ComparePage? Shown(HttpRequest request, Comparing comparing, RuleReader rules)
    {
        var question = new CompareQuestion("", Language(request.Query["lang"]), Word(request.Query["technique"]));
        if (Word(request.Query["rule"]).Split('/', 2) is not [var vendor, var id])
            return request.Query.ContainsKey("rule") ? null : new(question);
        return rules.Read(vendor, id, out _) is { } rule ? comparing.Answer(question with { Text = rule.Text }, rule) : null;
    }

    static async Task<IResult> PageAsync(HttpRequest request, Comparing comparing, CompareDesk desk)
    {
        if (!request.HasFormContentType)
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        if (await FormAsync(request).ConfigureAwait(false) is not { } question)
            return TypedResults.BadRequest();
        if (string.IsNullOrWhiteSpace(question.Text))
            return Answers.Page<CompareView>(new ComparePage(question) { Problem = "There is no rule in the field yet." });
        return await desk.ReadAsync(question.Text, question.Language.Length == 0 ? null : question.Language, request.HttpContext.RequestAborted).ConfigureAwait(false) is { } read
            ? Answers.Page<CompareView>(comparing.Answer(question, read))
            : Answers.Page<CompareView>(new ComparePage(question) { Problem = TooLong }, StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<IResult> JsonAsync(HttpRequest request, Comparing comparing, CompareDesk desk)
    {
        var question = new CompareQuestion(await TextAsync(request).ConfigureAwait(false), Language(request.Query["lang"]), Word(request.Query["technique"]));
        return await ReadAsync(request, question, desk).ConfigureAwait(false) is { } read ? Twin(comparing.Answer(question, read)) : Busy();
    }

    static async Task<IResult> CheckAsync(HttpRequest request, CompareDesk desk)
    {
        var question = new CompareQuestion(await TextAsync(request).ConfigureAwait(false), Language(request.Query["lang"]), "");
        if (await ReadAsync(request, question, desk).ConfigureAwait(false) is not { } read)
            return Busy();
        using var text = new StringWriter();
        FindingsWriter.Write(read.Report, FindingsFormat.Json, DiagnosticCatalog.Of([]), text);
        return Answers.JsonTwin(output => output.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    static Task<PastedRule?> ReadAsync(HttpRequest request, CompareQuestion question, CompareDesk desk) =>
        desk.ReadAsync(question.Text, question.Language.Length == 0 ? null : question.Language, request.HttpContext.RequestAborted);

    static IResult Twin(ComparePage page) => page.Problem.Length > 0
        ? TypedResults.Problem(page.Problem, statusCode: StatusCodes.Status400BadRequest, title: "Not compared")
        : Answers.JsonTwin(output => CompareJson.Write(page.Comparisons, page.Left, page.Report, output));

    static IResult Busy() => TypedResults.Problem(TooLong, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not read");

    static async Task<CompareQuestion?> FormAsync(HttpRequest request)
    {
        try
        {
            var form = await request.ReadFormAsync(Form, request.HttpContext.RequestAborted).ConfigureAwait(false);
            return new(form["text"].ToString(), Language(form["lang"]), Word(form["technique"]));
        }
        catch (InvalidDataException)
        {
            // A form that is none, or has more fields than ours.
            return null;
        }
    }

    static async Task<string> TextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    static string Language(string? asked) => CheckedLanguage.All.FirstOrDefault(l => l.Name == asked)?.Name ?? "";

    static string Word(string? asked) => asked is { Length: <= MaxWord } word && !word.Any(char.IsControl) ? word.Trim() : "";

    static SiteMessage Lost(HttpRequest request) => new(
        StatusCodes.Status404NotFound, "There is no such rule", $"This catalog holds no rule {Word(request.Query["rule"])} to compare. An id is a vendor and the rule's own id, with a slash between them.")
    {
        Search = Word(request.Query["rule"]),
        Links = [new("Compare a rule of your own", Links.CompareHome)],
    };
}
