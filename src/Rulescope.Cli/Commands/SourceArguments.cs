using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Catalog.Guide;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary>Reads <c>VENDOR=PATH</c>, and says what is wrong with one that names nothing.</summary>
static class SourceArguments
{
    /// <summary>The sources, or none with a message.</summary>
    public static ImmutableArray<RuleSource> Parse(IReadOnlyList<string> arguments, out string message)
    {
        message = "";
        var sources = ImmutableArray.CreateBuilder<RuleSource>();
        foreach (var argument in arguments)
        {
            message = Fault(argument, out var source);
            if (message.Length > 0)
                return [];
            sources.Add(source);
        }

        return sources.ToImmutable();
    }

    /// <summary>The option for macros that a source of Splunk does not hold itself.</summary>
    public static Option<string[]> MacrosOption() => new("--macros")
    {
        Description = "A folder, an archive or a file of Splunk's search macros (YAML of security content, or macros.conf); they go before those of the source.",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The sources of Splunk with the macros that were named; a message says what is wrong with these.</summary>
    public static ImmutableArray<RuleSource> WithMacros(ImmutableArray<RuleSource> sources, IReadOnlyList<string> macros, out string message)
    {
        message = macros.FirstOrDefault(m => !Path.Exists(m)) is { } absent ? $"no such file or folder: {absent} (of --macros)"
            : macros.Count > 0 && !sources.Any(HasMacros) ? "--macros is for rules of splunk, and no source is of splunk"
            : "";
        return [.. sources.Select(s => HasMacros(s) ? s with { Macros = [.. macros] } : s)];
    }

    /// <summary>The option for how much of a vendor's rules a catalog holds.</summary>
    public static Option<string[]> PublishOption() => new("--publish")
    {
        Description = "How much of a vendor's rules the catalog holds and shows: full, facts (no text of theirs) or link (only what they are and where).",
        HelpName = "VENDOR=MODE",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The sources with what was said about publishing them; a message says what is wrong with that.</summary>
    public static ImmutableArray<RuleSource> WithPublish(ImmutableArray<RuleSource> sources, IReadOnlyList<string> arguments, out string message)
    {
        message = "";
        foreach (var argument in arguments)
        {
            if (argument.Split('=', 2) is not [var vendor, var word] || PublishWords.Parse(word) is not { } mode)
                message = $"'{argument}' says nothing about publishing: write VENDOR=MODE, such as elastic=facts; modes are full, facts and link";
            else if (!sources.Any(s => s.Vendor == vendor))
                message = $"--publish {argument} is for rules of {vendor}, and no source is of {vendor}";
            else
                sources = [.. sources.Select(s => s.Vendor == vendor ? s with { Publish = mode } : s)];
            if (message.Length > 0)
                break;
        }

        return sources;
    }

    static bool HasMacros(RuleSource source) => source.Vendor == "splunk";

    /// <summary>What <c>sync</c> has put into its cache folder.</summary>
    public static ImmutableArray<RuleSource> Synced(string cache) =>
    [
        .. KnownRuleSets.Builtin.All
            .Where(s => VendorReaders.All.Any(r => r.Vendor == s.Vendor))
            .Select(s => new RuleSource(s.Vendor, Path.Combine(cache, s.Vendor, s.Name)))
            .Where(s => Directory.Exists(s.Path)),
    ];

    static string Fault(string argument, out RuleSource source)
    {
        var vendors = string.Join(", ", Vendors.Order.Order(StringComparer.Ordinal));
        if (!RuleSource.TryParse(argument, out source))
            return $"'{argument}' is no source: write VENDOR=PATH, such as sigma=../sigma; vendors are {vendors}";
        if (!Vendors.Order.Contains(source.Vendor, StringComparer.Ordinal))
        {
            var near = Nearest.Of(source.Vendor, Vendors.Order);
            return $"unknown vendor '{source.Vendor}' in '{argument}': vendors are {vendors}" + (near is null ? "" : $"; did you mean '{near}'?");
        }

        var vendor = source.Vendor;
        if (VendorReaders.All.All(r => r.Vendor != vendor))
            return $"rules of {vendor} cannot be read yet; those of {string.Join(", ", VendorReaders.All.Select(r => r.Vendor))} can";
        return Path.Exists(source.Path) ? "" : $"no such file or folder: {source.Path} (of --source {argument})";
    }
}
