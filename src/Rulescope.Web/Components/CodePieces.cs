using System.Collections.Immutable;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Rulescope.Languages.Highlighting;
using Rulescope.Web.Site;

namespace Rulescope.Web.Components;

/// <summary>Pieces of code. Marks hold lines and lines hold marks, which no template can say, so the elements are written one by one.</summary>
public sealed class CodePieces : ComponentBase
{
    [Parameter, EditorRequired]
    public ImmutableArray<CodePiece> Pieces { get; set; } = [];

    /// <summary>The class of the style sheet.</summary>
    public static string ClassOf(TokenClass kind) => kind switch
    {
        TokenClass.Comment => "h-c",
        TokenClass.Keyword => "h-k",
        TokenClass.Operator => "h-o",
        TokenClass.Function => "h-f",
        TokenClass.Field => "h-n",
        TokenClass.Variable => "h-v",
        TokenClass.Text => "h-s",
        TokenClass.Number => "h-d",
        TokenClass.Pattern => "h-r",
        TokenClass.Key => "h-y",
        _ => throw new System.Diagnostics.UnreachableException(kind.ToString()),
    };

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var piece in Pieces)
            Write(builder, piece);
    }

    static void Write(RenderTreeBuilder builder, CodePiece piece)
    {
        switch (piece.Kind)
        {
            case CodePieceKind.Text when piece.Class is { } kind:
                builder.OpenElement(0, "span");
                builder.AddAttribute(1, "class", ClassOf(kind));
                builder.AddContent(2, piece.Text);
                builder.CloseElement();
                break;
            case CodePieceKind.Text:
                builder.AddContent(3, piece.Text);
                break;
            case CodePieceKind.Line:
                builder.OpenElement(4, "span");
                builder.AddAttribute(5, "class", "n");
                builder.AddAttribute(6, "id", piece.Text);
                builder.AddAttribute(7, "data-n", piece.Text[(piece.Text.LastIndexOf('L') + 1)..]);
                builder.CloseElement();
                break;
            case CodePieceKind.Open or CodePieceKind.OpenOut:
                builder.OpenElement(8, "mark");
                builder.AddAttribute(9, "id", piece.Text);
                if (piece.Kind == CodePieceKind.OpenOut)
                    builder.AddAttribute(10, "class", "out");
                break;
            default:
                builder.CloseElement();
                break;
        }
    }
}
