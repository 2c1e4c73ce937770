namespace Rulescope.Text.Schemas;

/// <summary>What a JSON value looks like, as far as JSON Schema says it: the types, the members, and which of them are always there.</summary>
/// <remarks>Members are never closed: a document may have more than its schema names.</remarks>
public abstract record JsonSchema
{
    JsonSchema() { }

    public sealed record Text : JsonSchema;

    public sealed record Whole : JsonSchema;

    public sealed record Number : JsonSchema;

    public sealed record Flag : JsonSchema;

    /// <summary>Any value, such as a sample record.</summary>
    public sealed record Anything : JsonSchema;

    public sealed record OrNull(JsonSchema Value) : JsonSchema;

    public sealed record List(JsonSchema Item) : JsonSchema;

    /// <summary>An object whose names are data: vendors, operators.</summary>
    public sealed record Map(JsonSchema Value) : JsonSchema;

    /// <summary>An object with members of its own; the name is that of its definition.</summary>
    public sealed record Entity(string Name, string Meaning, EquatableArray<JsonMember> Members) : JsonSchema
    {
        /// <summary>The same with more members, under another name.</summary>
        public Entity With(string name, params ReadOnlySpan<JsonMember> more) => this with { Name = name, Members = [.. Members, .. more] };

        /// <summary>The same of which any member may be left out.</summary>
        public Entity Loose(string name) => this with { Name = name, Members = Members.Items.Select(m => m with { IsOptional = true }).ToEquatableArray() };
    }

    /// <summary>An object that is one of two entities.</summary>
    public sealed record Either(Entity One, Entity Other) : JsonSchema;
}

/// <summary>A member of an object.</summary>
/// <param name="Meaning">What the name does not say; may be empty.</param>
public sealed record JsonMember(string Name, JsonSchema Schema, string Meaning = "")
{
    /// <summary>Left out of some documents.</summary>
    public bool IsOptional { get; init; }
}
