using Rulescope.Text;

namespace Rulescope.Taxonomy.Events;

/// <summary>One kind of event that rules look for.</summary>
public abstract record CatalogEvent
{
    CatalogEvent(string id, string title, string description, string? sample) => (Id, Title, Description, Sample) = (id, title, description, sample);

    /// <summary>Stable, a group and a name: <c>sysmon/1</c>, <c>aws/GetSigninToken</c>.</summary>
    public string Id { get; }

    /// <summary>What happened, in a few words.</summary>
    public string Title { get; }

    /// <summary>When it is written and what it is good for, in a sentence or two.</summary>
    public string Description { get; }

    /// <summary>A made-up record as its log source writes it, as indented JSON; null for none.</summary>
    public string? Sample { get; }

    /// <summary>A Windows event, which channel, provider and number tell together.</summary>
    /// <param name="Channel">The log it is written to.</param>
    /// <param name="Provider">Who writes it.</param>
    /// <param name="EventId">Its number in the channel.</param>
    public sealed record Windows(string Id, string Title, string Description, string? Sample, string Channel, string Provider, int EventId)
        : CatalogEvent(Id, Title, Description, Sample);

    /// <summary>An operation of a service, which log source, name and (where a name is not enough) part tell together.</summary>
    /// <param name="Name">As the service writes it.</param>
    /// <param name="Part">The part of the service it belongs to, such as <c>iam.amazonaws.com</c>, or what it is done to, such as <c>pods</c>; empty for none.</param>
    public sealed record Operation(string Id, string Title, string Description, string? Sample, EventService Service, string Name, string Part)
        : CatalogEvent(Id, Title, Description, Sample);
}

/// <summary>A service whose records name an operation.</summary>
/// <param name="Id">The group of its events, such as <c>aws</c>.</param>
/// <param name="LogSource">The log source its records are of.</param>
/// <param name="Operation">Names of the field that holds the operation, shared or native, all in that log source.</param>
/// <param name="Part">Names of the field that holds the part; none where names are unique.</param>
/// <param name="NeedsPart">A name alone says nothing: a rule must test the part too.</param>
/// <param name="Unless">Fields whose test means another event that has the same operation and part.</param>
public sealed record EventService(string Id, string Title, string LogSource, EquatableArray<string> Operation, EquatableArray<string> Part, bool NeedsPart, EquatableArray<string> Unless);

/// <summary>What a vendor calls the events of a channel: <c>Sysmon EventID *</c>, where <c>*</c> stands for one number or several parted by commas.</summary>
public sealed record ChannelName(string Channel, string Vocabulary, string Pattern);

/// <summary>A source of a vendor (an index) that holds the events of a channel.</summary>
public sealed record ChannelReader(string Channel, string Vocabulary, string Name);
