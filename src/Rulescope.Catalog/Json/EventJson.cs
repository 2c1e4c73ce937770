using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Catalog.Events;
using Rulescope.Taxonomy.Events;

namespace Rulescope.Catalog.Json;

/// <summary>Events as JSON (<c>event</c> in docs/json.md).</summary>
public static class EventJson
{
    public static void Write(EventPage page, Stream output) => JsonShapes.Write(output, json =>
    {
        Identity(json, page.Event);
        json.WriteString("description", page.Event.Description);
        json.Objects("logSources", page.Sources, s =>
        {
            json.WriteString("id", s.Id);
            json.WriteString("title", s.Title);
        });
        json.WritePropertyName("sample");
        if (page.Event.Sample is { } sample)
            json.WriteRawValue(sample);
        else
            json.WriteNullValue();
        json.WriteNumber("rules", page.Rules);
        json.Objects("techniques", page.Techniques, t =>
        {
            json.WriteString("id", t.Id);
            json.WriteString("name", t.Name);
            json.Objects("rules", t.Rules, r => json.Entry(r, withVendor: true));
        });
        json.Objects("untagged", page.Untagged, r => json.Entry(r, withVendor: true));
        json.Objects("vendors", page.Vendors, v =>
        {
            json.WriteString("vendor", v.Vendor);
            json.WriteNumber("rules", v.Rules);
            json.Objects("indicators", v.Indicators, i => Indicator(json, i));
        });
    });

    /// <summary>The list of all events: <c>{"events":[{"id","title",...,"rules","vendors"}]}</c>.</summary>
    public static void Write(ImmutableArray<EventCount> events, Stream output) => JsonShapes.Write(output, json => json.Objects("events", events, e =>
    {
        Identity(json, e.Event);
        json.WriteNumber("rules", e.Rules);
        json.Object("vendors", () =>
        {
            foreach (var vendor in e.Vendors)
                json.WriteNumber(vendor.Name, vendor.Rules);
        });
    }));

    static void Identity(Utf8JsonWriter json, CatalogEvent one)
    {
        json.WriteString("id", one.Id);
        json.WriteString("title", one.Title);
        switch (one)
        {
            case CatalogEvent.Windows windows:
                json.WriteString("channel", windows.Channel);
                json.WriteString("provider", windows.Provider);
                json.WriteNumber("eventId", windows.EventId);
                break;
            case CatalogEvent.Operation operation:
                json.WriteString("service", operation.Service.Title);
                json.WriteString("operation", operation.Name);
                json.WriteString("part", operation.Part.Length == 0 ? null : operation.Part);
                break;
            default:
                break;
        }
    }

    static void Indicator(Utf8JsonWriter json, EventIndicator indicator)
    {
        json.WriteString("field", indicator.Field);
        json.WriteString("owner", indicator.Owner.Length == 0 ? null : indicator.Owner);
        json.WriteString("kind", indicator.Kind);
        json.WriteString("value", indicator.Value);
        json.WriteNumber("rules", indicator.Rules);
    }
}
