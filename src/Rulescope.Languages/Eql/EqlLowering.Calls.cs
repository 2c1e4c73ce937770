using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Elastic;
using static Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Languages.Eql;

public static partial class EqlLowering
{
    // Functions that are tests by another name.
    sealed partial class Queries
    {
        static readonly Semantics Elements = new() { Fold = new Folding.PythonLower() };

        // Null where the call is a value, or has not the arguments it needs.
        Predicate? Test(EqlExpression.Call call) => (NameOf(call), call.Arguments) switch
        {
            ("startswith", [var subject, var text]) => Test(call, subject, new Prefix(), text),
            ("endswith", [var subject, var text]) => Test(call, subject, new Suffix(), text),
            ("stringcontains", [var subject, var text]) => Test(call, subject, new Contains(), text),
            ("cidrmatch", [var subject, _, ..]) => Any(call, subject, new Cidr()),
            ("wildcard", [var subject, _, ..]) => Any(call, subject, new Glob(IsEndgame ? GlobSyntax.Endgame : GlobSyntax.Eql)),
            ("match" or "matchlite", [var subject, _, ..]) => Any(call, subject, RegexOn(subject)),
            ("arraycontains", [var subject, _, ..]) => Terms.AnyOf(Value(subject), [.. call.Arguments.Skip(1).Select(a => new Alternative(new Exact(), Elements, Value(a)))], call.Span),
            ("arraysearch", [var list, EqlExpression.Field { Path.Segments: [{ Name: { } name }] }, var body]) => Search(call, list, name, body),
            // An error inside is no error outside, which is how all of it is evaluated here.
            ("safe", [var inner]) => AsCondition(inner),
            _ => null,
        };

        Predicate.Test Test(EqlExpression.Call call, EqlExpression subject, Algebra.Predicates.Match match, EqlExpression text) =>
            new(Value(subject), match, [Value(text)], Folded(call.IgnoreCase)) { Span = call.Span };

        Predicate Any(EqlExpression.Call call, EqlExpression subject, Algebra.Predicates.Match match) =>
            Terms.AnyOf(Value(subject), [.. call.Arguments.Skip(1).Select(a => new Alternative(match, Folded(call.IgnoreCase), Value(a)))], call.Span);

        // Python's match begins at the start of the text; Elasticsearch's covers all of a field.
        Regex RegexOn(EqlExpression subject) =>
            IsEndgame ? new(RegexDialect.Python) { Anchor = RegexAnchor.Start }
            : subject is EqlExpression.Field ? new(RegexDialect.Lucene) { Anchor = RegexAnchor.Whole }
            : new(RegexDialect.Java);

        Predicate.Some Search(EqlExpression.Call call, EqlExpression list, string variable, EqlExpression body)
        {
            var collection = Value(list);
            var outer = _variables;
            _variables = _variables.Add(variable);
            var found = Condition(body);
            _variables = outer;
            return new(collection, variable, found) { Span = call.Span };
        }

        // Names are compared without regard to case; one spelling stands in the algebra.
        static string NameOf(EqlExpression.Call call) => call.Name.ToLowerInvariant();
    }
}
