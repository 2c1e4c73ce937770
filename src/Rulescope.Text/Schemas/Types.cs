namespace Rulescope.Text.Schemas;

/// <summary>Short names for the types that schemas are made of; for <c>using static</c>.</summary>
public static class Types
{
    public static JsonSchema Words { get; } = new JsonSchema.Text();

    public static JsonSchema WordsOrNull { get; } = new JsonSchema.OrNull(Words);

    public static JsonSchema Whole { get; } = new JsonSchema.Whole();

    public static JsonSchema WholeOrNull { get; } = new JsonSchema.OrNull(Whole);

    public static JsonSchema Number { get; } = new JsonSchema.Number();

    public static JsonSchema Flag { get; } = new JsonSchema.Flag();

    public static JsonSchema Anything { get; } = new JsonSchema.Anything();

    public static JsonSchema Strings { get; } = new JsonSchema.List(Words);

    /// <summary>Numbers by names that are data.</summary>
    public static JsonSchema Counts { get; } = new JsonSchema.Map(Whole);

    public static JsonSchema OrNull(JsonSchema value) => new JsonSchema.OrNull(value);

    public static JsonSchema List(JsonSchema item) => new JsonSchema.List(item);

    public static JsonSchema.Entity Entity(string name, string meaning, params ReadOnlySpan<JsonMember> members) => new(name, meaning, [.. members]);
}
