using Rulescope.Algebra;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Kuery;
using Rulescope.Languages.Lucene;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlLowering
{
    // Functions that ask something: those with a test form become one, the others stay calls.
    sealed partial class Pipelines
    {
        /// <summary>The test that a call is, or null for a function without a test form.</summary>
        Predicate? TestOf(EsqlExpression.Call call)
        {
            Predicate? test = (call.Function, call.Arguments.Items) switch
            {
                ("starts_with", [var subject, var part]) => Part(subject, new Match.Prefix(), part),
                ("ends_with", [var subject, var part]) => Part(subject, new Match.Suffix(), part),
                ("contains", [var subject, var part]) => Part(subject, new Match.Contains(), part),
                ("cidr_match", [var address, _, ..]) => InNetworks(address, call),
                ("mv_contains", [var list, var element]) when IsConstant(element) && element is not EsqlExpression.Null => HasElements(list, element),
                ("match", [var subject, var query]) => Matched(subject, query, phrase: false),
                ("match_phrase", [var subject, var query]) => Matched(subject, query, phrase: true),
                ("kql", [EsqlExpression.String query]) => Search(call, query, text => KueryParser.Parse(text).Then(KueryLowering.Lower)),
                ("qstr", [EsqlExpression.String query]) => Search(call, query, text => LuceneParser.Parse(text).Then(LuceneLowering.Lower)),
                ("starts_with" or "ends_with" or "contains", _) => Miscalled(call, "a text and the part of it that is sought"),
                ("cidr_match", _) => Miscalled(call, "an address and one or more networks"),
                ("kql" or "qstr", [not EsqlExpression.String, ..]) => Miscalled(call, "a query in quotes"),
                _ => null,
            };
            return test is null ? null : test with { Span = call.Span };
        }

        static bool IsCondition(EsqlExpression expression) => expression switch
        {
            EsqlExpression.And or EsqlExpression.Or or EsqlExpression.Not or EsqlExpression.Compare or EsqlExpression.Like or EsqlExpression.In
                or EsqlExpression.InSubquery or EsqlExpression.IsNull or EsqlExpression.Match => true,
            EsqlExpression.Call call => call.Function is "starts_with" or "ends_with" or "contains" or "cidr_match" or "match" or "match_phrase" or "kql" or "qstr" or "mv_contains",
            _ => false,
        };

        Predicate.Test Part(EsqlExpression subject, Match match, EsqlExpression part) => new(Value(subject), match, [Value(part)], Strict);

        // Each value is tested as an address, so the cast to one changes nothing.
        Predicate InNetworks(EsqlExpression address, EsqlExpression.Call call)
        {
            var subject = address switch
            {
                EsqlExpression.Call { Function: "to_ip", Arguments: [var inner] } => inner,
                EsqlExpression.Cast { Type: "ip" } cast => cast.Operand,
                _ => address,
            };
            var networks = call.Arguments.Items.Skip(1).SelectMany(a => a is EsqlExpression.Array list ? list.Items.Items : [a]).Select(Value);
            return OneOf(Value(subject), [.. networks], new Match.Cidr(), Addresses, call.Span, isList: false);
        }

        Predicate HasElements(EsqlExpression list, EsqlExpression element)
        {
            EsqlExpression[] elements = element is EsqlExpression.Array several ? [.. several.Items] : [element];
            return All(elements.Select(e => new Predicate.Test(Value(list), new Match.Exact(), [Value(e)], Elements) { Span = element.Span }));
        }

        /// <summary><c>field:query</c> and <c>match(field, query)</c>: one of the query's words is one of the field's.</summary>
        Predicate Matched(EsqlExpression subject, EsqlExpression query, bool phrase)
        {
            // The mapping decides how the field is searched, not the type it is cast to.
            var field = subject is EsqlExpression.Cast cast ? cast.Operand : subject;
            return query is EsqlExpression.String
                ? new Predicate.Test(Value(field), phrase ? new Match.Phrase("standard") : new Match.AnyToken("standard"), [Value(query)], Indexed)
                : new Predicate.Test(Value(field), new Match.Exact(), [Value(query)], new() { Coerce = new Coercion.ByText() });
        }

        // The string is a query of its own, whose places are carried back through its escapes.
        Predicate Search(EsqlExpression.Call call, EsqlExpression.String query, Func<string, Parsed<Predicate>> read)
        {
            if (!Slice(query.Span).StartsWith('"'))
                return Miscalled(call, "a query in quotes");
            var content = EsqlParser.Content(text, query);
            var inner = read(content.Text);
            foreach (var finding in content.ToOuter(inner.Diagnostics))
                Report(finding);
            return Relocation.Of(inner.Value, content.ToOuter);
        }

        Predicate.Unsupported Miscalled(EsqlExpression.Call call, string expected)
        {
            Report(call.Span, EsqlCodes.WrongArguments, Slice(call.Span), expected);
            return new(Slice(call.Span));
        }

        /// <summary><c>locate(text, part) > 0</c> and its likes: the part stands somewhere in the text, or it does not.</summary>
        Predicate? Located(EsqlExpression subject, EsqlComparison op, EsqlExpression operand)
        {
            if (subject is not EsqlExpression.Call { Function: "locate", Arguments: [var whole, var part] } call || operand is not EsqlExpression.Integer number)
                return null;
            bool? stands = (op, number.Value) switch
            {
                (EsqlComparison.Greater or EsqlComparison.NotEqual, 0) or (EsqlComparison.GreaterOrEqual, 1) => true,
                (EsqlComparison.Equal or EsqlComparison.LessOrEqual, 0) or (EsqlComparison.Less, 1) => false,
                _ => null,
            };
            if (stands is null)
                return null;
            var test = Part(whole, new Match.Contains(), part) with { Span = call.Span };
            return stands.Value ? test : new Predicate.Not(test);
        }
    }
}
