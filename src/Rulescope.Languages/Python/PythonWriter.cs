using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>Writes Python 3.11 from its tree: one statement a line, four spaces a block, parentheses where they are needed.</summary>
/// <remarks>
/// What <see cref="PythonParser"/> read without errors and is written is read as the same tree. Tuples have parentheses, texts double
/// quotes. A field of an f-string that needs a backslash has no text in 3.11 and is written as 3.12 reads it; unread parts are
/// written as they stood.
/// </remarks>
public sealed partial class PythonWriter
{
    readonly StringBuilder _text = new();
    int _indent;

    /// <summary>A whole file; it ends in a line break unless it is empty.</summary>
    public static string Write(PythonModule module)
    {
        var writer = new PythonWriter([]);
        foreach (var statement in module.Body)
            writer.Add(statement);
        return writer._text.ToString();
    }

    /// <summary>One expression, without parentheses around it.</summary>
    public static string Write(PythonExpression expression) => new PythonWriter([]).Of(expression, Level.Walrus);

    void Line(string text) => _text.Append(' ', 4 * _indent).Append(text).Append('\n');

    void Block(string head, EquatableArray<PythonStatement> body)
    {
        Line(head + ":");
        _indent++;
        if (body.IsEmpty)
            Line("pass");
        foreach (var statement in body)
            Add(statement);
        _indent--;
    }

    void MaybeBlock(string head, EquatableArray<PythonStatement> body)
    {
        if (!body.IsEmpty)
            Block(head, body);
    }

    void Add(PythonStatement statement)
    {
        switch (statement)
        {
            case PythonStatement.If s:
                for (var i = 0; i < s.Branches.Count; i++)
                    Block($"{(i == 0 ? "if" : "elif")} {Of(s.Branches[i].Test, Level.Lambda)}", s.Branches[i].Body);
                MaybeBlock("else", s.OrElse);
                break;
            case PythonStatement.While s:
                Block($"while {Of(s.Test, Level.Lambda)}", s.Body);
                MaybeBlock("else", s.OrElse);
                break;
            case PythonStatement.For s:
                Block($"{Async(s.IsAsync)}for {Of(s.Target, Level.Lambda)} in {Of(s.Iterable, Level.Lambda)}", s.Body);
                MaybeBlock("else", s.OrElse);
                break;
            case PythonStatement.With s:
                Block($"{Async(s.IsAsync)}with {Items(s.Items)}", s.Body);
                break;
            case PythonStatement.Try s:
                AddTry(s);
                break;
            case PythonStatement.Match s:
                AddMatch(s);
                break;
            case PythonStatement.Function s:
                AddDecorators(s.Decorators);
                Block($"{Async(s.IsAsync)}def {s.Name}({Parameters(s.Parameters)}){(s.Returns is { } returns ? " -> " + Of(returns, Level.Lambda) : "")}", s.Body);
                break;
            case PythonStatement.Class s:
                AddDecorators(s.Decorators);
                Block($"class {s.Name}{(s.Arguments.IsEmpty ? "" : $"({Arguments(s.Arguments, isCall: false)})")}", s.Body);
                break;
            default:
                Line(Simple(statement));
                break;
        }
    }

    string Simple(PythonStatement statement) => statement switch
    {
        PythonStatement.Expression s => Of(s.Value, Level.Yield),
        PythonStatement.Assign s => $"{string.Concat(s.Targets.Select(t => Of(t, Level.Lambda) + " = "))}{Of(s.Value, Level.Yield)}",
        PythonStatement.AugmentedAssign s => $"{Of(s.Target, Level.Lambda)} {Operator(s.Operator)}= {Of(s.Value, Level.Yield)}",
        PythonStatement.AnnotatedAssign s => $"{(s.IsParenthesized ? $"({Of(s.Target, Level.Lambda)})" : Of(s.Target, Level.Lambda))}: {Of(s.Annotation, Level.Lambda)}{(s.Value is { } value ? " = " + Of(value, Level.Yield) : "")}",
        PythonStatement.Return s => "return" + Behind(s.Value),
        PythonStatement.Raise s => $"raise{Behind(s.Exception)}{(s.Cause is { } cause ? " from " + Of(cause, Level.Lambda) : "")}",
        PythonStatement.Assert s => $"assert{Behind(s.Test)}{(s.Message is { } message ? ", " + Of(message, Level.Lambda) : "")}",
        PythonStatement.Delete s => "del " + List(s.Targets),
        PythonStatement.Pass => "pass",
        PythonStatement.Break => "break",
        PythonStatement.Continue => "continue",
        PythonStatement.Global s => "global " + string.Join(", ", s.Names),
        PythonStatement.Nonlocal s => "nonlocal " + string.Join(", ", s.Names),
        PythonStatement.Import s => "import " + Names(s.Names),
        PythonStatement.ImportFrom s => $"from {new string('.', s.Level)}{s.Module} import {Names(s.Names)}",
        PythonStatement.Unsupported s => s.SourceText,
        _ => throw new UnreachableException(statement.GetType().Name),
    };

    string Behind(PythonExpression? expression) => expression is null ? "" : " " + Of(expression, Level.Lambda);

    static string Async(bool isAsync) => isAsync ? "async " : "";

    static string Names(EquatableArray<PythonAlias> names) =>
        string.Join(", ", names.Select(n => n.AsName is { } asName ? $"{n.Name} as {asName}" : n.Name));

    // A tuple as the only context would be read as several contexts.
    string Items(EquatableArray<PythonWithItem> items) =>
        items is [{ Context: PythonExpression.Tuple tuple, Target: null }]
            ? $"({Of(tuple, Level.Lambda)})"
            : string.Join(", ", items.Select(i => Of(i.Context, Level.Lambda) + (i.Target is { } target ? " as " + Of(target, Level.Lambda) : "")));

    void AddTry(PythonStatement.Try statement)
    {
        Block("try", statement.Body);
        foreach (var handler in statement.Handlers)
            Block($"except{(statement.IsStar ? "*" : "")}{Behind(handler.Type)}{(handler.Name is { } name ? " as " + name : "")}", handler.Body);
        MaybeBlock("else", statement.OrElse);
        MaybeBlock("finally", statement.Finally);
    }

    void AddDecorators(EquatableArray<PythonExpression> decorators)
    {
        foreach (var decorator in decorators)
            Line("@" + Of(decorator, Level.Lambda));
    }
}
