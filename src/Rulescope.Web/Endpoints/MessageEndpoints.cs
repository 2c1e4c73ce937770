using Microsoft.AspNetCore.Diagnostics;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary>What visitors see where there is no page, and where something broke.</summary>
static class MessageEndpoints
{
    public static Task OnExceptionAsync(HttpContext context)
    {
        var status = context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        return Answers.Page<MessageView>(Message(status), status).ExecuteAsync(context);
    }

    public static Task OnEmptyAnswerAsync(StatusCodeContext answer)
    {
        var status = answer.HttpContext.Response.StatusCode;
        return Answers.Page<MessageView>(Message(status), status).ExecuteAsync(answer.HttpContext);
    }

    static SiteMessage Message(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "There is no such page", "The address leads nowhere. Techniques live under /techniques/T1059.001, rules under /rules/sigma/ID.")
        {
            Links = [new("Techniques", Links.Techniques), new("Matrix", Links.Matrix), new("Rules", Links.Rules), new("Events", Links.Events), new("Fields", Links.Fields), new("Log sources", Links.LogSources), new("About this catalog", Links.About)],
        },
        StatusCodes.Status405MethodNotAllowed => new(status, "This site is read-only", "It answers GET and HEAD requests; only the pages that read a rule of yours take a POST."),
        StatusCodes.Status413PayloadTooLarge => new(status, "That is too long", $"A rule may have {CompareEndpoints.MaxText >> 10} KB; all other addresses take next to nothing. Take out a part of it and send it again.")
        {
            Links = [new("Compare a rule", Links.CompareHome)],
        },
        StatusCodes.Status503ServiceUnavailable => new(status, "Too busy for the moment", "Too many requests came at once. Try again in a few seconds."),
        >= StatusCodes.Status500InternalServerError => new(status, "Something broke on our side", "The page could not be made; the log of the server says why. Other pages may well work."),
        _ => new(status, "The request was not understood", "Something about its form is wrong. Try one of the pages below."),
    };
}
