using System.Text;
using System.Xml;

namespace Rulescope.Web.Machines;

/// <summary>Texts that XML can hold.</summary>
static class XmlText
{
    public static XmlWriterSettings Settings { get; } = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, IndentChars = " ", NewLineChars = "\n" };

    /// <summary>The text with every character that XML forbids, even encoded, replaced; at most <paramref name="most"/> of it.</summary>
    public static string Of(string text, int most = 2_000)
    {
        var clean = new StringBuilder();
        // Half of a surrogate pair is enumerated as the replacement character.
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= most)
                return clean.Append('…').ToString();
            clean.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\ufffd");
        }

        return clean.ToString();
    }
}
