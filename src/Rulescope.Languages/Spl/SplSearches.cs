using Rulescope.Algebra;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>From the text of a search to its logic.</summary>
public static class SplSearches
{
    /// <summary>Puts the macros in, parses and lowers; spans count in the text given, those of a macro's parts are the call's.</summary>
    /// <param name="source">Where the events come from if the search itself does not say.</param>
    public static Parsed<RuleQuery> Read(string search, SplMacros macros, LogSource source)
    {
        var expansion = SplExpansion.Of(search, macros);
        var parsed = SplParser.Parse(expansion.Text);
        var lowered = SplLowering.Lower(parsed.Value, expansion.Text, macros, source);
        return new(
            Relocation.Of(lowered.Value, expansion.ToOuter, expansion.ToMacro),
            [.. expansion.Findings, .. expansion.ToOuter(parsed.Diagnostics), .. expansion.ToOuter(lowered.Diagnostics)]);
    }
}
