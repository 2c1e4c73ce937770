using Rulescope.Algebra.Expressions;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>The functions beside <c>rule(event)</c> that decide which hits count together. They are kept as text.</summary>
/// <param name="Group">What makes up a group: <c>dedup</c>, else <c>title</c>; null where all hits are one group.</param>
/// <param name="Unique">Whose distinct values are counted instead of hits; null for hits.</param>
sealed record PantherFunctions(Expression? Group, Expression? Unique)
{
    public static PantherFunctions None { get; } = new(null, null);

    public static PantherFunctions Of(PythonModule module, EmbeddedText text)
    {
        var functions = module.Body.Items.OfType<PythonStatement.Function>().ToLookup(f => f.Name, StringComparer.Ordinal);
        return new(Kept("dedup") ?? Kept("title"), Kept("unique"));

        // The last definition of a name is the one that holds.
        Expression? Kept(string name) => functions[name].LastOrDefault() is { } function
            ? new Expression.Unsupported(new SourceText("", text.Text).Slice(function.Span)) { Span = text.ToOuter(function.Span) }
            : null;
    }
}
