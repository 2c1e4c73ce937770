using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Algebra.Reading;

/// <summary>Pass 4: faithful tests become leaves with the guide's operators and values (SPEC P02 to P05).</summary>
sealed class ReadLeaves(ImmutableHashSet<string> computed, SourceText? source, bool plain)
{
    // A whole subquery is too long for a value.
    const int MaxWritten = 2000;

    // Loop variables stand for the collection they run over.
    ImmutableDictionary<string, Expression> _loops = ImmutableDictionary.Create<string, Expression>(StringComparer.Ordinal);

    readonly Dictionary<string, string> _spellings = new(StringComparer.OrdinalIgnoreCase);

    public ReadNode Read(Predicate predicate)
    {
        var node = predicate switch
        {
            Predicate.And and => new ReadNode.All(Each(and.Terms)),
            Predicate.Or or => new ReadNode.Any([.. or.Terms.Items.Select((term, i) => Read(WithoutDispatch(term, or.Terms.Items[..i])))]),
            Predicate.AtLeast atLeast => new ReadNode.Any(Each(atLeast.Terms)),
            Predicate.Not not => Negated(not),
            // Always true adds nothing to a conjunction, always false nothing to a disjunction.
            Predicate.Constant { Value: Truth.True } => new ReadNode.All([]),
            Predicate.Constant => new ReadNode.Any([]),
            Predicate.Test test => Test(test),
            Predicate.InSet set => Set(set),
            _ when Subject(predicate) is { } subject && UnreadParts.In(subject) is { } unread => unread,
            Predicate.Absent absent => Leaf(absent.States == Absence.Missing ? ReadOperator.Exists : ReadOperator.IsNull, absent.Subject, [], absent),
            Predicate.Some some => Loop(some.Variable, some.Collection, some.Body),
            Predicate.Every every => Loop(every.Variable, every.Collection, every.Body),
            Predicate.IsTrue { Value: Expression.Boolean inner } => Read(inner.Value),
            // What type a value has says nothing of what it is.
            Predicate.IsTrue { Value: Expression.Call { Function: "isinstance" } } => new ReadNode.All([]),
            Predicate.IsTrue isTrue => True(isTrue.Value, isTrue),
            Predicate.Truthy { Value: Expression.Boolean inner } => Read(inner.Value),
            Predicate.Truthy truthy => Leaf(ReadOperator.Exists, truthy.Value, [], truthy),
            // An error is the exception: on ordinary values it never comes.
            Predicate.Fails => new ReadNode.Any([]),
            Predicate.Unsupported unsupported => new ReadNode.Unsupported(unsupported.SourceText, unsupported.Span),
            _ => throw new UnreachableException(predicate.GetType().Name),
        };
        // "exists: false" takes events out in which the field is there.
        if (predicate is Predicate.Absent { States: Absence.Missing })
            node = new ReadNode.Not(node);
        // A test says its operator itself; a group without a name goes by how it is joined.
        return predicate.Written is not { } written || node.Label.Length > 0 ? node
            : written.Name.Length > 0 ? node with { Label = written.Name }
            : node is ReadNode.Leaf || written.Negated ? node
            : node with { Label = written.Operator };
    }

    // What a predicate without operands is about; a condition inside is read for itself.
    static Expression? Subject(Predicate predicate) => predicate switch
    {
        Predicate.Absent absent => absent.Subject,
        Predicate.Some some => some.Collection,
        Predicate.Every every => every.Collection,
        Predicate.IsTrue { Value: not Expression.Boolean } isTrue => isTrue.Value,
        Predicate.Truthy { Value: not Expression.Boolean } truthy => truthy.Value,
        _ => null,
    };

    // "a or b" as a value: that a does not count as true only leads on to b, once a was tested.
    static Predicate WithoutDispatch(Predicate term, ImmutableArray<Predicate> before) =>
        term is Predicate.And { Terms: [Predicate.Not { Operand: Predicate.Truthy guard }, _, ..] } and
        && before.Any(p => (p is Predicate.Test test && test.Subject.Equals(guard.Value)) || (p is Predicate.InSet set && set.Subject.Equals(guard.Value)))
            ? new Predicate.And([.. and.Terms.Skip(1)]) : term;

    EquatableArray<ReadNode> Each(EquatableArray<Predicate> terms) => [.. terms.Items.Select(Read)];

    ReadNode Negated(Predicate.Not not)
    {
        var inner = Read(not.Operand);
        if (not.Written is not { Negated: true } || inner is not ReadNode.Leaf leaf)
            return new ReadNode.Not(inner);
        if (leaf.Operator == ReadOperator.IsNull)
            return leaf with { Operator = ReadOperator.IsNotNull, Faithful = not };
        return plain && leaf.Operator is ReadOperator.Eq or ReadOperator.In
            ? leaf with { Operator = ReadOperator.Ne, Faithful = not }
            : new ReadNode.Not(leaf with { Faithful = not });
    }

