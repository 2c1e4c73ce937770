namespace Rulescope.Taxonomy.Attack;

/// <summary>The form of a technique id: <c>T1021</c> or <c>T1021.007</c>.</summary>
public static class AttackId
{
    const int DigitsOfTechnique = 4;
    const int DigitsOfSub = 3;
    const int DigitsOfTactic = 4;
    const string TagPrefix = "attack.";
    const string UrlFolder = "/techniques/";

    /// <summary>
    /// The id behind a spelling, or null where the text is none. Any case, blanks around it, the tag prefix <c>attack.</c>, a slash for
    /// the dot and a whole address of a technique page are all read.
    /// </summary>
    public static string? Normalize(string? written)
    {
        var text = Bare(written);
        if (text.Length == 0 || text[0] is not ('T' or 't'))
            return null;
        text = text[1..];
        if (text.Length < DigitsOfTechnique || !AllDigits(text[..DigitsOfTechnique]))
            return null;
        var number = text[..DigitsOfTechnique];
        text = text[DigitsOfTechnique..].TrimEnd('/');
        if (text.Length == 0)
            return $"T{number}";
        var isSub = text.Length == DigitsOfSub + 1 && text[0] is '.' or '/' && AllDigits(text[1..]);
        return isSub ? $"T{number}.{text[1..]}" : null;
    }

    /// <summary>The tactic id behind a spelling such as <c>ta0005</c>, or null where the text has not that form.</summary>
    public static string? NormalizeTactic(string? written)
    {
        var text = Bare(written);
        return text.Length == DigitsOfTactic + 2 && text.StartsWith("TA", StringComparison.OrdinalIgnoreCase) && AllDigits(text[2..])
            ? $"TA{text[2..]}"
            : null;
    }

    /// <summary><c>T1021</c> of <c>T1021.007</c>; null for an id without a dot.</summary>
    public static string? ParentOf(string id) => id.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? id[..dot] : null;

    /// <summary>The page of a technique at MITRE.</summary>
    public static string UrlOf(string id) => $"https://attack.mitre.org/techniques/{id.Replace('.', '/')}/";

    /// <summary>The spelling without blanks, tag prefix and address: what a repair is looked up by.</summary>
    public static ReadOnlySpan<char> Bare(string? written)
    {
        var text = written.AsSpan().Trim();
        if (text.StartsWith(TagPrefix, StringComparison.OrdinalIgnoreCase))
            return text[TagPrefix.Length..];
        var folder = text.IndexOf(UrlFolder, StringComparison.OrdinalIgnoreCase);
        return folder < 0 ? text : text[(folder + UrlFolder.Length)..];
    }

    static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
