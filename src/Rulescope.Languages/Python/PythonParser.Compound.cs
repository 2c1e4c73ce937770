using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    PythonStatement.If ReadIf(int start)
    {
        var branches = ImmutableArray.CreateBuilder<PythonBranch>();
        do
        {
            var from = Start;
            Advance();
            var test = ReadTest();
            branches.Add(new(test, ReadBlock()) { Span = From(from) });
        }
        while (Is("elif"));
        return new(branches.ToImmutable(), ReadElse()) { Span = From(start) };
    }

    EquatableArray<PythonStatement> ReadElse() => Accept("else") ? ReadBlock() : [];

    PythonStatement.While ReadWhile(int start)
    {
        Advance();
        var test = ReadTest();
        var body = ReadBlock();
        return new(test, body, ReadElse()) { Span = From(start) };
    }

    PythonStatement.For ReadFor(int start, bool isAsync)
    {
        Advance();
        var target = ReadTargets();
        Expect("in");
        var iterable = ReadStarExpressions();
        var body = ReadBlock();
        return new(target, iterable, body, ReadElse()) { Span = From(start), IsAsync = isAsync };
    }

    // Targets of a loop: they stop before `in`, so no comparison is read.
    PythonExpression ReadTargets()
    {
        var start = Start;
        var first = ReadTargetItem();
        if (!Is(","))
        {
            CheckTarget(first, TargetUse.Assign);
            return first;
        }

        var items = ImmutableArray.CreateBuilder<PythonExpression>();
        items.Add(first);
        while (Accept(",") && !Is("in"))
            items.Add(ReadTargetItem());
        var targets = new PythonExpression.Tuple(items.ToImmutable()) { Span = From(start) };
        CheckTarget(targets, TargetUse.Assign);
        return targets;
    }

    PythonExpression ReadTargetItem()
    {
        var start = Start;
        return Accept("*") ? new PythonExpression.Starred(ReadBinary()) { Span = From(start) } : ReadBinary();
    }

    PythonStatement.With ReadWith(int start, bool isAsync)
    {
        Advance();
        var items = ReadEnclosedItems() ?? ReadItems(isEnclosed: false);
        return new(items, ReadBlock()) { Span = From(start), IsAsync = isAsync };
    }

    // `with (a, b):` holds two items and no tuple; what cannot be read so is an expression that begins with a parenthesis.
    EquatableArray<PythonWithItem>? ReadEnclosedItems()
    {
        if (!Is("("))
            return null;
        var mark = Mark();
        Advance();
        var items = ReadItems(isEnclosed: true);
        Expect(")");
        if (!_failed && Is(":"))
            return items;
        Return(mark);
        return null;
    }

    EquatableArray<PythonWithItem> ReadItems(bool isEnclosed)
    {
        var items = ImmutableArray.CreateBuilder<PythonWithItem>();
        do
        {
            var start = Start;
            var context = ReadExpression();
            PythonExpression? target = null;
            if (Accept("as"))
            {
                target = ReadTargetItem();
                CheckTarget(target, TargetUse.Assign);
            }

            items.Add(new(context, target) { Span = From(start) });
        }
        while (Accept(",") && !(isEnclosed && Is(")")));
        return items.ToImmutable();
    }

    PythonStatement.Try ReadTry(int start)
    {
        Advance();
        var body = ReadBlock();
        var handlers = ImmutableArray.CreateBuilder<PythonHandler>();
        bool? isStar = null;
        while (Is("except"))
            handlers.Add(ReadHandler(ref isStar));

        EquatableArray<PythonStatement> orElse = handlers.Count > 0 ? ReadElse() : [];
        EquatableArray<PythonStatement> last = Accept("finally") ? ReadBlock() : handlers.Count > 0 ? [] : Missing();
        return new(body, handlers.ToImmutable(), orElse, last) { Span = From(start), IsStar = isStar ?? false };

        EquatableArray<PythonStatement> Missing()
        {
            Unexpected("'except' or 'finally'");
            return [];
        }
    }

    PythonHandler ReadHandler(ref bool? isStar)
    {
        var start = Start;
        Advance();
        var star = Current.Span;
        var hasStar = Accept("*");
        if (isStar is not null && isStar != hasStar)
            Fail(star, PythonCodes.Misplaced, "except", "one statement has only 'except' or only 'except*'");
        isStar = hasStar;
        if (!hasStar && Is(":"))
            return new(null, null, ReadBlock()) { Span = From(start) };
        var type = ReadExpression();
        var name = ReadAsName();
        return new(type, name, ReadBlock()) { Span = From(start) };
    }
}
