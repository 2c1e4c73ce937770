using Rulescope.Text;

namespace Rulescope.Taxonomy.Fields;

/// <summary>One meaning under all its names, such as the path of a process.</summary>
/// <param name="Name">
/// The name the guide shows: Sigma's for host and network telemetry (<c>Image</c>), else the field schema's, and
/// <c>service::native.path</c> for cloud audit (<c>aws::eventName</c>). One that ends in <c>.*</c> is a family: every path below it.
/// </param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Meaning">What it holds, in a sentence.</param>
/// <param name="Source">Who defines it: a schema or a vendor's page.</param>
/// <param name="Role">What a test of it is for.</param>
public sealed record Concept(string Name, string Title, string Meaning, string Source, FieldRole Role)
{
    const string FamilyEnd = ".*";

    /// <summary>How far one who acts is free in its values.</summary>
    public ActorChoice Choice { get; init; }

    /// <summary>Why that is so, in a sentence; empty where it is not known.</summary>
    public string ChoiceReason { get; init; } = "";

    public bool IsFamily => Name.EndsWith(FamilyEnd, StringComparison.Ordinal);

    /// <summary>True when the name is this concept's or lies in its family.</summary>
    public bool Covers(string name) => IsFamily
        ? name.StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, Name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How far the one whose deeds an event records is free in the value of a field; what is not stated is not known to be free.</summary>
public enum ActorChoice
{
    NotKnown,

    /// <summary>In nothing: whoever records the event states it.</summary>
    None,

    /// <summary>In the end of it, such as the name of a file in a folder of their own; not in where it begins.</summary>
    End,

    /// <summary>In all of it, such as a command line or a user agent.</summary>
    Whole,
}

/// <summary>What a row of the guide is for (SPEC T21).</summary>
public enum FieldRole
{
    Behaviour,

    /// <summary>It picks the log source.</summary>
    Selector,

    /// <summary>It bounds a number that is computed over several events.</summary>
    Threshold,
}

/// <summary>How a vendor's field relates to a concept. Only <see cref="Exact"/> merges rows.</summary>
public enum FieldRelation
{
    /// <summary>The same fact; with a transform, one that can be undone.</summary>
    Exact,

    /// <summary>Computed from the concept, without a way back.</summary>
    Function,

    Narrower,

    Broader,

    Overlaps,
}

/// <summary>A name some vocabulary has for a concept, and where it holds.</summary>
/// <param name="Vocabulary">Whose name it is: a vendor id.</param>
/// <param name="Scope">Log sources it holds for, any of them: ids, <c>windows/*</c>, <c>*/process_creation</c>; <c>any</c> for every source, known or not.</param>
/// <param name="Field">The native path; one that ends in <c>*</c> stands for every path that begins so.</param>
/// <param name="Concept">The concept's name; behind a prefix its <c>*</c> takes what the native one stands for.</param>
/// <param name="Source">Where this is known from.</param>
public sealed record Binding(
    string Vocabulary, EquatableArray<string> Scope, string Field, string Concept, FieldRelation Relation, ValueTransform Transform, string Source)
{
    /// <summary>The scope that holds whatever the log source is.</summary>
    public const string Anywhere = "any";

    public bool IsPrefix => Field.EndsWith('*');

    /// <summary>Names the entry where a merge is explained: <c>elastic, aws/cloudtrail: event.action</c>.</summary>
    public string Id => $"{Vocabulary}, {string.Join(" ", Scope)}: {Field}";

    /// <summary>How well the scope fits a source: 0 not at all, more for a more exact one.</summary>
    public int Fit(string source) => Scope.Items.Max(pattern => Fit(pattern, source));

    /// <summary>The concept's name for a native field that this binding takes.</summary>
    public string NameOf(string field) => IsPrefix && Concept.EndsWith('*') ? string.Concat(Concept.AsSpan(0, Concept.Length - 1), field.AsSpan(Field.Length - 1)) : Concept;

    static int Fit(string pattern, string source)
    {
        if (pattern == Anywhere)
            return 1;
        if (pattern.EndsWith('*'))
            return source.StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) ? pattern.Length : 0;
        if (pattern.StartsWith('*'))
            return source.EndsWith(pattern[1..], StringComparison.Ordinal) ? pattern.Length : 0;
        return pattern == source ? int.MaxValue : 0;
    }
}
