using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Tests.Python;

/// <summary>Our tree in the words of CPython's, as <c>tests/oracles/python/dump.py</c> writes it.</summary>
static partial class PythonDump
{
    public static string Of(PythonModule module) => $"Module({List(module.Body, Of)})";

    static string List<T>(IEnumerable<T> items, Func<T, string> write) => $"[{string.Join(',', items.Select(write))}]";

    static string Body(EquatableArray<PythonStatement> body) => List(body, Of);

    static string Maybe(PythonExpression? expression) => expression is null ? "~" : Of(expression);

    static string Quote(string? text)
    {
        if (text is null)
            return "~";
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append(@"\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                < ' ' or > '~' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    static string Of(PythonStatement statement) => statement switch
    {
        PythonStatement.Expression s => $"Expr({Of(s.Value)})",
        PythonStatement.Assign s => $"Assign({List(s.Targets, Of)},{Of(s.Value)})",
        PythonStatement.AugmentedAssign s => $"AugAssign({Of(s.Target)},{Operator(s.Operator)}(),{Of(s.Value)})",
        PythonStatement.AnnotatedAssign s => $"AnnAssign({Of(s.Target)},{Of(s.Annotation)},{Maybe(s.Value)},{(s.Target is PythonExpression.Name && !s.IsParenthesized ? 1 : 0)})",
        PythonStatement.Return s => $"Return({Maybe(s.Value)})",
        PythonStatement.Raise s => $"Raise({Maybe(s.Exception)},{Maybe(s.Cause)})",
        PythonStatement.Assert s => $"Assert({Of(s.Test)},{Maybe(s.Message)})",
        PythonStatement.Delete s => $"Delete({List(s.Targets, Of)})",
        PythonStatement.Pass => "Pass()",
        PythonStatement.Break => "Break()",
        PythonStatement.Continue => "Continue()",
        PythonStatement.Global s => $"Global({List(s.Names, Quote)})",
        PythonStatement.Nonlocal s => $"Nonlocal({List(s.Names, Quote)})",
        PythonStatement.Import s => $"Import({List(s.Names, Alias)})",
        PythonStatement.ImportFrom s => $"ImportFrom({Quote(s.Module)},{List(s.Names, Alias)},{s.Level})",
        PythonStatement.If s => If(s, 0),
        PythonStatement.While s => $"While({Of(s.Test)},{Body(s.Body)},{Body(s.OrElse)})",
        PythonStatement.For s => $"{(s.IsAsync ? "Async" : "")}For({Of(s.Target)},{Of(s.Iterable)},{Body(s.Body)},{Body(s.OrElse)})",
        PythonStatement.With s => $"{(s.IsAsync ? "Async" : "")}With({List(s.Items, i => $"withitem({Of(i.Context)},{Maybe(i.Target)})")},{Body(s.Body)})",
        PythonStatement.Try s => $"Try{(s.IsStar ? "Star" : "")}({Body(s.Body)},{List(s.Handlers, Handler)},{Body(s.OrElse)},{Body(s.Finally)})",
        PythonStatement.Match s => $"Match({Of(s.Subject)},{List(s.Cases, c => $"match_case({Of(c.Pattern)},{Maybe(c.Guard)},{Body(c.Body)})")})",
        PythonStatement.Function s => $"{(s.IsAsync ? "Async" : "")}FunctionDef({Quote(s.Name)},{Parameters(s.Parameters)},{Body(s.Body)},{List(s.Decorators, Of)},{Maybe(s.Returns)})",
        PythonStatement.Class s => $"ClassDef({Quote(s.Name)},{Arguments(s.Arguments)},{Body(s.Body)},{List(s.Decorators, Of)})",
        PythonStatement.Unsupported => "Unsupported()",
        _ => throw new UnreachableException(statement.GetType().Name),
    };

    // CPython has an if in the else of another where an elif stands.
    static string If(PythonStatement.If statement, int branch)
    {
        var orElse = branch + 1 < statement.Branches.Count ? $"[{If(statement, branch + 1)}]" : Body(statement.OrElse);
        return $"If({Of(statement.Branches[branch].Test)},{Body(statement.Branches[branch].Body)},{orElse})";
    }

    static string Alias(PythonAlias alias) => $"alias({Quote(alias.Name)},{Quote(alias.AsName)})";

    static string Handler(PythonHandler handler) => $"ExceptHandler({Maybe(handler.Type)},{Quote(handler.Name)},{Body(handler.Body)})";

    static string Parameters(EquatableArray<PythonParameter> parameters)
    {
        var positional = parameters.Where(p => p.Kind is PythonParameterKind.PositionalOnly or PythonParameterKind.Positional).ToList();
        var keywords = parameters.Where(p => p.Kind == PythonParameterKind.KeywordOnly).ToList();
        return $"arguments({Of(PythonParameterKind.PositionalOnly)},{Of(PythonParameterKind.Positional)},{One(PythonParameterKind.Star)},"
            + $"{List(keywords, Parameter)},{List(keywords, p => Maybe(p.Default))},{One(PythonParameterKind.DoubleStar)},"
            + $"{List(positional.Select(p => p.Default).OfType<PythonExpression>(), PythonDump.Of)})";

        string Of(PythonParameterKind kind) => List(parameters.Where(p => p.Kind == kind), Parameter);
        string One(PythonParameterKind kind) => parameters.FirstOrDefault(p => p.Kind == kind) is { } found ? Parameter(found) : "~";
    }

    static string Parameter(PythonParameter parameter) => $"arg({Quote(parameter.Name)},{Maybe(parameter.Annotation)})";

    static string Arguments(EquatableArray<PythonArgument> arguments) =>
        $"{List(arguments.OfType<PythonArgument.Positional>(), a => Of(a.Value))},{List(arguments.Where(a => a is not PythonArgument.Positional), Keyword)}";

    static string Keyword(PythonArgument argument) => argument switch
    {
        PythonArgument.Keyword k => $"keyword({Quote(k.Name)},{Of(k.Value)})",
        PythonArgument.DoubleStar k => $"keyword(~,{Of(k.Value)})",
        _ => throw new UnreachableException(argument.GetType().Name),
    };

    static string Of(PythonPattern pattern) => pattern switch
    {
        PythonPattern.Value p => $"MatchValue({Of(p.Expression)})",
        // Singletons are bare values in CPython's tree.
        PythonPattern.Singleton p => $"MatchSingleton({(p.Expression is PythonExpression.None ? "~" : Of(p.Expression))})",
        PythonPattern.Wildcard => "MatchAs(~,~)",
        PythonPattern.Capture p => $"MatchAs(~,{Quote(p.Name)})",
        PythonPattern.As p => $"MatchAs({Of(p.Pattern)},{Quote(p.Name)})",
        PythonPattern.Or p => $"MatchOr({List(p.Patterns, Of)})",
        PythonPattern.Sequence p => $"MatchSequence({List(p.Patterns, Of)})",
        PythonPattern.Star p => $"MatchStar({Quote(p.Name)})",
        PythonPattern.Mapping p => $"MatchMapping({List(p.Items, i => Of(i.Key))},{List(p.Items, i => Of(i.Pattern))},{Quote(p.Rest)})",
        PythonPattern.Class p => $"MatchClass({Of(p.Type)},{List(p.Patterns, Of)},{List(p.Keywords, k => Quote(k.Name))},{List(p.Keywords, k => Of(k.Pattern))})",
        PythonPattern.Unsupported => "Unsupported()",
        _ => throw new UnreachableException(pattern.GetType().Name),
    };
}
