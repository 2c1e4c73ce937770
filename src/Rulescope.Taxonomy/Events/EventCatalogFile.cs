using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Events;

/// <summary>Reads event files (<c>content/events</c>; docs/taxonomy.md has the shape).</summary>
public static class EventCatalogFile
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The catalog of all files together; wrong entries are named and left out.</summary>
    public static Parsed<EventCatalog> Load(ImmutableArray<SourceText> files, LogSourceCatalog sources)
    {
        var findings = ImmutableArray.CreateBuilder<Diagnostic>();
        var contents = files.Select(f => Content(f, findings)).ToImmutableArray();
        var services = Services(contents, sources, findings);
        var events = ImmutableArray.CreateBuilder<CatalogEvent>();
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in contents.SelectMany(c => c.Events ?? []))
        {
            if (Complete(entry, services, findings) is not { } complete)
                continue;
            if (ids.Add(complete.Id))
                events.Add(complete);
            else
                findings.Add(Diagnostic.At(default, TaxonomyCodes.DuplicateEvent, complete.Id));
        }

        var names = ImmutableArray.CreateBuilder<ChannelName>();
        var readers = ImmutableArray.CreateBuilder<ChannelReader>();
        foreach (var channel in contents.SelectMany(c => c.Channels ?? []))
        {
            if (channel is not { Channel: { Length: > 0 } name } || (channel.Names is null && channel.In is null) || channel.Patterns.Any(p => !p.Pattern.EndsWith('*')))
            {
                findings.Add(Diagnostic.At(default, TaxonomyCodes.IncompleteChannel, channel.Channel ?? ""));
                continue;
            }

            names.AddRange(channel.Patterns.Select(p => new ChannelName(name, p.Vocabulary, p.Pattern)));
            readers.AddRange((channel.In ?? []).SelectMany(i => i.Value.Select(n => new ChannelReader(name, i.Key, n))));
        }

        return new(new(events.ToImmutable(), names.ToImmutable(), readers.ToImmutable(), sources), findings.ToImmutable());
    }

    static Dictionary<string, EventService> Services(ImmutableArray<FileContent> contents, LogSourceCatalog sources, ImmutableArray<Diagnostic>.Builder findings)
    {
        var services = new Dictionary<string, EventService>(StringComparer.Ordinal);
        foreach (var entry in contents.SelectMany(c => c.Services ?? []))
        {
            if (entry is not { Id: { Length: > 0 } id, Title: { Length: > 0 } title, LogSource: { } source, Operation: { Length: > 0 } operation } || sources.Find(source) is null)
                findings.Add(Diagnostic.At(default, TaxonomyCodes.IncompleteService, entry.Id ?? ""));
            else if (!services.TryAdd(id, new(id, title, source, [.. operation], [.. entry.Part ?? []], entry.NeedsPart ?? false, [.. entry.Unless ?? []])))
                findings.Add(Diagnostic.At(default, TaxonomyCodes.DuplicateEvent, id));
        }

        return services;
    }

    static CatalogEvent? Complete(EventContent entry, Dictionary<string, EventService> services, ImmutableArray<Diagnostic>.Builder findings)
    {
        var sample = entry.Sample is { } json ? JsonSerializer.Serialize(json, Indented) : null;
        if (entry is { Title: { Length: > 0 } title, Description: { Length: > 0 } text })
        {
            if (entry is { Id: { Length: > 0 } id, Channel: { Length: > 0 } channel, Provider: { Length: > 0 } provider, EventId: { } number })
                return new CatalogEvent.Windows(id, title, text, sample, channel, provider, number);
            if (entry is { Service: { } name, Operation: { Length: > 0 } operation } && services.TryGetValue(name, out var service) && (!service.NeedsPart || entry.Part is not null))
                return new CatalogEvent.Operation(entry.Id ?? $"{name}/{operation}", title, text, sample, service, operation, entry.Part ?? "");
        }

        findings.Add(Diagnostic.At(default, TaxonomyCodes.IncompleteEvent, entry.Id ?? entry.Operation ?? "", Lacking(entry, services)));
        return null;
    }

    static string Lacking(EventContent entry, Dictionary<string, EventService> services) => entry switch
    {
        { Title: null or "" } => "title",
        { Description: null or "" } => "description",
        { Service: { } service } when !services.ContainsKey(service) => "known service",
        { Service: not null, Operation: null or "" } => "operation",
        { Service: not null } => "part",
        { Id: null or "" } => "id",
        { Channel: null or "" } => "channel",
        { Provider: null or "" } => "provider",
        _ => "eventId",
    };

    static FileContent Content(SourceText file, ImmutableArray<Diagnostic>.Builder findings)
    {
        try
        {
            return JsonSerializer.Deserialize<FileContent>(file.Text, LogSourceFile.Strict) ?? new(null, null, null);
        }
        catch (JsonException problem)
        {
            var at = file.Lines.Offset(new((int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1));
            findings.Add(Diagnostic.At(new(at, 0), TaxonomyCodes.NotAnEventFile, problem.Path ?? "$"));
            return new(null, null, null);
        }
    }

    sealed record FileContent(EventContent[]? Events, ChannelContent[]? Channels, ServiceContent[]? Services);

    sealed record ServiceContent(string? Id, string? Title, string? LogSource, string[]? Operation, string[]? Part, bool? NeedsPart, string[]? Unless);

    sealed record ChannelContent(string? Channel, Dictionary<string, string[]>? Names, Dictionary<string, string[]>? In)
    {
        public IEnumerable<(string Vocabulary, string Pattern)> Patterns => (Names ?? []).SelectMany(n => n.Value.Select(p => (n.Key, p)));
    }

    sealed record EventContent(
        string? Id, string? Title, string? Description, string? Channel, string? Provider, int? EventId, string? Service, string? Operation, string? Part, JsonElement? Sample);
}
