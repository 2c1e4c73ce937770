using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // To the end of the block or the text; what stands there is not read.
    EquatableArray<PythonStatement> ReadStatements()
    {
        var statements = ImmutableArray.CreateBuilder<PythonStatement>();
        while (Current.Kind is not (PythonTokenKind.Dedent or PythonTokenKind.End))
        {
            if (!Accept(PythonTokenKind.Newline))
                ReadStatement(statements);
        }

        return statements.ToImmutable();
    }

    void ReadStatement(ImmutableArray<PythonStatement>.Builder statements)
    {
        var start = Start;
        var level = _level;
        if (Current.Kind == PythonTokenKind.Indent)
        {
            Report(new(Current.Span.End, 0), PythonCodes.UnexpectedIndent);
            start = Current.Span.End;
            Recover(level);
            statements.Add(Unread(start));
            return;
        }

        _height = 0;
        if (Compound(start) is { } compound)
        {
            if (_failed)
            {
                Recover(level);
                statements.Add(Unread(start));
            }
            else
            {
                statements.Add(compound);
            }

            return;
        }

        ReadSimpleStatements(statements);
    }

    PythonStatement.Unsupported Unread(int start)
    {
        var span = From(start);
        return new(Slice(span)) { Span = span };
    }

    // A statement that has its own line or block, or null.
    PythonStatement? Compound(int start)
    {
        if (Current.Kind == PythonTokenKind.Name)
            return BeginsMatch() ? ReadMatch(start) : null;
        if (Current.Kind is not (PythonTokenKind.Keyword or PythonTokenKind.Operator))
            return null;
        return Slice(Current.Span) switch
        {
            "if" => ReadIf(start),
            "while" => ReadWhile(start),
            "for" => ReadFor(start, isAsync: false),
            "with" => ReadWith(start, isAsync: false),
            "try" => ReadTry(start),
            "def" => ReadFunction(start, [], isAsync: false),
            "class" => ReadClass(start, []),
            "async" => ReadAsync(start, []),
            "@" => ReadDecorated(start),
            _ => null,
        };
    }

    // One line of statements with `;` between them.
    void ReadSimpleStatements(ImmutableArray<PythonStatement>.Builder statements)
    {
        do
        {
            var start = Start;
            var level = _level;
            var statement = ReadSimpleStatement(start);
            if (!_failed && Current.Kind != PythonTokenKind.Newline && !Is(";"))
                Unexpected("the end of the line");
            if (_failed)
            {
                Recover(level);
                statements.Add(Unread(start));
                return;
            }

            statements.Add(statement);
        }
        while (Accept(";") && Current.Kind != PythonTokenKind.Newline);
        Accept(PythonTokenKind.Newline);
    }

    // Skips the rest of the line and what is below it; whole blocks are read for their findings.
    void Recover(int level)
    {
        _failed = false;
        if (_level > level)
        {
            // A broken case leaves its statement in the middle of a block.
            while (_level > level && Current.Kind != PythonTokenKind.End)
                Advance();
            return;
        }

        do
        {
            while (Current.Kind is not (PythonTokenKind.Newline or PythonTokenKind.Indent or PythonTokenKind.Dedent or PythonTokenKind.End))
                Advance();
            Accept(PythonTokenKind.Newline);
            if (Accept(PythonTokenKind.Indent))
            {
                ReadStatements();
                Accept(PythonTokenKind.Dedent);
            }
        }
        while (Is("elif") || Is("else") || Is("except") || Is("finally"));
    }

    // `:` and an indented block, or statements on the same line.
    EquatableArray<PythonStatement> ReadBlock()
    {
        Expect(":");
        if (!Accept(PythonTokenKind.Newline))
        {
            if (_failed)
                return [];
            if (BeginsCompound())
                Unexpected("a simple statement");
            else if (Current.Kind is PythonTokenKind.End or PythonTokenKind.Dedent)
                Unexpected("a statement");
            var line = ImmutableArray.CreateBuilder<PythonStatement>();
            if (!_failed)
                ReadSimpleStatements(line);
            return line.ToImmutable();
        }

        if (!Accept(PythonTokenKind.Indent))
        {
            Fail(Current.Span, PythonCodes.NoBlock, Shown(Current));
            // Back to the line's end: what follows is a statement of its own.
            _at--;
            return [];
        }

        var body = ReadStatements();
        Accept(PythonTokenKind.Dedent);
        return body;
    }

    bool BeginsCompound() =>
        Is("if") || Is("while") || Is("for") || Is("with") || Is("try") || Is("def") || Is("class") || Is("async") || Is("@");

    // The condition of a block: where it cannot be read but its line ends in a colon, the block can.
    PythonExpression ReadTest()
    {
        var start = Start;
        var first = _at;
        var test = ReadNamed();
        if (!_failed && Is(":"))
            return test;
        if (!_failed)
            Unexpected("':'");
        var last = Math.Max(_at, first);
        while (_tokens[last].Kind is not (PythonTokenKind.Newline or PythonTokenKind.End))
            last++;
        if (last - 1 <= first || !IsWord(_tokens[last - 1], ":"))
            return test;
        _at = last - 1;
        _end = _tokens[_at - 1].Span.End;
        _failed = false;
        var span = From(start);
        return new PythonExpression.Unsupported(Slice(span)) { Span = span };
    }
}
