using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Rulescope.Web.Endpoints;

/// <summary>The kinds of answer the site gives: a page, its JSON twin, or word that there is none.</summary>
static class Answers
{
    const string Json = "application/json; charset=utf-8";

    static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate answer) => routes.MapMethods(pattern, ReadMethods, answer);

    /// <summary>A page whose component takes one thing to show, under the parameter <c>Model</c>.</summary>
    public static IResult Page<TPage>(object model, int status = StatusCodes.Status200OK)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(new Dictionary<string, object?>(StringComparer.Ordinal) { ["Model"] = model })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    public static IResult JsonTwin(Action<Stream> write)
    {
        var buffer = new MemoryStream();
        write(buffer);
        return Results.Bytes(new ReadOnlyMemory<byte>(buffer.GetBuffer(), 0, (int)buffer.Length), Json);
    }

    public static IResult NoTwin(string message) =>
        TypedResults.Problem(message, statusCode: StatusCodes.Status404NotFound, title: "Not found");
}
