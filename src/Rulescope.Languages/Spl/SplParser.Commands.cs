using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public sealed partial class SplParser
{
    bool IsOption(SplToken token) => token.Kind == SplTokenKind.Word && PeekBehind(token).Kind == SplTokenKind.Equal;

    /// <summary>A name, a sign and a value; a value of the wrong kind is reported and kept.</summary>
    SplOption Option(string command)
    {
        var name = Advance();
        var written = Slice(name.Span).ToLowerInvariant();
        Advance();
        SplValue value = new("", SplQuoting.None) { Span = From(_at) };
        if (Peek().Kind == SplTokenKind.Macro || (IsName(Peek()) && (Peek().Kind != SplTokenKind.Word || PeekBehind(Peek()).Kind != SplTokenKind.Equal)))
            value = Value();
        else
            Unexpected("a value");
        var kind = SplCommands.OptionOf(command, written);
        if (kind is null)
            Report(name.Span, SplCodes.UnknownOption, command, written);
        else if (value.Quoting != SplQuoting.Macro && !Fits(value.Text, kind.Value))
            Report(value.Span, SplCodes.BadOption, value.Text, written, Shown(kind.Value));
        return new(written, value);
    }

    static bool Fits(string value, SplOptionKind kind) => kind switch
    {
        // What a macro or a token of a dashboard stands for is not known.
        _ when value.Contains('$', StringComparison.Ordinal) => true,
        SplOptionKind.Boolean => value.ToLowerInvariant() is "t" or "f" or "true" or "false" or "1" or "0" or "yes" or "no",
        SplOptionKind.Integer => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        SplOptionKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        SplOptionKind.Span => value.Length > 0 && (char.IsAsciiDigit(value[0]) || value[0] is '-' or '.' or 'l' or 'a' or 'o'),
        _ => true,
    };

    static string Shown(SplOptionKind kind) => kind switch
    {
        SplOptionKind.Boolean => "true or false",
        SplOptionKind.Integer => "a whole number",
        SplOptionKind.Number => "a number",
        SplOptionKind.Span => "a span such as 5m",
        _ => "a text",
    };

    /// <summary>Options and values in any order, up to brackets, parentheses or the end; a comma between values is skipped.</summary>
    (EquatableArray<SplOption> Options, EquatableArray<SplValue> Values) OptionsAndValues(string command)
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        var values = ImmutableArray.CreateBuilder<SplValue>();
        while (true)
        {
            var next = Peek();
            if (next.Kind == SplTokenKind.Comma)
                Advance();
            else if (IsOption(next))
                options.Add(Option(command));
            else if (IsName(next))
                values.Add(Value());
            else
                return (options.ToImmutable(), values.ToImmutable());
        }
    }

    /// <summary><c>a AS b, c</c>, up to a word that is none or the end; a name without AS stands for itself where that is allowed.</summary>
    EquatableArray<SplRename> Renames(bool stops)
    {
        var pairs = ImmutableArray.CreateBuilder<SplRename>();
        while (true)
        {
            var next = Peek();
            if (next.Kind == SplTokenKind.Comma)
            {
                Advance();
                continue;
            }

            if (!IsName(next) || (stops && (IsWord(next, "output") || IsWord(next, "outputnew"))))
                return pairs.ToImmutable();
            var from = Value();
            if (!AcceptWord("as"))
            {
                if (!stops)
                {
                    Unexpected("'AS'");
                    return pairs.ToImmutable();
                }

                pairs.Add(new(from, from));
            }
            else if (IsName(Peek()))
            {
                pairs.Add(new(from, Value()));
            }
            else
            {
                Unexpected("a name");
                return pairs.ToImmutable();
            }
        }
    }

    SplCommand Rex()
    {
        var start = Peek().Span.Start;
        var (options, values) = OptionsAndValues("rex");
        if (values is [var pattern])
            return new SplCommand.Rex(options, pattern);
        Unexpected("one pattern");
        return new SplCommand.Unsupported("rex " + Slice(From(start)));
    }

    SplCommand Regex()
    {
        var start = Peek().Span.Start;
        if (!IsName(Peek()))
        {
            Unexpected("a pattern");
            return new SplCommand.Unsupported("regex");
        }

        var first = Value();
        if (Peek().Kind is not (SplTokenKind.Equal or SplTokenKind.NotEqual))
            return new SplCommand.Regex(null, false, first);
        var negated = Advance().Kind == SplTokenKind.NotEqual;
        if (IsName(Peek()))
            return new SplCommand.Regex(first, negated, Value());
        Unexpected("a pattern");
        return new SplCommand.Unsupported("regex " + Slice(From(start)));
    }

    SplCommand Lookup()
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        while (IsOption(Peek()))
            options.Add(Option("lookup"));
        if (!IsName(Peek()))
        {
            Unexpected("a lookup table");
            return new SplCommand.Unsupported("lookup");
        }

        var table = Value();
        var inputs = Renames(stops: true);
        var mode = AcceptWord("output") ? SplOutputs.Output : AcceptWord("outputnew") ? SplOutputs.OutputNew : SplOutputs.All;
        return new SplCommand.Lookup(options.ToImmutable(), table, inputs, mode, mode == SplOutputs.All ? [] : Renames(stops: true));
    }

    SplCommand InputLookup()
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        SplValue? table = null;
        while (IsOption(Peek()) || (table is null && IsName(Peek())))
        {
            if (IsOption(Peek()))
                options.Add(Option("inputlookup"));
            else
                table = Value();
        }

        if (table is null)
        {
            Unexpected("a lookup table");
            return new SplCommand.Unsupported("inputlookup");
        }

        return new SplCommand.InputLookup(options.ToImmutable(), table, AcceptWord("where") ? Condition() : new SplSearch.Everything());
    }

    SplCommand Join()
    {
        var start = Peek().Span.Start;
        var (options, fields) = OptionsAndValues("join");
        if (Peek().Kind == SplTokenKind.OpenBracket)
            return new SplCommand.Join(options, fields, Subsearch());
        Unexpected("'['");
        return new SplCommand.Unsupported("join " + Slice(From(start)));
    }

    SplCommand.Branch Branch(string name)
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        var pipelines = ImmutableArray.CreateBuilder<SplPipeline>();
        while (true)
        {
            if (IsOption(Peek()))
                options.Add(Option(name));
            else if (Peek().Kind == SplTokenKind.OpenBracket)
                pipelines.Add(Subsearch());
            else if (!Accept(SplTokenKind.Comma))
                break;
        }

        if (pipelines.Count == 0)
            Unexpected("'['");
        return new(name, options.ToImmutable(), pipelines.ToImmutable());
    }

    SplCommand.Transaction Transaction()
    {
        var options = ImmutableArray.CreateBuilder<SplOption>();
        var fields = ImmutableArray.CreateBuilder<SplValue>();
        SplSearch? starts = null;
        SplSearch? ends = null;
        while (true)
        {
            var next = Peek();
            if (next.Kind == SplTokenKind.Comma)
                Advance();
            else if (IsOption(next) && IsWord(next, "startswith"))
                starts = Boundary();
            else if (IsOption(next) && IsWord(next, "endswith"))
                ends = Boundary();
            else if (IsOption(next))
                options.Add(Option("transaction"));
            else if (IsName(next))
                fields.Add(Value());
            else
                return new(options.ToImmutable(), fields.ToImmutable(), starts, ends);
        }
    }

    // A search in parentheses or quotes, or eval(...).
    SplSearch Boundary()
    {
        Advance();
        Advance();
        var next = Peek();
        if (next.Kind == SplTokenKind.OpenParen)
            return Parenthesized();
        if (IsWord(next, "eval") && PeekBehind(next).Kind == SplTokenKind.OpenParen)
        {
            Advance();
            return new SplSearch.Evaluated(Grouped()) { Span = From(next.Span.Start) };
        }

        if (IsName(next))
        {
            var value = Value();
            return new SplSearch.Keyword(value) { Span = value.Span };
        }

        Unexpected("a search");
        return new SplSearch.Unsupported("") { Span = next.Span };
    }

    SplCommand Foreach()
    {
        var start = Peek().Span.Start;
        var (options, fields) = OptionsAndValues("foreach");
        if (Peek().Kind == SplTokenKind.OpenBracket)
            return new SplCommand.Foreach(options, fields, Subsearch());
        Unexpected("'['");
        return new SplCommand.Unsupported("foreach " + Slice(From(start)));
    }

    /// <summary>Whatever stands behind a command without a grammar of its own.</summary>
    EquatableArray<SplArgument> Arguments(string command, bool inGroup)
    {
        var arguments = ImmutableArray.CreateBuilder<SplArgument>();
        while (true)
        {
            var next = Peek();
            switch (next.Kind)
            {
                case SplTokenKind.End or SplTokenKind.Pipe or SplTokenKind.CloseBracket or SplTokenKind.CloseParen:
                    return arguments.ToImmutable();
                case SplTokenKind.Macro:
                    arguments.Add(new SplArgument.Macro(Slice(Advance().Span)));
                    break;
                case SplTokenKind.OpenBracket:
                    arguments.Add(new SplArgument.Subsearch(Subsearch()));
                    break;
                case SplTokenKind.OpenParen:
                    arguments.Add(new SplArgument.Group("", Group(command)));
                    break;
                case SplTokenKind.Word when !inGroup && IsOption(next):
                    arguments.Add(new SplArgument.Option(Option(command)));
                    break;
                case SplTokenKind.Word when next.Span.End < _text.Length && _text[next.Span.End] == '(':
                    Advance();
                    arguments.Add(new SplArgument.Group(Slice(next.Span), Group(command)));
                    break;
                case SplTokenKind.Word or SplTokenKind.Quoted or SplTokenKind.SingleQuoted:
                    arguments.Add(new SplArgument.Item(Value()));
                    break;
                default:
                    arguments.Add(new SplArgument.Sign(Slice(Advance().Span)));
                    break;
            }
        }
    }

    EquatableArray<SplArgument> Group(string command)
    {
        var open = Advance();
        if (!Deeper(open.Span.Start))
            return [];
        var inside = Arguments(command, inGroup: true);
        _depth--;
        if (!Accept(SplTokenKind.CloseParen))
            Report(open.Span, SplCodes.Unclosed, "(");
        return inside;
    }
}
