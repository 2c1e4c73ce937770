using System.Collections.Immutable;
using Rulescope.Catalog.Rules;

namespace Rulescope.Catalog.Json;

/// <summary>New and changed rules as JSON: <c>{"rules":[{...,"date","new","techniques"}]}</c>, each with the members of a rule entry.</summary>
public static class RecentJson
{
    public static void Write(ImmutableArray<RecentRule> rules, Stream output) => JsonShapes.Write(output, json => json.Objects("rules", rules, r =>
    {
        json.Entry(r.Entry, withVendor: true);
        json.Date("date", r.Date);
        json.WriteBoolean("new", r.IsNew);
        json.Texts("techniques", r.Techniques);
    }));
}
