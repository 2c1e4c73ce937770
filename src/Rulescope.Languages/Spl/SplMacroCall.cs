using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>A macro call as written between backticks: a name, and arguments without the quotes around them.</summary>
public sealed record SplMacroCall(string Name, EquatableArray<string> Arguments)
{
    /// <summary>Reads <c>name</c> or <c>name(a, "b c")</c>; null for anything else.</summary>
    public static SplMacroCall? Parse(string inside)
    {
        var text = inside.AsSpan().Trim();
        var end = 0;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-' or ':' or '.'))
            end++;
        if (end == 0)
            return null;
        var name = text[..end].ToString();
        var rest = text[end..].Trim();
        if (rest.IsEmpty)
            return new(name, []);
        return rest is ['(', .. var arguments, ')'] ? new(name, Split(arguments)) : null;
    }

    static EquatableArray<string> Split(ReadOnlySpan<char> text)
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        var depth = 0;
        var quoted = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0 && !quoted))
            {
                arguments.Add(Plain(text[start..i].Trim()));
                start = i + 1;
                continue;
            }

            if (text[i] == '\\' && quoted)
                i = Math.Min(i + 1, text.Length - 1);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted)
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return arguments is [""] ? [] : arguments.ToImmutable();
    }

    // Quotes around a whole argument hold it together and are no part of it.
    static string Plain(ReadOnlySpan<char> argument) =>
        argument is ['"', .. var inside, '"'] && inside.IndexOf('"') < 0 ? inside.ToString() : argument.ToString();
}

/// <summary>Macros that every Splunk security installation has, or that a rule leaves for its users to fill.</summary>
static class SplKnownMacros
{
    /// <summary>What a macro of the common information model stands for, or null.</summary>
    public static string? Definition(SplMacroCall call) => call switch
    {
        // Splunk_SA_CIM: takes the name of the data set off the fields of a data model.
        { Name: "drop_dm_object_name", Arguments: [var dataSet] } => $"rename \"{dataSet.Replace("\"", "", StringComparison.Ordinal)}.*\" as \"*\"",
        _ => null,
    };

    /// <summary>True for a macro that leaves the rows as they are as far as the rule is concerned: filters to be filled, asset and domain look-ups.</summary>
    public static bool IsKnown(string name) =>
        name.EndsWith("_filter", StringComparison.Ordinal) || name is "get_asset" or "cim_corporate_web_domain_search";
}
