using System.Collections.Immutable;
using Rulescope.Languages.Yaml;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>ATT&amp;CK ids under <c>Reports</c>: <c>MITRE ATT&amp;CK: ["TA0008:T1021.007"]</c>.</summary>
/// <param name="Techniques">As written, in upper case.</param>
/// <param name="Tactics">As written, in lower case.</param>
sealed record PantherReports(ImmutableArray<string> Techniques, ImmutableArray<string> Tactics)
{
    const string Framework = "MITRE ATT&CK";

    public static PantherReports Read(Metadata metadata)
    {
        var (techniques, tactics) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        if (metadata.Find("Reports") is not YamlNode.Mapping reports)
            return new([], []);
        foreach (var report in reports.Entries)
        {
            var isFramework = string.Equals(report.Name?.Trim(), Framework, StringComparison.OrdinalIgnoreCase);
            // A tactic may stand in the framework's place.
            if (report.Name is not { } name || (!isFramework && !IsTactic(name)))
                continue;
            if (!isFramework)
                tactics.Add(name.ToLowerInvariant());
            foreach (var item in report.Value is YamlNode.Sequence list ? list.Items.Items : [report.Value])
                Add(item);
        }

        return new([.. techniques.Distinct(StringComparer.Ordinal)], [.. tactics.Distinct(StringComparer.Ordinal)]);

        void Add(YamlNode item)
        {
            var written = (item as YamlNode.Scalar)?.Value.Trim() ?? "";
            foreach (var id in written.Split(':', StringSplitOptions.TrimEntries))
            {
                if (IsTactic(id))
                    tactics.Add(id.ToLowerInvariant());
                else if (id is ['t' or 'T', var digit, ..] && char.IsAsciiDigit(digit))
                    techniques.Add(id.ToUpperInvariant());
                else
                    metadata.Report(item.Span, PantherCodes.UnclearReport, written);
            }
        }
    }

    static bool IsTactic(string id) => id is ['t' or 'T', 'a' or 'A', var digit, ..] && char.IsAsciiDigit(digit);
}