    ReadNode Loop(string variable, Expression collection, Predicate body)
    {
        var outer = _loops;
        _loops = _loops.SetItem(variable, Resolve(collection));
        var read = Read(body);
        _loops = outer;
        return read;
    }

    ReadNode True(Expression value, Predicate faithful) => value is Expression.Ref or Expression.Coalesce or Expression.If
        ? Leaf(ReadOperator.Eq, value, [new("true", "true", default) { IsImplied = true }], faithful)
        : Leaf(ReadOperator.Match, value, [], faithful);

    ReadNode Test(Predicate.Test test)
    {
        if (UnreadParts.In(test.Subject) is { } left)
            return left;
        if (test.Operands.Items.Select(UnreadParts.In).FirstOrDefault(u => u is not null) is { } right)
            return right;
        if (test.Match is Match.Between between && test.Operands is [var low, var high])
        {
            return new ReadNode.All([
                Leaf(between.IncludesLow ? ReadOperator.Ge : ReadOperator.Gt, test.Subject, [Value(low, test.Match, false)], test),
                Leaf(between.IncludesHigh ? ReadOperator.Le : ReadOperator.Lt, test.Subject, [Value(high, test.Match, false)], test),
            ]);
        }

        if (test.Operands.Items.Any(o => o is not Expression.Constant))
        {
            // A field against a field keeps the order's own sign; everything else is "the same field".
            var relation = test.Match is Match.Order order ? Of(order.Relation) : ReadOperator.FieldRef;
            return Leaf(relation, FieldOf(test.Subject), [.. test.Operands.Items.Select(Other)], test);
        }

        if (test.Match is Match.Glob glob && test.Operands is [Expression.Constant { Value: Literal.String pattern } constant])
            return Globbed(test, GlobPattern.Parse(pattern.Value, glob.Syntax), constant);
        var folds = Folds(test.Semantics, test.Subject);
        return Leaf(Of(test.Match), test.Subject, [.. test.Operands.Items.Select(o => Value(o, test.Match, folds))], test);
    }

    // Between two fields it is told which they are, not which parts of their texts are taken.
    static Expression FieldOf(Expression value)
    {
        while (value is Expression.Call { Function: "item" or "split" or "rsplit" or "slice" or "strip", Arguments: [var first, ..], Dialect: Dialect.Python })
            value = first;
        return value;
    }

    // A field by its name, anything computed as the rule has it.
    ReadValue Other(Expression operand)
    {
        var about = FoldTransforms.Of(Resolve(FieldOf(operand)));
        var text = operand is Expression.Constant ? Shown(operand) : about.Target?.Display == about.Field ? about.Field : AsWritten(operand.Span, operand.Drawn) ?? about.Field;
        return new(text, text, operand.Span) { Drawn = operand.Drawn };
    }

    // P05: a pattern whose only wildcards are its edges is a plain operator.
    ReadNode Globbed(Predicate.Test test, GlobPattern pattern, Expression operand)
    {
        if (pattern.IsAnything)
            return Leaf(ReadOperator.Exists, test.Subject, [], test);
        var folds = Folds(test.Semantics, test.Subject);
        var (relation, text) = pattern.Simple switch
        {
            (GlobShape.Exact, var literal) => (ReadOperator.Eq, literal),
            (GlobShape.Contains, var literal) => (ReadOperator.Contains, literal.ToLowerInvariant()),
            (GlobShape.Prefix, var literal) => (ReadOperator.StartsWith, literal.ToLowerInvariant()),
            (GlobShape.Suffix, var literal) => (ReadOperator.EndsWith, literal.ToLowerInvariant()),
            _ => (ReadOperator.Wildcard, pattern.Display),
        };
        return Leaf(relation, test.Subject, [new(text, folds ? text.ToLowerInvariant() : text, operand.Span) { Drawn = operand.Drawn }], test);
    }

    ReadNode Set(Predicate.InSet set)
    {
        if (UnreadParts.In(set.Subject) is { } unreadable)
            return unreadable;
        var folds = Folds(set.Semantics, set.Subject);
        return set.Set switch
        {
            ValueSet.List list when set.Match is Match.Exact or Match.Glob =>
                Leaf(ReadOperator.In, set.Subject, [.. list.Items.Select(i => Member(i, set.Match, folds))], set),
            // Texts that were made from one text of the rule are one value.
            ValueSet.List list => Leaf(Of(set.Match), set.Subject, [.. list.Items.Select(i => Value(i, set.Match, folds)).DistinctBy(v => (v.Text, v.Span))], set),
            ValueSet.Named named => Leaf(set.Match is Match.Exact or Match.Glob ? ReadOperator.In : Of(set.Match), set.Subject, [Outside(named, $"%{named.Name}%")], set),
            ValueSet.Subplan subplan => Leaf(ReadOperator.In, set.Subject, [Outside(subplan, $"({subplan.Column} of a subquery)")], set),
            _ => throw new UnreachableException(set.Set.GetType().Name),
        };
    }

