namespace Rulescope.Corpus.Provenance;

/// <summary>How much of a source's rules a catalog may hold and so give away.</summary>
public enum Publish
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>What Rulescope read out of a rule and what is said about it, but none of its own text.</summary>
    Facts,

    /// <summary>Which rule it is and where it can be read.</summary>
    Link,
}

/// <summary>The words of <see cref="Publish"/>.</summary>
public static class PublishWords
{
    public static string Word(this Publish publish) => publish switch
    {
        Publish.Facts => "facts",
        Publish.Link => "link",
        _ => "full",
    };

    /// <summary>The mode a word names; null for any other word.</summary>
    public static Publish? Parse(string? word) => word switch
    {
        "full" => Publish.Full,
        "facts" => Publish.Facts,
        "link" => Publish.Link,
        _ => null,
    };
}
