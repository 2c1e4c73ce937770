using Microsoft.AspNetCore.Http.Extensions;
using Rulescope.Web.Site;

namespace Rulescope.Web.Serving;

/// <summary>Answers from what was made before. What many ask for at once is made once, and a slow reader holds up nobody.</summary>
sealed class CachedAnswers(RequestDelegate next, SiteSettings settings)
{
    public async Task InvokeAsync(HttpContext context, OpenCatalog catalog)
    {
        var coding = ContentCodings.Of(context.Request);
        var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        var key = new AnswerKey(context.Request.GetEncodedPathAndQuery(), coding, context.Request.Headers.ContainsKey("HX-Request"));
        var answer = isRead && settings.KeepsAnswers
            ? await FindAsync(context, catalog.Answers, key).ConfigureAwait(false)
            : await Answer.RenderAsync(context, coding, next).ConfigureAwait(false);
        await answer.SendAsync(context).ConfigureAwait(false);
    }

    async Task<Answer> FindAsync(HttpContext context, AnswerCache cache, AnswerKey key)
    {
        while (true)
        {
            if (cache.Kept.Find(key) is { } kept)
                return From(context, AnswerOrigin.Kept, kept);
            var mine = new TaskCompletionSource<Answer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var coming = cache.Coming.GetOrAdd(key, mine.Task);
            if (coming == mine.Task)
                return From(context, AnswerOrigin.Made, await MakeAsync(context, cache, key, mine).ConfigureAwait(false));
            // Nothing comes where the one who asked first went away: then the next makes it.
            if (await coming.WaitAsync(context.RequestAborted).ConfigureAwait(false) is { } shared)
                return From(context, AnswerOrigin.Shared, shared);
        }
    }

    async Task<Answer> MakeAsync(HttpContext context, AnswerCache cache, AnswerKey key, TaskCompletionSource<Answer?> mine)
    {
        Answer? made = null;
        try
        {
            var answer = await Answer.RenderAsync(context, key.Coding, next).ConfigureAwait(false);
            // What varies with more than the key is not for those who wait either.
            if (!context.RequestAborted.IsCancellationRequested && !answer.Varies)
                made = answer;
            if (made is { MayBeKept: true })
                cache.Kept.Keep(key, made, made.Bytes);
            return answer;
        }
        finally
        {
            cache.Coming.TryRemove(key, out _);
            mine.SetResult(made);
        }
    }

    static Answer From(HttpContext context, AnswerOrigin origin, Answer answer)
    {
        context.Features.Set(origin);
        return answer;
    }
}
