using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoParser
{
    // How a comma list ends. Open lists end at the first item without a comma behind it; closed ones know their end, so that a
    // missing comma is told from it.
    enum ListKind
    {
        Open,
        Closed,
        ClosedOneOrMore,
        OpenOneOrMore,
        ClosedWithTrailingComma,
    }

    bool AtGroupEnd() => Current.Kind == KustoTokenKind.End
        || (Current.Kind == KustoTokenKind.Punctuation && TextOf(Current) is ")" or "]" or "}" or "|" or ";");

    EquatableArray<T> CommaList<T>(Func<T?> element, Func<T> missing, ListKind kind, Func<bool>? stop = null)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        var closed = kind is not (ListKind.Open or ListKind.OpenOneOrMore);
        bool Ends() => closed && (AtGroupEnd() || (stop?.Invoke() ?? false));
        var next = Ends() ? null : element();
        if (next is null && At(","))
            next = missing();
        while (next is not null)
        {
            items.Add(next);
            if (Current.Kind == KustoTokenKind.End || Ends())
                break;
            if (Take(","))
                next = (Ends() ? null : element()) ?? (kind == ListKind.ClosedWithTrailingComma && AtGroupEnd() ? null : missing());
            else if (closed)
                next = AfterMissingComma(element);
            else
                break;
        }

        if (items.Count == 0 && kind is ListKind.ClosedOneOrMore or ListKind.OpenOneOrMore)
            items.Add(missing());
        return items.ToImmutable();
    }

    T? AfterMissingComma<T>(Func<T?> element)
        where T : class
    {
        var (place, found, before) = (Current.Span, Found(), _at);
        var next = element();
        if (_at == before)
            return null;
        Report(place, KustoCodes.Expected, found, "','");
        return next;
    }

    static EquatableArray<T> Run<T>(Func<T?> element)
        where T : class
    {
        var items = ImmutableArray.CreateBuilder<T>();
        while (element() is { } next)
            items.Add(next);
        return items.ToImmutable();
    }
}
