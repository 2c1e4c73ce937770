using Rulescope.Text;

namespace Rulescope.Algebra.Fields;

/// <summary>How a key is looked for in an event.</summary>
public enum KeyLookup
{
    /// <summary>The key as written.</summary>
    Exact,

    /// <summary>An exact key first, then the first one in order that differs only in case (Panther).</summary>
    IgnoreCase,

    /// <summary>The literal key with its dots first, then the nested path (Sigma, flattened ECS documents).</summary>
    DottedFirst,

    /// <summary>A Protocol Buffers name: as written or in lowerCamelCase, a map also as a list of keys and values, a time's seconds also as its text (UDM).</summary>
    ProtoJson,
}

/// <summary>What an expression can point to. A bare string never passes the lowering.</summary>
public abstract record Reference
{
    Reference() { }

    /// <summary>Where it stands in the rule's text; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    public virtual bool Equals(Reference? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>A field of the event, in the vocabulary of the vendor whose rule it is.</summary>
    public sealed record Field(FieldPath Path) : Reference
    {
        public KeyLookup Lookup { get; init; }

        /// <summary>Whose name it is: a vendor id or a schema (<c>sigma</c>, <c>ecs</c>, <c>cim</c>, <c>udm</c>); empty for the plan's own source.</summary>
        public string Vocabulary { get; init; } = "";

        /// <summary>The <c>Source</c> of the plan it is read from; empty where the plan has one.</summary>
        public string Source { get; init; } = "";

        /// <summary>The event of a correlation it belongs to (<c>$e1</c>), or null.</summary>
        public string? EventVariable { get; init; }

        /// <summary>The rule says the field may be unmapped (EQL's <c>?field</c>).</summary>
        public bool Optional { get; init; }
    }

    /// <summary>A column that an earlier stage of the plan computed.</summary>
    public sealed record Column(string Name) : Reference
    {
        /// <summary>The stage that made it, where names repeat.</summary>
        public string Stage { get; init; } = "";
    }

    /// <summary>The variable of an enclosing quantifier or lambda.</summary>
    public sealed record LoopVariable(string Name) : Reference
    {
        /// <summary>The way into the element; empty for the element itself.</summary>
        public FieldPath Path { get; init; } = new([]);

        /// <summary>How the keys of the way are looked for.</summary>
        public KeyLookup Lookup { get; init; } = KeyLookup.DottedFirst;
    }

    /// <summary>All fields whose name matches a wildcard (<c>process.*</c>): a test on it holds when one field's does.</summary>
    public sealed record FieldPattern(string Glob) : Reference;

    /// <summary>Any text of the event (Sigma keywords, Lucene without a field, Kusto <c>search</c>).</summary>
    public sealed record AnyField : Reference;

    /// <summary>The raw line (Splunk <c>_raw</c>).</summary>
    public sealed record Raw : Reference;

    /// <summary>A value the environment supplies (a Sigma placeholder, a query parameter).</summary>
    public sealed record Parameter(string Name) : Reference
    {
        public Values.Literal? Default { get; init; }
    }

    /// <summary>How people write it.</summary>
    public string Display => this switch
    {
        Field { EventVariable: { } variable, Path.Segments.IsEmpty: true } => variable,
        Field f => f.EventVariable is null ? f.Path.Display : $"{f.EventVariable}.{f.Path.Display}",
        Column c => c.Name,
        LoopVariable v => v.Path.Segments.IsEmpty ? v.Name : $"{v.Name}.{v.Path.Display}",
        FieldPattern p => p.Glob,
        AnyField => "(any field)",
        Raw => "_raw",
        Parameter p => $"%{p.Name}%",
        _ => throw new System.Diagnostics.UnreachableException(GetType().Name),
    };
}
