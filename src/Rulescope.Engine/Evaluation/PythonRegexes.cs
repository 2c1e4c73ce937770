using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Engine.Events;
using Match = Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Engine.Evaluation;

/// <summary>What Python's <c>re</c> takes out of a text (Python 3.11 library reference); whether a pattern fits at all is a test of the algebra.</summary>
static class PythonRegexes
{
    public static IEnumerable<KeyValuePair<string, PythonFunction>> Known { get; } = new Dictionary<string, PythonFunction>(StringComparer.Ordinal)
    {
        ["regex_group"] = Group,
        ["regex_all"] = FindAll,
    };

    // Text, pattern, flags, anchor and the group's number or name; no match has no groups.
    static Evaluated Group(ImmutableArray<EventValue> a)
    {
        if (a is not [EventValue.Text text, EventValue.Text pattern, EventValue.Text flags, EventValue.Text anchor, var group])
            return Evaluated.Failed;
        if (Translated(pattern.Value, flags.Value, anchor.Value) is not { } regex)
            return Evaluated.Unclear;
        try
        {
            var found = regex.Match(text.Value);
            if (!found.Success || (group is EventValue.Integer { Value: var number } && (number < 0 || number >= found.Groups.Count)))
                return Evaluated.Failed;
            return Captured(group is EventValue.Integer ? found.Groups[Convert.ToInt32(group.AsText, CultureInfo.InvariantCulture)] : found.Groups[group.AsText ?? ""], EventValue.NullValue);
        }
        catch (RegexMatchTimeoutException)
        {
            return Evaluated.Unclear;
        }
    }

    // The whole match, its only group, or a list of its groups; a group that took no part is the empty text.
    static Evaluated FindAll(ImmutableArray<EventValue> a)
    {
        if (a is not [EventValue.Text text, EventValue.Text pattern, EventValue.Text flags])
            return Evaluated.Failed;
        if (Translated(pattern.Value, flags.Value, "none") is not { } regex)
            return Evaluated.Unclear;
        try
        {
            var none = new EventValue.Text("");
            return new EventValue.Array([.. regex.Matches(text.Value).Select(m => m.Groups.Count switch
            {
                1 => new EventValue.Text(m.Value),
                2 => Captured(m.Groups[1], none),
                _ => new EventValue.Array([.. m.Groups.Values.Skip(1).Select(g => Captured(g, none))]),
            })]);
        }
        catch (RegexMatchTimeoutException)
        {
            return Evaluated.Unclear;
        }
    }

    static EventValue Captured(Group group, EventValue otherwise) => group.Success ? new EventValue.Text(group.Value) : otherwise;

    static Regex? Translated(string pattern, string flags, string anchor) => RegexTranslation.Translate(
        pattern,
        new Match.Regex(RegexDialect.Python) { Flags = flags, Anchor = anchor switch { "start" => RegexAnchor.Start, "whole" => RegexAnchor.Whole, _ => RegexAnchor.None } },
        new Folding.Ordinal()).Regex;
}
