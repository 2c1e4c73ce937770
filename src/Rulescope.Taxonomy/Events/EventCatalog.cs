using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Events;

/// <summary>The kinds of events rules speak of, found by id or by channel and number.</summary>
public sealed class EventCatalog
{
    const string ResourcePrefix = "events/";

    static readonly Lazy<EventCatalog> ShippedCatalog = new(() => EventCatalogFile.Load(Embedded.Texts(ResourcePrefix), LogSourceCatalog.Shipped).Value);

    readonly FrozenDictionary<string, CatalogEvent> _byId;
    readonly ILookup<(string Channel, int EventId), CatalogEvent.Windows> _byChannel;
    readonly ILookup<int, CatalogEvent.Windows> _byNumber;
    readonly ILookup<string, CatalogEvent.Operation> _bySource;
    readonly FrozenDictionary<string, ImmutableArray<string>> _sources;
    readonly ImmutableArray<ChannelName> _names;
    readonly ILookup<(string Vocabulary, string Name), string> _readers;

    public EventCatalog(ImmutableArray<CatalogEvent> events, ImmutableArray<ChannelName> names, ImmutableArray<ChannelReader> readers, LogSourceCatalog sources)
    {
        Events = events;
        _names = names;
        _readers = readers.ToLookup(r => (r.Vocabulary, r.Name.ToUpperInvariant()), r => r.Channel);
        _byId = events.ToFrozenDictionary(e => e.Id, StringComparer.OrdinalIgnoreCase);
        var windows = events.OfType<CatalogEvent.Windows>().ToArray();
        _byChannel = windows.ToLookup(e => (e.Channel.ToUpperInvariant(), e.EventId));
        _byNumber = windows.ToLookup(e => e.EventId);
        _bySource = events.OfType<CatalogEvent.Operation>().ToLookup(e => e.Service.LogSource, StringComparer.Ordinal);
        _sources = sources.Sources.SelectMany(s => Of(s).Select(e => (e.Id, Source: s.Id)))
            .Concat(events.OfType<CatalogEvent.Operation>().Select(e => (e.Id, Source: e.Service.LogSource)))
            .GroupBy(s => s.Id, s => s.Source, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>The catalog that comes with the program.</summary>
    public static EventCatalog Shipped => ShippedCatalog.Value;

    /// <summary>The files of <see cref="Shipped"/>.</summary>
    public static ImmutableArray<SourceText> ShippedFiles => Embedded.Texts(ResourcePrefix);

    /// <summary>All events in the order of the files.</summary>
    public ImmutableArray<CatalogEvent> Events { get; }

    /// <summary>The event of an id such as <c>security/4688</c>, in any case, or null.</summary>
    public CatalogEvent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The events of a channel (in any case) and number; more than one where providers share the number.</summary>
    public ImmutableArray<CatalogEvent.Windows> Find(string channel, int eventId) => [.. _byChannel[(channel.ToUpperInvariant(), eventId)]];

    /// <summary>The Windows events of a number, of all channels: candidates only, since numbers are not unique.</summary>
    public IEnumerable<CatalogEvent.Windows> Numbered(int eventId) => _byNumber[eventId];

    /// <summary>The operations that records of a log source name.</summary>
    public IEnumerable<CatalogEvent.Operation> Operations(string logSource) => _bySource[logSource];

    /// <summary>The log sources an event's records are of, the widest first; none where no source is known.</summary>
    public ImmutableArray<string> SourcesOf(CatalogEvent one) => _sources.TryGetValue(one.Id, out var sources) ? sources : [];

    /// <summary>The channels that a vendor's sources of these names hold.</summary>
    public ImmutableHashSet<string> ChannelsIn(string vocabulary, IEnumerable<string> names) =>
        [.. names.SelectMany(n => _readers[(vocabulary, n.ToUpperInvariant())])];

    /// <summary>The events that a vendor's words name, in the order of the words; what names none gives none.</summary>
    public ImmutableArray<CatalogEvent.Windows> Called(string vocabulary, IEnumerable<string> words) =>
    [
        .. from word in words
           from name in _names
           where string.Equals(name.Vocabulary, vocabulary, StringComparison.Ordinal) && word.StartsWith(name.Pattern[..^1], StringComparison.OrdinalIgnoreCase)
           from number in word[(name.Pattern.Length - 1)..].Split(',', StringSplitOptions.TrimEntries)
           where int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
           from found in Find(name.Channel, int.Parse(number, CultureInfo.InvariantCulture))
           select found,
    ];

    /// <summary>The Windows events a log source's records are, in the order of its selectors; for a whole channel all its events.</summary>
    public ImmutableArray<CatalogEvent.Windows> Of(LogSourceEntry source)
    {
        var found = ImmutableArray.CreateBuilder<CatalogEvent.Windows>();
        foreach (var selector in source.Records.Items)
        {
            foreach (var channel in selector.Channels.Items)
                found.AddRange(selector.EventIds.IsEmpty ? InChannel(channel) : selector.EventIds.Items.SelectMany(id => Find(channel, id)));
        }

        return found.ToImmutable();
    }

    IEnumerable<CatalogEvent.Windows> InChannel(string channel) =>
        Events.OfType<CatalogEvent.Windows>().Where(e => string.Equals(e.Channel, channel, StringComparison.OrdinalIgnoreCase));
}
