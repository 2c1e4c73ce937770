using System.Diagnostics;
using System.Text;

namespace Rulescope.Languages.Esql;

public static partial class EsqlWriter
{
    static StringBuilder WriteExtra(StringBuilder text, EsqlCommand command) => command switch
    {
        EsqlCommand.Dissect dissect => WriteDissect(text, dissect),
        EsqlCommand.Grok grok => List(Operand(text.Append("GROK "), grok.Input).Append(' '), grok.Patterns, Expression),
        EsqlCommand.Enrich enrich => WriteEnrich(text, enrich),
        EsqlCommand.Completion completion => WriteCompletion(text, completion),
        EsqlCommand.Rerank rerank => WriteRerank(text, rerank),
        EsqlCommand.Fuse fuse => WriteFuse(text, fuse),
        EsqlCommand.ChangePoint change => WriteChangePoint(text, change),
        EsqlCommand.TakeApart apart => WriteWith(Operand(text.Append(Word(apart.Command)).Append(' ').Append(apart.Prefix.ToAtom()).Append(" = "), apart.Input), apart.With),
        _ => throw new UnreachableException(command.GetType().Name),
    };

    static StringBuilder WriteDissect(StringBuilder text, EsqlCommand.Dissect dissect)
    {
        Expression(Operand(text.Append("DISSECT "), dissect.Input).Append(' '), dissect.Pattern);
        return dissect.Options.IsEmpty
            ? text
            : List(text.Append(' '), dissect.Options, (t, o) => Expression(t.Append(Word(o.Name)).Append(" = "), o.Value));
    }

    static StringBuilder WriteEnrich(StringBuilder text, EsqlCommand.Enrich enrich)
    {
        var flat = enrich.Mode is null ? enrich.Policy : $"_{enrich.Mode}:{enrich.Policy}";
        text.Append("ENRICH ");
        if (EsqlLexer.IsPolicyWord(enrich.Policy))
            text.Append(flat);
        else
            WriteString(text, flat);
        if (enrich.On is { } on)
            text.Append(" ON ").Append(on.ToAtom());
        return enrich.With.IsEmpty
            ? text
            : List(text.Append(" WITH "), enrich.With, (t, f) => t.Append(f.NewName is null ? "" : f.NewName.ToAtom() + " = ").Append(f.Field.ToAtom()));
    }

    static StringBuilder WriteCompletion(StringBuilder text, EsqlCommand.Completion completion)
    {
        text.Append("COMPLETION ");
        if (completion.Target is { } target)
            text.Append(target.ToAtom()).Append(" = ");
        return WriteWith(Operand(text, completion.Prompt), completion.With);
    }

    static StringBuilder WriteRerank(StringBuilder text, EsqlCommand.Rerank rerank)
    {
        text.Append("RERANK ");
        if (rerank.Target is { } target)
            text.Append(target.ToAtom()).Append(" = ");
        Operand(text, rerank.Query);
        if (!rerank.On.IsEmpty)
            List(text.Append(" ON "), rerank.On, WriteField);
        return WriteWith(text, rerank.With);
    }

    static StringBuilder WriteFuse(StringBuilder text, EsqlCommand.Fuse fuse)
    {
        text.Append("FUSE");
        if (fuse.Method is { } method)
            text.Append(' ').Append(method);
        if (fuse.ScoreBy is { } score)
            text.Append(" SCORE BY ").Append(score.ToAtom());
        if (!fuse.KeyBy.IsEmpty)
            List(text.Append(" KEY BY "), fuse.KeyBy, WriteColumn);
        if (fuse.GroupBy is { } group)
            text.Append(" GROUP BY ").Append(group.ToAtom());
        return WriteWith(text, fuse.With);
    }

    static StringBuilder WriteChangePoint(StringBuilder text, EsqlCommand.ChangePoint change)
    {
        text.Append("CHANGE_POINT ").Append(change.Value.ToAtom());
        if (change.On is { } on)
            text.Append(" ON ").Append(on.ToAtom());
        if (change.Type is { } type)
            text.Append(" AS ").Append(type.ToAtom());
        return change.PValue is { } pvalue ? text.Append(", ").Append(pvalue.ToAtom()) : text;
    }

    static StringBuilder WriteWith(StringBuilder text, EsqlExpression? with) => with is null ? text : Operand(text.Append(" WITH "), with);

    // Where only a primary expression fits.
    static StringBuilder Operand(StringBuilder text, EsqlExpression expression)
    {
        WriteExpression(text, expression, Precedence.Primary);
        return text;
    }
}
