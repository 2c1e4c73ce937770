using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    // Adjacent literals are one. A literal with a fault is unread, the statement around it is not.
    PythonExpression ReadStrings()
    {
        var start = Start;
        var known = _findings.Count;
        var pieces = ImmutableArray.CreateBuilder<PythonStringPiece>();
        while (Current.Kind == PythonTokenKind.String)
            pieces.Add(PythonStringPiece.Of(_text, Advance().Span));
        var span = From(start);
        var read = Join(pieces, span);
        return _findings.Count == known ? read : new PythonExpression.Unsupported(Slice(span)) { Span = span };
    }

    PythonExpression Join(ImmutableArray<PythonStringPiece>.Builder pieces, SourceSpan span)
    {
        var bytes = pieces.Count(p => p.IsBytes);
        if (bytes > 0 && bytes < pieces.Count)
            Report(span, PythonCodes.MixedBytes);
        if (bytes > 0)
        {
            foreach (var piece in pieces.Where(p => p.IsBytes && Slice(p.Span).Any(c => !char.IsAscii(c))))
                Report(piece.Span, PythonCodes.BytesNotAscii, Slice(piece.Span));
            return new PythonExpression.Bytes(string.Concat(pieces.Select(Content))) { Span = span };
        }

        if (!pieces.Any(p => p.IsFormatted))
            return new PythonExpression.Text(string.Concat(pieces.Select(Content))) { Span = span };
        var parts = new FormatParts();
        foreach (var piece in pieces)
        {
            if (piece.IsFormatted)
                ReadFormat(piece, piece.Content.Start, piece.Content.End, nesting: 0, parts);
            else
                parts.Add(Content(piece), piece.Content);
        }

        return new PythonExpression.Formatted(parts.Finish()) { Span = span };
    }

    string Content(PythonStringPiece piece) => PythonStrings.Read(_text, piece.Content, piece, _findings);

    /// <summary>Parts of an f-string as they are found; adjacent characters become one part.</summary>
    sealed class FormatParts
    {
        readonly ImmutableArray<PythonFormatPart>.Builder _parts = ImmutableArray.CreateBuilder<PythonFormatPart>();
        readonly System.Text.StringBuilder _literal = new();
        SourceSpan _span;

        public void Add(string literal, SourceSpan span)
        {
            if (literal.Length == 0)
                return;
            _span = _literal.Length == 0 ? span : SourceSpan.Cover(_span, span);
            _literal.Append(literal);
        }

        public void Add(PythonFormatPart.Field field)
        {
            Flush();
            _parts.Add(field);
        }

        public EquatableArray<PythonFormatPart> Finish()
        {
            Flush();
            return _parts.ToImmutable();
        }

        void Flush()
        {
            if (_literal.Length > 0)
                _parts.Add(new PythonFormatPart.Literal(_literal.ToString()) { Span = _span });
            _literal.Clear();
        }
    }
}
