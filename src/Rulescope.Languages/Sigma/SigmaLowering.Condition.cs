using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaLowering
{
    /// <summary>The searches of one detection, each lowered once however often the condition names it.</summary>
    sealed partial class Searches(SigmaDetection detection, SigmaHeader header, ImmutableArray<Diagnostic>.Builder? findings)
    {
        readonly Dictionary<string, Predicate> _lowered = new(StringComparer.Ordinal);
        readonly Dictionary<string, SigmaSearch> _byName = detection.Searches.DistinctBy(s => s.Name, StringComparer.Ordinal).ToDictionary(s => s.Name, StringComparer.Ordinal);
        readonly string _vocabulary = header.Taxonomy ?? Vendor;
        int _compared;

        /// <summary>What the detection as a whole asks of an event.</summary>
        public Predicate Whole() => detection.Conditions.IsEmpty
            ? new Predicate.Unsupported("no condition") { Span = new(detection.Span.Start, 0) }
            : Combine.Any([.. detection.Conditions.Select(Condition)]) with { Span = Cover(detection.Conditions) };

        public Predicate Condition(SigmaCondition condition) => condition switch
        {
            SigmaCondition.Identifier identifier => Search(identifier),
            SigmaCondition.Not not => new Predicate.Not(Condition(not.Operand)) { Span = not.Span, Written = NameOf(not.Operand) },
            SigmaCondition.And and => Combine.All([.. and.Terms.Select(Condition)]) with { Span = and.Span },
            SigmaCondition.Or or => Combine.Any([.. or.Terms.Select(Condition)]) with { Span = or.Span },
            SigmaCondition.Of of => Of(of),
            SigmaCondition.Pipe pipe => NoMeaning("an aggregation beside other conditions", SigmaWriter.Write(pipe), pipe.Span),
            SigmaCondition.Unread unread => new Predicate.Unsupported(unread.Text) { Span = unread.Span },
            _ => throw new UnreachableException(condition.GetType().Name),
        };

        Predicate Search(SigmaCondition.Identifier identifier) =>
            _byName.TryGetValue(identifier.Name, out var search) ? Search(search) : new Predicate.Unsupported(identifier.Name) { Span = identifier.Span };

        Predicate Search(SigmaSearch search)
        {
            if (_lowered.TryGetValue(search.Name, out var known))
                return known;
            var lowered = Selection(search.Body);
            lowered = lowered with { Written = (lowered.Written ?? new("", search.Span)) with { Name = search.Name } };
            _lowered.Add(search.Name, lowered);
            return lowered;
        }

        Predicate Of(SigmaCondition.Of of)
        {
            // The parser has said so where there are too many to compare.
            _compared = Math.Min(SigmaParser.MaxCompared + 1, _compared + _byName.Count);
            var searches = _compared > SigmaParser.MaxCompared ? [] : _byName.Values.Where(s => SigmaParser.Fits(of.Pattern, s.Name)).ToList();
            if (searches.Count == 0)
                return new Predicate.Unsupported(SigmaWriter.Write(of)) { Span = of.Span };
            var terms = searches.Select(Search).ToEquatableArray();
            var written = new Written(SigmaWriter.Write(of), of.Span);
            return of.Count switch
            {
                null or 1 when terms.Count == 1 => terms[0],
                null => new Predicate.And(terms) { Span = of.Span, Written = written },
                1 => new Predicate.Or(terms) { Span = of.Span, Written = written },
                { } count => new Predicate.AtLeast(count, terms) { Span = of.Span, Written = written },
            };
        }

        static Written? NameOf(SigmaCondition condition) =>
            condition is SigmaCondition.Identifier identifier ? new("", identifier.Span) { Name = identifier.Name } : null;

        static SourceSpan Cover(EquatableArray<SigmaCondition> conditions) => SourceSpan.Cover(conditions[0].Span, conditions[^1].Span);

        Predicate NoMeaning(string what, string source, SourceSpan span)
        {
            findings?.Add(Diagnostic.At(span, SigmaCodes.NoMeaning, what));
            return new Predicate.Unsupported(source) { Span = span };
        }
    }
}
