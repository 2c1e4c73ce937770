using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

public static partial class SigmaParser
{
    // "search | count(field) by group > 5" and "search | near other": forms that correlations have replaced.
    ref partial struct ConditionParser
    {
        SigmaCondition ParsePipe(SigmaCondition input)
        {
            var pipe = _current.Span;
            Report(pipe, SigmaCodes.OldAggregation);
            Advance();
            SigmaAggregation? aggregation = IsWord("near") ? ParseNear() : ParseMetric();
            if (aggregation is not null)
                return new SigmaCondition.Pipe(input, aggregation) { Span = SourceSpan.Cover(input.Span, aggregation.Span) };
            var rest = SkipRest(pipe.Start);
            return new SigmaCondition.And([input, rest]) { Span = SourceSpan.Cover(input.Span, rest.Span) };
        }

        SigmaAggregation.Near ParseNear()
        {
            var start = Outer(_current.Span);
            Advance();
            var others = ParseOr(0);
            return new(others) { Span = SourceSpan.Cover(start, others.Span) };
        }

        SigmaAggregation.Metric? ParseMetric()
        {
            var start = Outer(_current.Span);
            var function = CurrentText.ToString().ToLowerInvariant();
            if (function is not ("count" or "sum" or "min" or "max" or "avg"))
                return Fail("'count', 'sum', 'min', 'max', 'avg' or 'near'");
            Advance();
            if (_current.Kind != SigmaTokenKind.OpenParenthesis)
                return Fail("'('");
            Advance();
            var field = _current.Kind == SigmaTokenKind.Word ? CurrentText.ToString() : null;
            if (field is not null)
                Advance();
            if (_current.Kind != SigmaTokenKind.CloseParenthesis)
                return Fail("')'");
            Advance();
            var groups = ImmutableArray.CreateBuilder<SigmaName>();
            if (IsWord("by"))
            {
                do
                {
                    Advance();
                    if (_current.Kind != SigmaTokenKind.Word)
                        return Fail("a field");
                    groups.Add(new(CurrentText.ToString()) { Span = Outer(_current.Span) });
                    Advance();
                }
                while (_current.Kind == SigmaTokenKind.Comma);
            }

            var bound = ParseBound();
            return bound is null ? null : new(function, field, groups.ToImmutable(), bound) { Span = SourceSpan.Cover(start, bound.Span) };
        }

        SigmaBound? ParseBound()
        {
            SigmaComparison? comparison = _current.Kind == SigmaTokenKind.Comparison ? CurrentText switch
            {
                "=" or "==" => SigmaComparison.Equal,
                "!=" => SigmaComparison.NotEqual,
                "<" => SigmaComparison.Less,
                "<=" => SigmaComparison.LessOrEqual,
                ">" => SigmaComparison.Greater,
                ">=" => SigmaComparison.GreaterOrEqual,
                _ => null,
            } : null;
            var start = _current.Span;
            if (comparison is null)
            {
                Fail("a comparison");
                return null;
            }

            Advance();
            if (_current.Kind != SigmaTokenKind.Word || !double.TryParse(CurrentText, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            {
                Fail("a number");
                return null;
            }

            var bound = new SigmaBound(comparison.Value, CurrentText.ToString()) { Span = Outer(SourceSpan.Cover(start, _current.Span)) };
            Advance();
            return bound;
        }

        readonly SigmaAggregation.Metric? Fail(string expected)
        {
            Report(_current.Span, SigmaCodes.BadAggregation, _current.Kind == SigmaTokenKind.End ? "the end" : CurrentText.ToString(), expected);
            return null;
        }
    }
}
