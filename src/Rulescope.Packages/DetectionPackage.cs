using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>All that is said about detecting one technique on one platform. The schema is described in <c>docs/packages.md</c>.</summary>
public sealed record DetectionPackage
{
    /// <summary>The name of its folder and page: <c>t1021.007-sentinel</c>.</summary>
    public string Id { get; init; } = "";

    /// <summary>An ATT&amp;CK id, as written.</summary>
    public string Technique { get; init; } = "";

    /// <summary>Where <see cref="Technique"/> stands in the file.</summary>
    public SourceSpan TechniqueSpan { get; init; }

    public string Platform { get; init; } = "";

    /// <summary>The language of the query and of all conditions; <c>kusto</c> is the only one read so far.</summary>
    public string Language { get; init; } = "";

    public string Severity { get; init; } = "";

    public string Confidence { get; init; } = "";

    /// <summary>What the query does.</summary>
    public string Summary { get; init; } = "";

    public EquatableArray<CitedText> Description { get; init; }

    public EquatableArray<PackageActor> Actors { get; init; }

    public EquatableArray<RecommendedSource> Recommended { get; init; }

    public EquatableArray<TuningClause> Tuning { get; init; }

    /// <summary>Other platforms the technique can be detected on.</summary>
    public EquatableArray<string> Platforms { get; init; }

    public EquatableArray<PackageTest> Tests { get; init; }

    public EquatableArray<PackageReference> References { get; init; }

    public string Version { get; init; } = "";

    public DateOnly? Date { get; init; }

    public string Author { get; init; } = "";

    public string License { get; init; } = "";

    public EquatableArray<PackageChange> Changes { get; init; }
}

/// <summary>A paragraph and the ids of the references it rests on.</summary>
public sealed record CitedText(string Text, EquatableArray<string> Sources);

/// <summary>Who uses the technique, and how.</summary>
/// <param name="Id">The ATT&amp;CK id of a group, or empty.</param>
public sealed record PackageActor(string Name, string Id, string Method, EquatableArray<string> Sources);

/// <summary>A log source that ATT&amp;CK recommends, with its data component.</summary>
public sealed record RecommendedSource(string Source, string Component, string Id);

/// <summary>A benign actor and the condition that leaves its rows out of the query's result.</summary>
/// <param name="Exclude">A condition over the columns of the result.</param>
/// <param name="Span">Where the condition stands.</param>
public sealed record TuningClause(string Actor, string Context, string Exclude, SourceSpan Span);

/// <summary>A behaviour to try out, and what must then be seen. Commands are shown, never run.</summary>
public sealed record PackageTest(string Id, string Title, string Behaviour)
{
    public EquatableArray<ExpectedSignal> Signals { get; init; }

    public EquatableArray<PackageCommand> Commands { get; init; }

    public EquatableArray<PackageCommand> Cleanup { get; init; }

    public EquatableArray<string> Prerequisites { get; init; }

    /// <summary>The rights it takes.</summary>
    public string Elevation { get; init; } = "";

    public string Safety { get; init; } = "";

    public SourceSpan Span { get; init; }
}

/// <summary>A condition over the rows of one table.</summary>
public sealed record ExpectedSignal(string Table, string Where, string Meaning, SourceSpan Span);

/// <summary>A line for a shell.</summary>
public sealed record PackageCommand(string Shell, string Run);

/// <summary>A source that texts cite by its id.</summary>
public sealed record PackageReference(string Id, string Title, string Url);

/// <summary>An entry of the change log.</summary>
public sealed record PackageChange(string Version, DateOnly? Date, string Text);
