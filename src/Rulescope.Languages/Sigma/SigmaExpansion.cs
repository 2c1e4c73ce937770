using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>One text a value stands for after its modifiers.</summary>
/// <param name="Source">The value it was made from.</param>
/// <param name="IsChanged">A modifier changed its text.</param>
/// <param name="IsEncoded">Base64: upper and lower case are different letters.</param>
readonly record struct SigmaVariant(SigmaPattern Pattern, SigmaValue Source, bool IsChanged, bool IsEncoded, SourceSpan Span);

/// <summary>The modifiers that turn a text into other texts, applied one after the other.</summary>
/// <param name="maxDashes">So many dashes are exchanged one by one, each multiplying the texts by five; more of them only together.</param>
sealed class SigmaExpansion(SigmaValue value, int maxDashes = SigmaExpansion.MaxDashes)
{
    public const int MaxDashes = 3;

    static readonly char[] Dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];

    // Bytes are kept as one character each until they are encoded as Base64.
    List<(string Text, bool IsBytes)> _texts = [(SigmaPattern.Parse(SigmaValues.Display(value)).Marked, false)];
    bool _changed;
    bool _encoded;

    /// <summary>True when dashes were exchanged together because there are too many of them.</summary>
    public bool DashesTogether { get; private set; }

    public IEnumerable<SigmaVariant> Variants => _texts.Select(t => new SigmaVariant(new(t.Text), value, _changed, _encoded, value.Span));

    /// <summary>Applies a modifier; those that do not change texts are passed over.</summary>
    public void Apply(SigmaModifierKind kind)
    {
        switch (kind)
        {
            case SigmaModifierKind.Windash:
                _texts = [.. _texts.SelectMany(t => ExchangeDashes(t.Text)).Select(t => (t, false))];
                break;
            case SigmaModifierKind.Utf16Le:
                Encode(b => Bytes(Encoding.Unicode, b, ""));
                break;
            case SigmaModifierKind.Utf16Be:
                Encode(b => Bytes(Encoding.BigEndianUnicode, b, ""));
                break;
            case SigmaModifierKind.Utf16:
                Encode(b => Bytes(Encoding.Unicode, b, "\u00FF\u00FE"));
                break;
            case SigmaModifierKind.Base64:
                _texts = [.. _texts.Select(t => (Convert.ToBase64String(Raw(t)), false))];
                _encoded = true;
                break;
            case SigmaModifierKind.Base64Offset:
                _texts = [.. _texts.SelectMany(t => Offsets(Raw(t))).Select(t => (t, false))];
                _encoded = true;
                break;
            default:
                return;
        }

        _changed = true;
    }

    void Encode(Func<string, string> encode) => _texts = [.. _texts.Select(t => (encode(t.Text), true))];

    static string Bytes(Encoding encoding, string text, string mark) => mark + Encoding.Latin1.GetString(encoding.GetBytes(text));

    static byte[] Raw((string Text, bool IsBytes) text) => (text.IsBytes ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text.Text);

    // What stays the same of the encoded text when it begins at any byte of a longer one: three forms for three positions.
    static IEnumerable<string> Offsets(byte[] bytes)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var padded = new byte[offset + bytes.Length];
            bytes.CopyTo(padded, offset);
            var encoded = Convert.ToBase64String(padded);
            var start = offset switch { 0 => 0, 1 => 2, _ => 3 };
            var cut = (padded.Length % 3) switch { 0 => 0, 1 => 3, _ => 2 };
            yield return encoded[Math.Min(start, encoded.Length)..Math.Max(Math.Min(start, encoded.Length), encoded.Length - cut)];
        }
    }

    // A dash or slash counts where a word begins: behind a word character it is part of the word.
    IEnumerable<string> ExchangeDashes(string text)
    {
        var places = Enumerable.Range(0, text.Length)
            .Where(i => text[i] is '-' or '/' && (i == 0 || !IsWord(text[i - 1])) && i + 1 < text.Length && IsWord(text[i + 1]))
            .ToList();
        if (places.Count > maxDashes)
        {
            DashesTogether = true;
            return Dashes.Select(d => Exchange(text, places, d));
        }

        List<string> variants = [text];
        foreach (var place in places)
            variants = [.. variants.SelectMany(v => Dashes.Select(d => Exchange(v, [place], d)))];
        return variants;
    }

    static string Exchange(string text, List<int> places, char dash)
    {
        var exchanged = text.ToCharArray();
        foreach (var place in places)
            exchanged[place] = dash;
        return new(exchanged);
    }

    static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
