using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Catalog.Store;

/// <summary>
/// Which catalog events a rule can match: by what it tests within a log source, and by the events its author names. A number or the name of an
/// operation alone is never enough: the log source, or the channel or provider beside it, must say whose it is.
/// </summary>
sealed class RuleEvents(RuleDocument document, Normaliser names)
{
    const string Sigma = "sigma";

    static readonly EventCatalog Events = EventCatalog.Shipped;
    static readonly string[] IdFields = ["EventID", "EventCode", "event.code", "winlog.event_id"];
    static readonly string[] ChannelFields = ["Channel", "winlog.channel"];
    static readonly string[] ProviderFields = ["Provider_Name", "winlog.provider_name", "event.provider"];

    /// <summary>Ids of the events, in ordinal order.</summary>
    /// <param name="said">The log sources that a Sigma rule names.</param>
    /// <param name="words">All words of the rule's log source.</param>
    /// <param name="leaves">What the rule tests.</param>
    public ImmutableArray<string> Of(ImmutableArray<LogSourceEntry> said, string[] words, IReadOnlyList<NormalisedLeaf> leaves)
    {
        ImmutableArray<NormalisedLeaf> wanted =
            [.. leaves.Where(l => l.Seen is { Side: Side.Indicator, IsNegated: false, IsThreshold: false, Value: not null })];
        var numbers = wanted.Where(IsNumber).ToImmutableArray();
        return
        [
            .. numbers.SelectMany(Numbered)
                .Concat<CatalogEvent>(numbers.IsEmpty ? Whole(said, words, wanted) : [])
                .Concat(wanted.SelectMany(Operations))
                .Concat(Events.Called(document.Vendor, words))
                .Select(e => e.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];
    }

    static bool IsNumber(NormalisedLeaf leaf) =>
        leaf.Seen.Operator is ReadOperator.Eq or ReadOperator.In && (IsOne(IdFields, leaf.Field) || IsOne(IdFields, leaf.Native));

    static int? Number(NormalisedLeaf leaf) => int.TryParse(leaf.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    // The number, and who writes it: by the log source, or by a channel or provider that is tested beside it and never by another one.
    IEnumerable<CatalogEvent.Windows> Numbered(NormalisedLeaf leaf)
    {
        if (Number(leaf) is not { } number)
            yield break;
        foreach (var one in Events.Numbered(number))
        {
            var (channel, provider) = (Beside(leaf, ChannelFields, one.Channel), Beside(leaf, ProviderFields, one.Provider));
            if (channel != false && provider != false && (channel == true || provider == true || Events.SourcesOf(one).Any(s => leaf.Scope.Contains(s, StringComparer.Ordinal))))
                yield return one;
        }
    }

    // A category of Sigma is defined as its events. The categories of others are their own telemetry, unless they read a channel's index.
    IEnumerable<CatalogEvent.Windows> Whole(ImmutableArray<LogSourceEntry> said, string[] words, ImmutableArray<NormalisedLeaf> wanted)
    {
        if (document.Vendor == Sigma)
            return said.SelectMany(Exact);
        var channels = Events.ChannelsIn(document.Vendor, words);
        return channels.IsEmpty ? [] : wanted.SelectMany(l => l.Scope).Distinct(StringComparer.Ordinal)
            .Select(LogSourceCatalog.Shipped.Find).OfType<LogSourceEntry>().SelectMany(Exact).Where(e => channels.Contains(e.Channel));
    }

    // A whole channel says nothing about which of its events are meant.
    static IEnumerable<CatalogEvent.Windows> Exact(LogSourceEntry source) => source.Records.Items.Any(r => r.EventIds.IsEmpty) ? [] : Events.Of(source);

    IEnumerable<CatalogEvent.Operation> Operations(NormalisedLeaf leaf) =>
        from source in leaf.Scope
        from one in Events.Operations(source)
        where IsOne(one.Service.Operation.Items, leaf.Field) || IsOne(one.Service.Operation.Items, leaf.Native)
        where EventValues.Fits(leaf.Seen.Operator, leaf.Value ?? "", one.Name) && Beside(leaf, one.Service.Operation.Items, one.Name) != false
        where one.Part.Length == 0 || (Beside(leaf, one.Service.Part.Items, one.Part) ?? !one.Service.NeedsPart)
        where !leaf.Seen.Beside.Any(other => IsNamed(one.Service.Unless.Items, other, leaf))
        select one;

    /// <summary>Whether a test that holds together with a leaf admits a value; null where none of the fields is tested.</summary>
    bool? Beside(NormalisedLeaf leaf, IReadOnlyList<string> fields, string value)
    {
        bool? admits = null;
        foreach (var other in leaf.Seen.Beside)
        {
            // What cannot be told of a test neither admits nor refuses.
            if (other.Values.IsEmpty || !EventValues.CanTell(other.Operator) || !IsNamed(fields, other, leaf))
                continue;
            if (!other.Values.Items.Any(v => EventValues.Fits(other.Operator, v.Text, value)))
                return false;
            admits = true;
        }

        return admits;
    }

    bool IsNamed(IReadOnlyList<string> fields, ReadNode.Leaf other, NormalisedLeaf leaf) =>
        IsOne(fields, names.NameOf(other, leaf.Scope)) || IsOne(fields, other.Field);

    static bool IsOne(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Whether a test of a name admits it, without regard to case.</summary>
static class EventValues
{
    public static bool CanTell(ReadOperator relation) => relation is ReadOperator.Eq or ReadOperator.In or ReadOperator.Wildcard
        or ReadOperator.StartsWith or ReadOperator.EndsWith or ReadOperator.Contains or ReadOperator.Has;

    /// <summary>True when the name of an event passes; operators of which it cannot be told never do.</summary>
    public static bool Fits(ReadOperator relation, string wanted, string name) => relation switch
    {
        ReadOperator.Eq or ReadOperator.In or ReadOperator.Wildcard => wanted.Contains('*') ? FitsPattern(wanted, name) : string.Equals(wanted, name, StringComparison.OrdinalIgnoreCase),
        ReadOperator.StartsWith => wanted.Length > 0 && name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
        ReadOperator.EndsWith => wanted.Length > 0 && name.EndsWith(wanted, StringComparison.OrdinalIgnoreCase),
        ReadOperator.Contains or ReadOperator.Has => wanted.Length > 0 && name.Contains(wanted, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    // The pieces between stars, in order, the first at the beginning and the last at the end; * alone names nothing.
    static bool FitsPattern(string pattern, string name)
    {
        var pieces = pattern.Split('*');
        if (pieces.All(p => p.Length == 0) || !name.StartsWith(pieces[0], StringComparison.OrdinalIgnoreCase))
            return false;
        var at = pieces[0].Length;
        foreach (var piece in pieces[1..^1])
        {
            var found = name.IndexOf(piece, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            at = found + piece.Length;
        }

        return name.Length - at >= pieces[^1].Length && name.EndsWith(pieces[^1], StringComparison.OrdinalIgnoreCase);
    }
}
