using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    PythonStatement ReadSimpleStatement(int start)
    {
        if (Current.Kind != PythonTokenKind.Keyword)
            return ReadAssignment(start);
        switch (Slice(Current.Span))
        {
            case "pass":
                Advance();
                return new PythonStatement.Pass { Span = From(start) };
            case "break":
                Advance();
                return new PythonStatement.Break { Span = From(start) };
            case "continue":
                Advance();
                return new PythonStatement.Continue { Span = From(start) };
            case "return":
                Advance();
                return new PythonStatement.Return(EndsStatement() ? null : ReadStarExpressions()) { Span = From(start) };
            case "raise":
                return ReadRaise(start);
            case "assert":
                Advance();
                return new PythonStatement.Assert(ReadExpression(), Accept(",") ? ReadExpression() : null) { Span = From(start) };
            case "del":
                return ReadDelete(start);
            case "global":
                Advance();
                return new PythonStatement.Global(ReadNames()) { Span = From(start) };
            case "nonlocal":
                Advance();
                return new PythonStatement.Nonlocal(ReadNames()) { Span = From(start) };
            case "import":
                return ReadImport(start);
            case "from":
                return ReadImportFrom(start);
            default:
                return ReadAssignment(start);
        }
    }

    bool EndsStatement() => Current.Kind is PythonTokenKind.Newline or PythonTokenKind.End || Is(";");

    PythonStatement.Raise ReadRaise(int start)
    {
        Advance();
        var exception = EndsStatement() ? null : ReadExpression();
        var cause = exception is not null && Accept("from") ? ReadExpression() : null;
        return new(exception, cause) { Span = From(start) };
    }

    PythonStatement.Delete ReadDelete(int start)
    {
        Advance();
        var targets = ImmutableArray.CreateBuilder<PythonExpression>();
        do
        {
            var target = ReadBinary();
            CheckTarget(target, TargetUse.Delete);
            targets.Add(target);
        }
        while (Accept(",") && !EndsStatement());
        return new(targets.ToImmutable()) { Span = From(start) };
    }

    EquatableArray<string> ReadNames()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        do
            names.Add(ReadName());
        while (Accept(","));
        return names.ToImmutable();
    }

    PythonStatement.Import ReadImport(int start)
    {
        Advance();
        var names = ImmutableArray.CreateBuilder<PythonAlias>();
        do
        {
            var from = Start;
            var name = ReadDottedName();
            names.Add(new(name, ReadAsName()) { Span = From(from) });
        }
        while (Accept(","));
        return new(names.ToImmutable()) { Span = From(start) };
    }

    string ReadDottedName()
    {
        var name = ReadName();
        while (Accept("."))
            name = $"{name}.{ReadName()}";
        return name;
    }

    string? ReadAsName() => Accept("as") ? ReadName() : null;

    PythonStatement.ImportFrom ReadImportFrom(int start)
    {
        Advance();
        var level = 0;
        while (Is(".") || Is("..."))
            level += Advance().Span.Length;
        var module = level > 0 && Is("import") ? null : ReadDottedName();
        Expect("import");
        var names = ImmutableArray.CreateBuilder<PythonAlias>();
        var first = Start;
        if (Accept("*"))
        {
            names.Add(new("*", null) { Span = From(first) });
            return new(module, level, names.ToImmutable()) { Span = From(start) };
        }

        var isEnclosed = Accept("(");
        do
        {
            var from = Start;
            var name = ReadName();
            names.Add(new(name, ReadAsName()) { Span = From(from) });
        }
        while (Accept(",") && !(isEnclosed && Is(")")));
        if (isEnclosed)
            Expect(")");
        return new(module, level, names.ToImmutable()) { Span = From(start) };
    }

    // An expression, or an assignment whose target it turns out to be.
    PythonStatement ReadAssignment(int start)
    {
        var first = ReadYieldOrStar();
        if (Is(":"))
            return ReadAnnotated(start, first);
        if (AugmentedOperator() is { } augmented)
        {
            CheckTarget(first, TargetUse.Augment);
            Advance();
            return new PythonStatement.AugmentedAssign(first, augmented, ReadYieldOrStar()) { Span = From(start) };
        }

        if (!Is("="))
            return new PythonStatement.Expression(first) { Span = From(start) };
        var targets = ImmutableArray.CreateBuilder<PythonExpression>();
        var value = first;
        while (Accept("="))
        {
            CheckTarget(value, TargetUse.Assign);
            targets.Add(value);
            value = ReadYieldOrStar();
        }

        return new PythonStatement.Assign(targets.ToImmutable(), value) { Span = From(start) };
    }

    PythonStatement.AnnotatedAssign ReadAnnotated(int start, PythonExpression target)
    {
        CheckTarget(target, TargetUse.Annotate);
        Advance();
        var annotation = ReadExpression();
        var value = Accept("=") ? ReadYieldOrStar() : null;
        return new(target, annotation, value)
        {
            Span = From(start),
            IsParenthesized = target is PythonExpression.Name && target.Span.Start > start,
        };
    }

    PythonBinaryOperator? AugmentedOperator() =>
        Current.Kind != PythonTokenKind.Operator ? null : _text.AsSpan(Current.Span.Start, Current.Span.Length) switch
        {
            "+=" => PythonBinaryOperator.Add,
            "-=" => PythonBinaryOperator.Subtract,
            "*=" => PythonBinaryOperator.Multiply,
            "@=" => PythonBinaryOperator.MatrixMultiply,
            "/=" => PythonBinaryOperator.Divide,
            "//=" => PythonBinaryOperator.FloorDivide,
            "%=" => PythonBinaryOperator.Modulo,
            "**=" => PythonBinaryOperator.Power,
            "<<=" => PythonBinaryOperator.LeftShift,
            ">>=" => PythonBinaryOperator.RightShift,
            "|=" => PythonBinaryOperator.BitOr,
            "^=" => PythonBinaryOperator.BitXor,
            "&=" => PythonBinaryOperator.BitAnd,
            _ => null,
        };
}
