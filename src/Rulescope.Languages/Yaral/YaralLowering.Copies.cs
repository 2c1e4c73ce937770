using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public static partial class YaralLowering
{
    // A repeated field without a quantifier: the event is copied for each of its elements, and every test on the field sees the copy's one. So there is
    // one quantifier around all tests that share a repeated field, and none where a single test asks for some element anyway.
    sealed partial class Lowering
    {
        const int MaxCopies = 50;

        // The repeated fields whose element is bound, outermost first.
        readonly List<BoundCopy> _bound = [];

        // What a field on the way of which the repeated one lies is seen as: the rest of its path, from the element.
        sealed record BoundCopy(YaralExpression.Field Field, int Length, Func<FieldPath, SourceSpan, Expression> Element);

        int _names;

        Predicate Conjunction(IEnumerable<YaralExpression> terms, SourceSpan span)
        {
            var items = terms.SelectMany(YaralTree.Conjuncts).ToList();
            var copied = items.ConvertAll(t => Copies(t).Select(Key).ToHashSet());
            var groups = Groups(copied);
            if (groups.Count == items.Count)
                return Terms.All(items.ConvertAll(t => Condition(t)), span);
            return Terms.All(groups.ConvertAll(group =>
            {
                var shared = group.SelectMany(i => Copies(items[i]).DistinctBy(Key)).GroupBy(Key).Where(g => g.Count() > 1).Select(g => g.First()).ToList();
                var members = group.ConvertAll(i => items[i]);
                return members.Count == 1
                    ? Condition(members[0])
                    : Bind(shared, members.Select(m => m.Span).Aggregate(SourceSpan.Cover), () => Terms.All(members.ConvertAll(t => Condition(t)), default));
            }), span);
        }

        // Terms that share a copy stand together, at the place of the first of them.
        static List<List<int>> Groups(List<HashSet<(string Event, string Path)>> copied)
        {
            var (group, first) = (Enumerable.Range(0, copied.Count).ToArray(), new Dictionary<(string Event, string Path), int>());
            for (var i = 0; i < copied.Count; i++)
            {
                foreach (var copy in copied[i])
                {
                    if (!first.TryAdd(copy, i))
                        Join(i, first[copy]);
                }
            }

            return [.. Enumerable.Range(0, copied.Count).GroupBy(Root).OrderBy(g => g.Key).Select(g => g.ToList())];

            int Root(int at)
            {
                while (group[at] != at)
                    at = group[at] = group[group[at]];
                return at;
            }

            void Join(int one, int other)
            {
                var (a, b) = (Root(one), Root(other));
                group[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        // A test with a repeated field in it. One field that some constant is asked of needs no quantifier: some element meets the test.
        Predicate Copied(YaralExpression node, YaralExpression asked, Func<Predicate> lower)
        {
            var copies = Copies(asked).ToList();
            if (copies.Count == 0 || (IsPlain(node) && copies.Select(c => c.Field).Distinct(ReferenceEqualityComparer.Instance).Count() == 1))
                return lower();
            return Bind([.. copies.DistinctBy(Key)], node.Span, lower);
        }

        // Not a negation, and its subject is a field itself.
        static bool IsPlain(YaralExpression node) => node switch
        {
            YaralExpression.Compare { Op: not YaralComparison.NotEqual } compare => (compare.Left is YaralExpression.Field && IsConstantOrList(compare.Right)) || (compare.Right is YaralExpression.Field && IsConstantOrList(compare.Left)),
            YaralExpression.In { Negated: false } member => member.Value is YaralExpression.Field,
            YaralExpression.Call { Arguments: [YaralExpression.Field, var operand] } call => YaralFunctions.IsTest(call.Function) && IsConstant(operand),
            _ => false,
        };

        static bool IsConstantOrList(YaralExpression node) => IsConstant(node) || node is YaralExpression.List;

        Predicate Bind(List<(YaralExpression.Field Field, int Length)> copies, SourceSpan span, Func<Predicate> lower)
        {
            if (_bound.Count + copies.Count > MaxCopies)
            {
                Report(span, YaralCodes.TooManyCopies, MaxCopies);
                return new Predicate.Unsupported("…") { Span = span };
            }

            var names = new Stack<(Expression Collection, string Name)>();
            var before = _bound.Count;
            foreach (var (field, length) in copies.OrderBy(c => c.Length))
            {
                var name = NameOf(length, field);
                names.Push((Reference(field with { Path = [.. field.Path.Take(length)] }), name));
                _bound.Add(new(field, length, (path, at) => new Expression.Ref(new Reference.LoopVariable(name) { Path = path, Lookup = KeyLookup.ProtoJson, Span = at }) { Span = at }));
            }

            var body = lower();
            _bound.RemoveRange(before, _bound.Count - before);
            while (names.TryPop(out var outer))
                body = new Predicate.Some(outer.Collection, outer.Name, body) { KeepsEmpty = true, Span = span };
            return body;
        }

        // The repeated fields on the way of every field of a test that are neither bound nor under a quantifier of their own.
        IEnumerable<(YaralExpression.Field Field, int Length)> Copies(YaralExpression node) => node switch
        {
            YaralExpression.Field field => UdmFields.Repetitions(field).Where(length => !IsBound(field, length)).Select(length => (field, length)),
            YaralExpression.Each => [],
            YaralExpression.Call call when YaralFunctions.TakesWhole(call.Function) => [],
            _ => YaralTree.Parts(node).SelectMany(Copies),
        };

        bool IsBound(YaralExpression.Field field, int length) => _bound.Exists(b => b.Length == length && Key((b.Field, b.Length)) == Key((field, length)));

        static (string Event, string Path) Key((YaralExpression.Field Field, int Length) copy) =>
            (copy.Field.Event ?? "", YaralWriter.Write(copy.Field with { Event = null, Path = [.. copy.Field.Path.Take(copy.Length)] }));

        string NameOf(int length, YaralExpression.Field field)
        {
            var last = field.Path.Take(length).OfType<YaralStep.Name>().LastOrDefault()?.Text ?? "element";
            return string.Create(CultureInfo.InvariantCulture, $"{last}{++_names}");
        }

        // A field as it is seen from here: of the element that is bound, or of the event.
        Expression Reference(YaralExpression.Field field)
        {
            if (_bound.Where(b => b.Length <= field.Path.Count && Key((b.Field, b.Length)) == Key((field, b.Length))).MaxBy(b => b.Length) is { } bound)
                return bound.Element(PathOf(field.Path.Skip(bound.Length)), field.Span);
            return OfEvent(field);
        }

        Expression.Ref OfEvent(YaralExpression.Field field)
        {
            var named = field.Event ?? "";
            return new(new Reference.Field(PathOf(field.Path)) { Vocabulary = "udm", Lookup = KeyLookup.ProtoJson, EventVariable = named == _own || named.Length == 0 ? null : named, Span = field.Span }) { Span = field.Span };
        }

        static FieldPath PathOf(IEnumerable<YaralStep> steps) => new([.. steps.Select(PathSegment (step) => step switch
        {
            YaralStep.Name name => new PathSegment.Key(name.Text),
            YaralStep.Key key => new PathSegment.Map(key.Text),
            YaralStep.Index index when int.TryParse(index.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var position) => new PathSegment.Index(position),
            YaralStep.Index index => new PathSegment.Key(index.Digits),
            _ => throw new System.Diagnostics.UnreachableException(step.GetType().Name),
        })]);
    }
}
