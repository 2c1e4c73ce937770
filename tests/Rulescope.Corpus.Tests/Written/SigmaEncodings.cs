using System.Text;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>Sigma's modifiers that make another text of the one that is written, by the platform's own encoders.</summary>
static class SigmaEncodings
{
    /// <summary>The texts a chain of modifiers (<c>wide|base64offset|contains</c>) makes of one; none where it encodes nothing.</summary>
    public static IEnumerable<string> Of(string chain, string text)
    {
        IEnumerable<byte[]> made = [Encoding.UTF8.GetBytes(text)];
        var encodes = false;
        foreach (var modifier in chain.Split('|'))
        {
            var next = modifier switch
            {
                "wide" or "utf16le" => made.Select(b => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(b))),
                "utf16be" => made.Select(b => Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(b))),
                "utf16" => made.SelectMany(b => (byte[][])[[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(b))], [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Encoding.UTF8.GetString(b))]]),
                "base64" => made.Select(b => Encoding.UTF8.GetBytes(Convert.ToBase64String(b))),
                "base64offset" => made.SelectMany(Offsets),
                _ => null,
            };
            encodes |= next is not null;
            made = next ?? made;
        }

        return encodes ? made.Select(b => Encoding.Latin1.GetString(b)) : [];
    }

    // Behind none, one or two other bytes; what those bytes and the next ones have a part in is cut off.
    static IEnumerable<byte[]> Offsets(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var encoded = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var start = (before * 8 + 5) / 6;
            var end = (before + bytes.Length) * 8 / 6;
            yield return Encoding.UTF8.GetBytes(encoded[start..end]);
        }
    }
}