    // Values that are not in the rule: what stands in their place.
    ReadValue Outside(ValueSet set, string name)
    {
        var written = AsWritten(set.Span, set.Drawn);
        var text = written is null || written.Contains(name, StringComparison.OrdinalIgnoreCase) ? name : written;
        return new(text, text, set.Span) { Drawn = set.Drawn };
    }

    // The rule's own words, white space made one blank; null where they have no place or are too long.
    string? AsWritten(SourceSpan span, Excerpt? drawn)
    {
        if ((drawn?.Span.Length ?? span.Length) is 0 or > MaxWritten || (drawn?.Text ?? source?.Slice(span)) is not { } text)
            return null;
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // P02: wildcard members of a list stay `in`, lower-cased.
    ReadValue Member(Expression item, Match match, bool folds)
    {
        if (match is Match.Glob glob && item is Expression.Constant { Value: Literal.String text })
        {
            var pattern = GlobPattern.Parse(text.Value, glob.Syntax);
            var shown = pattern.Simple is (GlobShape.Exact, var literal) ? literal : pattern.Display.ToLowerInvariant();
            return new(shown, folds ? shown.ToLowerInvariant() : shown, item.Span) { Drawn = item.Drawn };
        }

        return Value(item, match, folds);
    }

    ReadValue Value(Expression operand, Match match, bool folds)
    {
        var text = Shown(operand);
        // P04: the parts of a text are shown in lower case; a regular expression is case-sensitive syntax and never changed.
        var shown = match is Match.Contains or Match.Member or Match.Prefix or Match.Suffix ? text.ToLowerInvariant() : text;
        return new(shown, folds && match is not Match.Regex ? shown.ToLowerInvariant() : shown, operand.Span) { Drawn = operand.Drawn };
    }

    // A length of time has many spellings, and what is computed no other than the rule's.
    string Shown(Expression operand) => operand.Spelling ?? operand switch
    {
        Expression.Constant { Value: not (Literal.Duration or Literal.Instant) } constant => constant.Value.Display,
        Expression.Constant time => AsWritten(operand.Span, operand.Drawn) ?? time.Value.Display,
        _ => AsWritten(operand.Span, operand.Drawn) ?? FoldTransforms.Of(Resolve(operand)).Field,
    };

    ReadNode.Leaf Leaf(ReadOperator relation, Expression subject, EquatableArray<ReadValue> values, Predicate faithful)
    {
        var about = FoldTransforms.Of(Resolve(subject));
        return new(Spelled(about), relation, values)
        {
            Target = about.Target,
            IsThreshold = subject is Expression.Aggregate || InlineColumns.Reads(subject, computed),
            Faithful = faithful,
        };
    }

    // Where keys are found in any letter case, two spellings are one field, known by the first.
    string Spelled(Subject about)
    {
        if (about.Target is not Reference.Field { Lookup: KeyLookup.IgnoreCase } || _spellings.TryAdd(about.Field, about.Field))
            return about.Field;
        return _spellings[about.Field];
    }

    Expression Resolve(Expression expression) => expression switch
    {
        Expression.Ref { Target: Reference.LoopVariable loop } when _loops.TryGetValue(loop.Name, out var collection) =>
            FoldTransforms.Of(collection) is { Target: Reference.Field field } && !loop.Path.Segments.IsEmpty
                ? new Expression.Ref(field with { Path = new([.. field.Path.Segments, .. loop.Path.Segments]) })
                : collection,
        Expression.Call { Arguments: [var first, ..] } call => call with { Arguments = [Resolve(first), .. call.Arguments.Skip(1)] },
        Expression.Coalesce { Items: [var first, ..] } coalesce => coalesce with { Items = [Resolve(first), .. coalesce.Items.Skip(1)] },
        Expression.If choice => choice with { Then = Resolve(choice.Then) },
        _ => expression,
    };

    bool Folds(Semantics semantics, Expression subject) => semantics.Fold is not Folding.Ordinal || FoldTransforms.Of(Resolve(subject)).Folds;

    static ReadOperator Of(Match match) => match switch
    {
        Match.Exact => ReadOperator.Eq,
        Match.Prefix => ReadOperator.StartsWith,
        Match.Suffix => ReadOperator.EndsWith,
        Match.Contains or Match.Member => ReadOperator.Contains,
        Match.Glob => ReadOperator.Wildcard,
        Match.Term => ReadOperator.Has,
        Match.Phrase or Match.AnyToken => ReadOperator.Match,
        Match.Regex => ReadOperator.RegexMatch,
        Match.Cidr => ReadOperator.Cidr,
        Match.Order order => Of(order.Relation),
        Match.Between => ReadOperator.Ge,
        _ => throw new UnreachableException(match.GetType().Name),
    };

    static ReadOperator Of(OrderRelation relation) => relation switch
    {
        OrderRelation.Less => ReadOperator.Lt,
        OrderRelation.LessOrEqual => ReadOperator.Le,
        OrderRelation.Greater => ReadOperator.Gt,
        OrderRelation.GreaterOrEqual => ReadOperator.Ge,
        _ => throw new UnreachableException(relation.ToString()),
    };
}
