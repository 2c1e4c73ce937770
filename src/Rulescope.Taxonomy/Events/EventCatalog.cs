using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Events;

/// <summary>One kind of Windows event.</summary>
/// <param name="Id">Such as <c>sysmon/1</c>: group and event id.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Channel">The log it is written to.</param>
/// <param name="Provider">Who writes it.</param>
/// <param name="EventId">Its number in the channel.</param>
public sealed record CatalogEvent(string Id, string Title, string Channel, string Provider, int EventId);

/// <summary>What a vendor calls the events of a channel: <c>Sysmon EventID *</c>, where <c>*</c> stands for one number or several parted by commas.</summary>
public sealed record ChannelName(string Channel, string Vocabulary, string Pattern);

/// <summary>The kinds of events rules speak of, found by id or by channel and number.</summary>
public sealed class EventCatalog
{
    const string ResourcePrefix = "events/";

    static readonly Lazy<EventCatalog> ShippedCatalog = new(() => Load(Embedded.Texts(ResourcePrefix)).Value);

    readonly FrozenDictionary<string, CatalogEvent> _byId;
    readonly ILookup<(string Channel, int EventId), CatalogEvent> _byNumber;

    readonly ImmutableArray<ChannelName> _names;

    public EventCatalog(ImmutableArray<CatalogEvent> events, ImmutableArray<ChannelName> names)
    {
        Events = events;
        _names = names;
        _byId = events.ToFrozenDictionary(e => e.Id, StringComparer.Ordinal);
        _byNumber = events.ToLookup(e => (e.Channel.ToUpperInvariant(), e.EventId));
    }

    /// <summary>The catalog that comes with the program.</summary>
    public static EventCatalog Shipped => ShippedCatalog.Value;

    /// <summary>The files of <see cref="Shipped"/>.</summary>
    public static ImmutableArray<SourceText> ShippedFiles => Embedded.Texts(ResourcePrefix);

    /// <summary>All events in the order of the files.</summary>
    public ImmutableArray<CatalogEvent> Events { get; }

    /// <summary>The event of an id such as <c>security/4688</c>, or null.</summary>
    public CatalogEvent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The events of a channel (in any case) and number; more than one where providers share the number.</summary>
    public ImmutableArray<CatalogEvent> Find(string channel, int eventId) => [.. _byNumber[(channel.ToUpperInvariant(), eventId)]];

    /// <summary>The events that a vendor's words name, in the order of the words; what names none gives none.</summary>
    public ImmutableArray<CatalogEvent> Called(string vocabulary, IEnumerable<string> words) =>
    [
        .. from word in words
           from name in _names
           where string.Equals(name.Vocabulary, vocabulary, StringComparison.Ordinal) && word.StartsWith(name.Pattern[..^1], StringComparison.OrdinalIgnoreCase)
           from number in word[(name.Pattern.Length - 1)..].Split(',', StringSplitOptions.TrimEntries)
           where int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
           from found in Find(name.Channel, int.Parse(number, CultureInfo.InvariantCulture))
           select found,
    ];

    /// <summary>The events a log source's records are, in the order of its selectors; for a whole channel all its events.</summary>
    public ImmutableArray<CatalogEvent> Of(LogSourceEntry source)
    {
        var found = ImmutableArray.CreateBuilder<CatalogEvent>();
        foreach (var selector in source.Records.Items)
        {
            foreach (var channel in selector.Channels.Items)
                found.AddRange(selector.EventIds.IsEmpty ? InChannel(channel) : selector.EventIds.Items.SelectMany(id => Find(channel, id)));
        }

        return found.ToImmutable();
    }

    /// <summary>The catalog of all files together; wrong entries are named and left out.</summary>
    public static Parsed<EventCatalog> Load(ImmutableArray<SourceText> files)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var events = ImmutableArray.CreateBuilder<CatalogEvent>();
        var names = ImmutableArray.CreateBuilder<ChannelName>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var content = Content(file, findings);
            foreach (var channel in content.Channels ?? [])
                names.AddRange(channel.Complete(findings));
            foreach (var entry in content.Events ?? [])
            {
                if (entry.Complete(findings) is not { } complete)
                    continue;
                if (ids.Add(complete.Id))
                    events.Add(complete);
                else
                    findings.Add(Diagnostic.At(default, TaxonomyCodes.DuplicateEvent, complete.Id));
            }
        }

        return new(new(events.ToImmutable(), names.ToImmutable()), findings.ToImmutable());
    }

    IEnumerable<CatalogEvent> InChannel(string channel) =>
        Events.Where(e => string.Equals(e.Channel, channel, StringComparison.OrdinalIgnoreCase));

    static FileContent Content(SourceText file, ImmutableArray<Diagnostic>.Builder findings)
    {
        try
        {
            return JsonSerializer.Deserialize<FileContent>(file.Text, LogSourceFile.Strict) ?? new(null, null);
        }
        catch (JsonException problem)
        {
            var at = file.Lines.Offset(new((int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1));
            findings.Add(Diagnostic.At(new(at, 0), TaxonomyCodes.NotAnEventFile, problem.Path ?? "$"));
            return new(null, null);
        }
    }

    sealed record FileContent(EventContent[]? Events, ChannelContent[]? Channels);

    sealed record ChannelContent(string? Channel, Dictionary<string, string[]>? Names)
    {
        public IEnumerable<ChannelName> Complete(ImmutableArray<Diagnostic>.Builder findings)
        {
            if (Channel is not { Length: > 0 } || Names is null || Names.Values.SelectMany(n => n).Any(p => !p.EndsWith('*')))
            {
                findings.Add(Diagnostic.At(default, TaxonomyCodes.IncompleteChannel, Channel ?? ""));
                return [];
            }

            return Names.SelectMany(n => n.Value.Select(p => new ChannelName(Channel, n.Key, p)));
        }
    }

    sealed record EventContent(string? Id, string? Title, string? Channel, string? Provider, int? EventId)
    {
        public CatalogEvent? Complete(ImmutableArray<Diagnostic>.Builder findings)
        {
            if (Id is { Length: > 0 } && Title is { Length: > 0 } && Channel is { Length: > 0 } && Provider is { Length: > 0 } && EventId is { } number)
                return new(Id, Title, Channel, Provider, number);
            var lacking = Title is null ? "title" : Channel is null ? "channel" : Provider is null ? "provider" : EventId is null ? "eventId" : "id";
            findings.Add(Diagnostic.At(default, TaxonomyCodes.IncompleteEvent, Id ?? "", lacking));
            return null;
        }
    }
}
