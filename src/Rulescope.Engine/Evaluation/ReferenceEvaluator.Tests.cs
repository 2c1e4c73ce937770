using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Events;
using Rulescope.Engine.Records;
using Match = Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Engine.Evaluation;

public sealed partial class ReferenceEvaluator
{
    Truth EvaluateTest(Predicate.Test test, Scope scope)
    {
        var subject = Evaluate(test.Subject, scope);
        if (subject.Trouble is { } trouble)
            return trouble;
        var operands = ImmutableArray.CreateBuilder<EventValue>();
        foreach (var operand in test.Operands)
        {
            var value = Evaluate(operand, scope);
            if (value.Trouble is { } unclear)
                return unclear;
            operands.Add(value.Value);
        }

        return Meets(subject.Value, test.Match, operands.ToImmutable(), test.Semantics);
    }

    // A list is one test, and the same as the Or of its members' tests.
    Truth EvaluateSet(Predicate.InSet set, Scope scope)
    {
        var subject = Evaluate(set.Subject, scope);
        if (subject.Trouble is { } trouble)
            return trouble;
        if (set.Set is not ValueSet.List list)
            return Truth.Unknown;
        return Any(list.Items, item =>
        {
            var member = Evaluate(item, scope);
            return member.Trouble ?? Meets(subject.Value, set.Match, [member.Value], set.Semantics);
        });
    }

    /// <summary>A value of any kind against the operands of a match.</summary>
    Truth Meets(EventValue value, Match match, ImmutableArray<EventValue> operands, Semantics semantics)
    {
        if (!value.HasValue && semantics.OnBothAbsent is { } both && operands is [{ HasValue: false }])
            return both;
        if (value is EventValue.Missing)
            return semantics.OnMissing;
        if (value is EventValue.Null)
            return semantics.OnNull;
        if (value is not EventValue.Array list)
            return MeetsOperands(value, match, operands, semantics);
        var items = list.Items.Items;
        if (items.IsEmpty && semantics.Multi is not MultiValue.WholeList)
            return semantics.OnMissing;
        Truth Each(EventValue item) => Meets(item, match, operands, semantics);
        return semantics.Multi switch
        {
            MultiValue.Scalar => semantics.OnWrongType,
            MultiValue.Any => Any(items, Each),
            MultiValue.All => All(items, Each),
            MultiValue.SingleOrUnknown => items.Length == 1 ? Each(items[0]) : Truth.Unknown,
            MultiValue.First => Each(items[0]),
            MultiValue.WholeList => MeetsOperands(list, match, operands, semantics),
            MultiValue.Joined => Each(new EventValue.Text(string.Join(' ', items.Select(i => i.AsText ?? "")))),
            _ => throw new UnreachableException(semantics.Multi.ToString()),
        };
    }

    // A field as operand may hold a list as well: one of its elements is enough.
    Truth MeetsOperands(EventValue value, Match match, ImmutableArray<EventValue> operands, Semantics semantics)
    {
        if (match is Match.Between between)
            return operands.Length == 2 ? Between(value, between, operands[0], operands[1], semantics) : Truth.Unknown;
        if (operands.Length != 1)
            return Truth.Unknown;
        if (operands[0] is EventValue.Array several && semantics.Multi is not MultiValue.WholeList)
            return semantics.Multi is MultiValue.SingleOrUnknown && several.Items.Count != 1 ? Truth.Unknown : Any(several.Items.Items, operand => MeetsOne(value, match, operand, semantics));
        return MeetsOne(value, match, operands[0], semantics);
    }

    Truth MeetsOne(EventValue value, Match match, EventValue operand, Semantics semantics)
    {
        if (operand is EventValue.Missing)
            return semantics.OnMissing;
        if (operand is EventValue.Null)
            return semantics.OnNull;
        return match switch
        {
            Match.Order order => Compared(value, operand, order.Kind, semantics, out var sign) is { } undecided ? undecided : Kleene.Of(Holds(order.Relation, sign)),
            Match.Cidr cidr => InNetwork(value, operand, cidr, semantics),
            Match.Exact => Same(value, operand, semantics),
            Match.Member => Holds(value, operand, semantics),
            Match.Regex regex => Texts(value, operand, semantics) is var (text, pattern) ? Fits(text, pattern, regex, semantics.Fold) : semantics.OnWrongType,
            _ => Texts(value, operand, semantics) is var (text, sought) ? Kleene.Of(TextMatches.Holds(match, semantics.Fold, text, sought)) : semantics.OnWrongType,
        };
    }

