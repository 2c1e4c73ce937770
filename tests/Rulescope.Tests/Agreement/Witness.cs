using System.Net;
using System.Text.Json.Nodes;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;

namespace Rulescope.Tests.Agreement;

/// <summary>Values around one test: some that are meant to meet it and some that just do not. What they really do is for the evaluators to say.</summary>
static class Witness
{
    /// <summary>A value that nothing asks for.</summary>
    const string Other = "qz";

    public static (JsonNode[] Meeting, JsonNode[] Near) Of(Match match, Literal operand) => match switch
    {
        Match.Glob glob when operand is Literal.String pattern => OfGlob(GlobPattern.Parse(pattern.Value, glob.Syntax)),
        Match.Cidr => OfNetwork(operand.Display),
        Match.Order order => OfOrder(operand, order.Relation),
        Match.Between => OfOrder(operand, OrderRelation.GreaterOrEqual),
        Match.AnyToken or Match.Phrase or Match.Term => OfWords(operand.Display),
        Match.Exact => OfExact(operand),
        Match.Regex => OfRegex(RegexWitness.Of(operand.Display)),
        _ => ([operand.Display, operand.Display + Other, Other + operand.Display], [Swapped(operand.Display), Other]),
    };

    static (JsonNode[] Meeting, JsonNode[] Near) OfExact(Literal operand) => operand switch
    {
        Literal.Integer number => ([number.Value, number.Display], [number.Value + 1, number.Display + "1", number.Value + 0.5]),
        Literal.Real number => ([number.Value, number.Display], [number.Value + 1]),
        Literal.Boolean flag => ([flag.Value, flag.Display], [!flag.Value, Other]),
        _ => ([operand.Display], [operand.Display + Other, Swapped(operand.Display), Other + operand.Display, ""]),
    };

    static (JsonNode[] Meeting, JsonNode[] Near) OfGlob(GlobPattern pattern)
    {
        string Filled(string many) => string.Concat(pattern.Parts.Select(p => p.Kind switch
        {
            GlobPattern.PartKind.Many => many,
            GlobPattern.PartKind.One => "q",
            _ => p.Text,
        }));
        var least = Filled("");
        var more = Filled("q Z\n*");
        return ([least, more, Filled(Other)], [Other + more, more + Other, Swapped(least), least.Length > 1 ? least[1..] : Other, ""]);
    }

    static (JsonNode[] Meeting, JsonNode[] Near) OfRegex(string fitting) =>
        ([fitting, fitting + Other, Other + fitting], [Swapped(fitting), fitting.Length > 1 ? fitting[1..] : "", Other]);

    static (JsonNode[] Meeting, JsonNode[] Near) OfNetwork(string written)
    {
        var head = written.Split('/')[0];
        var isSix = IPAddress.TryParse(head, out var address) && address.GetAddressBytes().Length == 16;
        return ([head], [isSix ? "2001:db8:ffff::1" : "203.0.113.77", isSix ? "203.0.113.77" : "2001:db8:ffff::1", Other]);
    }

    static (JsonNode[] Meeting, JsonNode[] Near) OfOrder(Literal bound, OrderRelation relation)
    {
        var step = relation is OrderRelation.Less or OrderRelation.LessOrEqual ? -1 : 1;
        return bound switch
        {
            Literal.Integer number => ([number.Value + step, number.Value, number.Value - step, number.Value * 10], [number.Display]),
            Literal.Real number => ([number.Value + step, number.Value, number.Value - step], [number.Display]),
            Literal.Instant => ([step > 0 ? "2099-01-01T00:00:00Z" : "1999-01-01T00:00:00Z", bound.Display, step > 0 ? "1999-01-01T00:00:00Z" : "2099-01-01T00:00:00Z"], []),
            _ => ([bound.Display, bound.Display + "0", ""], []),
        };
    }

    static (JsonNode[] Meeting, JsonNode[] Near) OfWords(string words) =>
        ([words, $"{Other}, {words}; {Other}", Swapped(words)], [Other + words, string.Join(' ', words.Split(' ').Reverse()), words.Split(' ')[0], Other]);

    static string Swapped(string text) => string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
