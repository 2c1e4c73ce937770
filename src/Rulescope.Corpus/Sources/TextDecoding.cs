using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Rulescope.Text;

namespace Rulescope.Corpus.Sources;

/// <summary>Bytes of a file to text; what is not valid becomes U+FFFD and one finding.</summary>
static class TextDecoding
{
    const char Replacement = '\uFFFD';

    public static Parsed<string> Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, .. var little] => DecodeUtf16(little, bigEndian: false),
        [0xFE, 0xFF, .. var big] => DecodeUtf16(big, bigEndian: true),
        [0xEF, 0xBB, 0xBF, .. var marked] => DecodeUtf8(marked, skipped: 3),
        _ => DecodeUtf8(bytes, skipped: 0),
    };

    static Parsed<string> DecodeUtf8(ReadOnlySpan<byte> bytes, int skipped)
    {
        if (Utf8.IsValid(bytes))
            return Parsed.Clean(Encoding.UTF8.GetString(bytes));

        var text = new StringBuilder(bytes.Length);
        var first = new SourceSpan(-1, 1);
        var firstByte = 0;
        var count = 0;
        Span<char> units = stackalloc char[2];
        for (var at = 0; at < bytes.Length;)
        {
            // On invalid input the rune is U+FFFD and at least one byte is consumed.
            var status = Rune.DecodeFromUtf8(bytes[at..], out var rune, out var consumed);
            if (status != OperationStatus.Done && count++ == 0)
            {
                first = new(text.Length, 1);
                firstByte = at + skipped;
            }

            text.Append(units[..rune.EncodeToUtf16(units)]);
            at += consumed;
        }

        return new(text.ToString(), [Diagnostic.At(first, CorpusCodes.InvalidUtf8, count, firstByte)]);
    }

    static Parsed<string> DecodeUtf16(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var text = new char[(bytes.Length + 1) / 2];
        for (var i = 0; i < bytes.Length / 2; i++)
        {
            var unit = bytes.Slice(2 * i, 2);
            text[i] = (char)(bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(unit) : BinaryPrimitives.ReadUInt16LittleEndian(unit));
        }

        // Half a unit at the end is as wrong as half a surrogate pair: a lone surrogate stands for it until it is replaced.
        if (bytes.Length % 2 != 0)
            text[^1] = '\uD800';

        var first = -1;
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            text[i] = Replacement;
            first = first < 0 ? i : first;
            count++;
        }

        var value = new string(text);
        return count == 0
            ? Parsed.Clean(value)
            : new(value, [Diagnostic.At(new(first, 1), CorpusCodes.InvalidUtf16, count, (2 * first) + 2)]);
    }
}