    // A part of a text, an element of a list or a key of an object, whatever the value is.
    static Truth Holds(EventValue value, EventValue operand, Semantics semantics) => (value, operand) switch
    {
        (EventValue.Text text, EventValue.Text sought) => Kleene.Of(TextMatches.Holds(new Match.Contains(), semantics.Fold, text.Value, sought.Value)),
        (EventValue.Array list, _) => Any(list.Items, item => item.HasValue ? Same(item, operand, semantics with { OnWrongType = Truth.False }) : Truth.False),
        (EventValue.Object record, EventValue.Text key) => Kleene.Of(EventFields.Walk(record, [new PathSegment.Key(key.Value)], KeyLookup.IgnoreCase, ignoreSpaces: false) is not EventValue.Missing),
        (EventValue.Object, _) => Truth.False,
        _ => semantics.OnWrongType,
    };

    static Truth Same(EventValue value, EventValue operand, Semantics semantics)
    {
        if (value is EventValue.Array or EventValue.Object || operand is EventValue.Array or EventValue.Object)
            return value.GetType() == operand.GetType() ? Kleene.Of(value.Equals(operand)) : semantics.OnWrongType;
        if (semantics.Coerce is not Coercion.ByText && ValueOrder.Numbers(value, operand, semantics.Coerce) is var (left, right))
            return Kleene.Of(left.Equals(right));
        if (value is EventValue.Instant or EventValue.Duration or EventValue.Bool && value.GetType() == operand.GetType())
            return Kleene.Of(value.Equals(operand));
        return Texts(value, operand, semantics) is var (text, sought)
            ? Kleene.Of(TextMatches.Holds(new Match.Exact(), semantics.Fold, text, sought))
            : semantics.Coerce is Coercion.CastOrNull ? semantics.OnNull : semantics.OnWrongType;
    }

    // Both sides as text, where the coercion lets them be: unlike types meet only when it says so.
    static (string Value, string Operand)? Texts(EventValue value, EventValue operand, Semantics semantics)
    {
        if (value.AsText is not { } text || operand.AsText is not { } sought)
            return null;
        return (value is EventValue.Text && operand is EventValue.Text) || semantics.Coerce is not (Coercion.None or Coercion.BooleanAsNumber) ? (text, sought) : null;
    }

    static Truth Between(EventValue value, Match.Between between, EventValue low, EventValue high, Semantics semantics)
    {
        if (Compared(value, low, between.Kind, semantics, out var above) is { } undecidedLow)
            return undecidedLow;
        if (Compared(value, high, between.Kind, semantics, out var below) is { } undecidedHigh)
            return undecidedHigh;
        return Kleene.Of((above > 0 || (above == 0 && between.IncludesLow)) && (below < 0 || (below == 0 && between.IncludesHigh)));
    }

    // Null when the two have an order; otherwise what the test gives.
    static Truth? Compared(EventValue value, EventValue operand, OrderKind kind, Semantics semantics, out int sign)
    {
        sign = 0;
        if (ValueOrder.Compare(value, operand, kind, semantics) is not { } order)
            return semantics.OnWrongType;
        sign = order;
        return null;
    }

    static bool Holds(OrderRelation relation, int sign) => relation switch
    {
        OrderRelation.Less => sign < 0,
        OrderRelation.LessOrEqual => sign <= 0,
        OrderRelation.Greater => sign > 0,
        OrderRelation.GreaterOrEqual => sign >= 0,
        _ => throw new UnreachableException(relation.ToString()),
    };

    static Truth InNetwork(EventValue value, EventValue operand, Match.Cidr cidr, Semantics semantics)
    {
        if (operand.AsText is not { } written || Networks.Parse(written) is not { } network)
            return semantics.OnWrongType;
        if (!cidr.HostBits && network.HasHostBits)
            return Truth.Error;
        if (value is not EventValue.Text { Value: var text } || !IPAddress.TryParse(text, out var address))
            return semantics.OnWrongType;
        return Kleene.Of(network.Contains(address));
    }

    Truth Fits(string text, string pattern, Match.Regex match, Folding folding)
    {
        if (Translated(pattern, match, folding).Regex is not { } regex)
            return Truth.Unknown;
        try
        {
            return Kleene.Of(regex.IsMatch(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return Truth.Unknown;
        }
    }
}
