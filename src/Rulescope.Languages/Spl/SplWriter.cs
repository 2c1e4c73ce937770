using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Writes searches as text that <see cref="SplParser"/> reads back to the same tree, on one line.</summary>
public static partial class SplWriter
{
    /// <summary>A whole search; where it begins with <c>search</c>, without that word.</summary>
    public static string Write(SplPipeline pipeline)
    {
        var text = new StringBuilder();
        WriteCommands(text, pipeline, nested: false);
        return text.ToString();
    }

    static void WriteCommands(StringBuilder text, SplPipeline pipeline, bool nested)
    {
        for (var i = 0; i < pipeline.Commands.Count; i++)
        {
            var command = pipeline.Commands[i];
            if (i == 0 && command is not SplCommand.Search)
                text.Append("| ");
            else if (i > 0)
                text.Append(" | ");
            if (i > 0 || nested || command is not SplCommand.Search first)
                Write(text, command);
            else
                WriteFirst(text, first.Condition);
        }
    }

    // The word may be left out at the beginning, but not before a term that would then be read as the word,
    // nor before the test for everything, which must still be a command of its own.
    static void WriteFirst(StringBuilder text, SplSearch condition)
    {
        var start = text.Length;
        Write(text, condition, Level.And);
        if (condition is SplSearch.Everything || text.ToString(start, text.Length - start).StartsWith("search", StringComparison.OrdinalIgnoreCase))
            text.Insert(start, "search ");
    }

    static void WriteSubsearch(StringBuilder text, SplPipeline pipeline)
    {
        text.Append('[');
        WriteCommands(text, pipeline, nested: true);
        text.Append(']');
    }

    static void Write(StringBuilder text, SplCommand command)
    {
        switch (command)
        {
            case SplCommand.Search search:
                Write(text.Append("search "), search.Condition, Level.And);
                break;
            case SplCommand.Where where:
                Write(text.Append("where "), where.Condition, Strength.Xor);
                break;
            case SplCommand.Eval eval:
                WriteAssignments(text.Append("eval "), eval.Assignments);
                break;
            case SplCommand.Stats stats:
                WriteStats(text, stats);
                break;
            case SplCommand.TStats stats:
                WriteStats(text, stats);
                break;
            case SplCommand.Rename rename:
                WritePairs(text.Append("rename "), rename.Pairs, always: true);
                break;
            case SplCommand.Rex rex:
                WriteValue(WriteOptions(text.Append("rex "), rex.Options), rex.Pattern);
                break;
            case SplCommand.Regex regex:
                WriteRegex(text, regex);
                break;
            case SplCommand.Lookup lookup:
                WriteLookup(text, lookup);
                break;
            case SplCommand.InputLookup lookup:
                WriteValue(WriteOptions(text.Append("inputlookup "), lookup.Options), lookup.Table);
                if (lookup.Condition is not SplSearch.Everything)
                    Write(text.Append(" where "), lookup.Condition, Level.And);
                break;
            case SplCommand.Join join:
                WriteSubsearch(WriteValues(WriteOptions(text.Append("join "), join.Options), join.Fields), join.Subsearch);
                break;
            case SplCommand.Branch branch:
                WriteBranch(text, branch);
                break;
            case SplCommand.Transaction transaction:
                WriteTransaction(text, transaction);
                break;
            case SplCommand.Foreach each:
                WriteSubsearch(WriteValues(WriteOptions(text.Append("foreach "), each.Options), each.Fields), each.Template);
                break;
            case SplCommand.Plain plain:
                WriteArguments(text.Append(plain.Name), plain.Arguments, " ");
                break;
            case SplCommand.Macro macro:
                text.Append(macro.Call);
                break;
            case SplCommand.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(command.GetType().Name);
        }
    }

    static void WriteAssignments(StringBuilder text, EquatableArray<SplAssignment> assignments)
    {
        for (var i = 0; i < assignments.Count; i++)
        {
            WriteName(i == 0 ? text : text.Append(", "), assignments[i].Field);
            Write(text.Append('='), assignments[i].Value, Strength.Xor);
        }
    }

    static void WriteRegex(StringBuilder text, SplCommand.Regex regex)
    {
        text.Append("regex ");
        if (regex.Field is { } field)
            WriteValue(text, field).Append(regex.IsNegated ? "!=" : "=");
        WriteValue(text, regex.Pattern);
    }

    static void WriteLookup(StringBuilder text, SplCommand.Lookup lookup)
    {
        WriteValue(WriteOptions(text.Append("lookup "), lookup.Options), lookup.Table);
        WritePairs(text.Append(' '), lookup.Inputs, always: false);
        if (lookup.Mode == SplOutputs.All)
            return;
        WritePairs(text.Append(lookup.Mode == SplOutputs.Output ? " OUTPUT " : " OUTPUTNEW "), lookup.Outputs, always: false);
    }

    static void WriteBranch(StringBuilder text, SplCommand.Branch branch)
    {
        WriteOptions(text.Append(branch.Name).Append(' '), branch.Options);
        foreach (var pipeline in branch.Subsearches)
        {
            WriteSubsearch(text, pipeline);
            text.Append(' ');
        }
    }

    static void WriteTransaction(StringBuilder text, SplCommand.Transaction transaction)
    {
        WriteValues(WriteOptions(text.Append("transaction "), transaction.Options), transaction.Fields);
        if (transaction.StartsWith is { } starts)
            WriteBoundary(text.Append("startswith="), starts);
        if (transaction.EndsWith is { } ends)
            WriteBoundary(text.Append(" endswith="), ends);
    }

    static void WriteBoundary(StringBuilder text, SplSearch boundary)
    {
        if (boundary is SplSearch.Keyword or SplSearch.Evaluated)
        {
            Write(text, boundary, Level.And);
            return;
        }

        Write(text.Append('('), boundary, Level.And);
        text.Append(')');
    }

    static void WritePairs(StringBuilder text, EquatableArray<SplRename> pairs, bool always)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            WriteValue(i == 0 ? text : text.Append(", "), pairs[i].From);
            if (always || !pairs[i].From.Equals(pairs[i].To))
                WriteValue(text.Append(" AS "), pairs[i].To);
        }
    }

    static StringBuilder WriteOptions(StringBuilder text, EquatableArray<SplOption> options)
    {
        foreach (var option in options)
            WriteOption(text, option).Append(' ');
        return text;
    }

    static StringBuilder WriteOption(StringBuilder text, SplOption option) => WriteValue(text.Append(option.Name).Append('='), option.Value);

    static StringBuilder WriteValues(StringBuilder text, EquatableArray<SplValue> values)
    {
        foreach (var value in values)
            WriteValue(text, value).Append(' ');
        return text;
    }

    static void WriteArguments(StringBuilder text, EquatableArray<SplArgument> arguments, string first)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            text.Append(i == 0 ? first : " ");
            switch (arguments[i])
            {
                case SplArgument.Item item:
                    WriteValue(text, item.Value);
                    break;
                case SplArgument.Option option:
                    WriteOption(text, option.Given);
                    break;
                case SplArgument.Group group:
                    WriteArguments(text.Append(group.Name).Append('('), group.Arguments, "");
                    text.Append(')');
                    break;
                case SplArgument.Subsearch subsearch:
                    WriteSubsearch(text, subsearch.Pipeline);
                    break;
                case SplArgument.Macro macro:
                    text.Append(macro.Call);
                    break;
                case SplArgument.Sign sign:
                    text.Append(sign.Text);
                    break;
                default:
                    throw new UnreachableException(arguments[i].GetType().Name);
            }
        }
    }
}
