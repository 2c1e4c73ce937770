using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    PythonStatement ReadDecorated(int start)
    {
        var decorators = ImmutableArray.CreateBuilder<PythonExpression>();
        while (Accept("@"))
        {
            decorators.Add(ReadNamed());
            if (!Accept(PythonTokenKind.Newline))
                Unexpected("the end of the line");
        }

        if (Is("def"))
            return ReadFunction(start, decorators.ToImmutable(), isAsync: false);
        return Is("async") ? ReadAsync(start, decorators.ToImmutable()) : ReadClass(start, decorators.ToImmutable());
    }

    PythonStatement ReadAsync(int start, EquatableArray<PythonExpression> decorators)
    {
        Advance();
        if (Is("def") || !decorators.IsEmpty)
            return ReadFunction(start, decorators, isAsync: true);
        return Is("with") ? ReadWith(start, isAsync: true)
            : Is("for") ? ReadFor(start, isAsync: true)
            : NoAsync(start);
    }

    PythonStatement.Unsupported NoAsync(int start)
    {
        Unexpected("'def', 'with' or 'for'");
        return Unread(start);
    }

    PythonStatement.Function ReadFunction(int start, EquatableArray<PythonExpression> decorators, bool isAsync)
    {
        Expect("def");
        var name = ReadName();
        Expect("(");
        var parameters = ReadParameters(")", isAnnotated: true);
        Expect(")");
        var returns = Accept("->") ? ReadExpression() : null;
        return new(name, parameters, ReadBlock()) { Span = From(start), Decorators = decorators, Returns = returns, IsAsync = isAsync };
    }

    PythonStatement.Class ReadClass(int start, EquatableArray<PythonExpression> decorators)
    {
        Expect("class");
        var name = ReadName();
        EquatableArray<PythonArgument> arguments = [];
        if (Accept("("))
        {
            arguments = ReadArguments(isCall: false);
            Expect(")");
        }

        return new(name, arguments, ReadBlock()) { Span = From(start), Decorators = decorators };
    }

    EquatableArray<PythonParameter> ReadParameters(string close, bool isAnnotated)
    {
        var parameters = ImmutableArray.CreateBuilder<PythonParameter>();
        var state = ParameterState.Start;
        var hasDefault = false;
        while (!_failed && !Is(close))
        {
            var start = Current.Span;
            if (Is("/"))
                ReadSlash(parameters, ref state);
            else if (Is("*") && (IsAhead(1, ",") || IsAhead(1, close)))
                state = ReadBareStar(state, close);
            else
                parameters.Add(ReadParameter(ref state, ref hasDefault, isAnnotated));
            if (!Accept(",") && !Is(close))
                Unexpected($"',' or '{close}'");
            if (state == ParameterState.BareStar && Is(close))
                Fail(start, PythonCodes.Misplaced, "*", "a name follows it");
        }

        return parameters.ToImmutable();
    }

    enum ParameterState
    {
        Start,
        AfterSlash,
        BareStar,
        Keywords,
        Done,
    }

    // All before the slash are positional only.
    void ReadSlash(ImmutableArray<PythonParameter>.Builder parameters, ref ParameterState state)
    {
        if (state != ParameterState.Start || parameters.Count == 0)
            Fail(Current.Span, PythonCodes.Misplaced, "/", "it stands once, behind a parameter and before '*'");
        Advance();
        state = ParameterState.AfterSlash;
        for (var i = 0; i < parameters.Count; i++)
            parameters[i] = parameters[i] with { Kind = PythonParameterKind.PositionalOnly };
    }

    ParameterState ReadBareStar(ParameterState state, string close)
    {
        if (state is not (ParameterState.Start or ParameterState.AfterSlash))
            Fail(Current.Span, PythonCodes.Misplaced, "*", "it stands once");
        else if (IsAhead(1, close) || IsAhead(2, "**"))
            Fail(Current.Span, PythonCodes.Misplaced, "*", "a name follows it");
        Advance();
        return ParameterState.BareStar;
    }

    PythonParameter ReadParameter(ref ParameterState state, ref bool hasDefault, bool isAnnotated)
    {
        var start = Start;
        var span = Current.Span;
        if (state == ParameterState.Done)
            Fail(span, PythonCodes.Misplaced, Slice(span), "nothing follows the parameter with '**'");
        var kind = Accept("**") ? PythonParameterKind.DoubleStar
            : Accept("*") ? PythonParameterKind.Star
            : state is ParameterState.BareStar or ParameterState.Keywords ? PythonParameterKind.KeywordOnly
            : PythonParameterKind.Positional;
        if (kind == PythonParameterKind.Star && state is not (ParameterState.Start or ParameterState.AfterSlash))
            Fail(span, PythonCodes.Misplaced, "*", "it stands once");
        var name = ReadName();
        var annotation = isAnnotated && Accept(":") ? kind == PythonParameterKind.Star ? ReadStarExpression() : ReadExpression() : null;
        PythonExpression? value = null;
        if (kind is not (PythonParameterKind.Star or PythonParameterKind.DoubleStar))
        {
            value = Accept("=") ? ReadExpression() : null;
            if (kind == PythonParameterKind.Positional && value is null && hasDefault)
                Fail(From(start), PythonCodes.Misplaced, name, "a parameter before it has a default");
            hasDefault |= value is not null;
        }

        state = kind switch
        {
            PythonParameterKind.DoubleStar => ParameterState.Done,
            PythonParameterKind.Positional => state,
            _ => ParameterState.Keywords,
        };
        return new(kind, name) { Span = From(start), Annotation = annotation, Default = value };
    }
}
