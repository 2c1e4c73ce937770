using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>Writes Kusto syntax as one canonical text: a line per operator, parentheses only where they matter, strings in double quotes.</summary>
/// <remarks>For every tree that was read without error, reading the text again gives an equal tree. Comments are not kept.</remarks>
public sealed partial class KustoWriter
{
    readonly StringBuilder _written = new();

    KustoWriter() { }

    /// <summary>The text of a query; statements end with <c>;</c> but for the last.</summary>
    public static string Write(KustoQuery query)
    {
        var writer = new KustoWriter();
        writer.Statements(query.Statements, ";\n");
        return writer._written.ToString();
    }

    /// <summary>The text of one expression, on one line.</summary>
    public static string Write(KustoExpression expression)
    {
        var writer = new KustoWriter();
        writer.Expression(expression, Level.Pipeline);
        return writer._written.ToString();
    }

    // The operators of KustoInfix lie between these.
    static class Level
    {
        public const int Pipeline = 0;
        public const int Unnamed = 1;
        public const int Operand = KustoInfix.StringLevel + 1;
        public const int Primary = KustoInfix.StringLevel + 2;
    }

    KustoWriter Add(string text)
    {
        _written.Append(text);
        return this;
    }

    void List<T>(EquatableArray<T> items, Action<T> write, string separator = ", ")
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Add(separator);
            write(items[i]);
        }
    }

    void Statements(EquatableArray<KustoStatement> statements, string separator) => List(statements, s => Statement(s, separator[^1]), separator);

    void Statement(KustoStatement statement, char lineBreak)
    {
        switch (statement)
        {
            case KustoStatement.Let(var name, var value):
                Add("let ").Name(name).Add(" = ");
                Expression(value, Level.Pipeline);
                break;
            case KustoStatement.Query(KustoExpression.Pipeline pipeline):
                Pipeline(pipeline, lineBreak + "| ");
                break;
            case KustoStatement.Query(var value):
                Expression(value, Level.Pipeline);
                break;
            case KustoStatement.Set(var name, var value):
                Add("set ").Name(name);
                Optional(" = ", value);
                break;
            case KustoStatement.Alias(var name, var target):
                Add("alias database ").Name(name).Add(" = ");
                Expression(target, Level.Unnamed);
                break;
            case KustoStatement.QueryParameters(var parameters):
                Add("declare query_parameters");
                Declarations(parameters);
                break;
            case KustoStatement.Pattern pattern:
                Pattern(pattern);
                break;
            case KustoStatement.Restrict(var tables, var options):
                Add("restrict access to (");
                List(tables, t => Table(t, Level.Unnamed));
                Add(")");
                Properties(options);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(statement.GetType().Name);
        }
    }

    void Pattern(KustoStatement.Pattern pattern)
    {
        Add("declare pattern ").Name(pattern.Name);
        if (pattern.Matches.IsEmpty)
            return;
        Add(" = (");
        List(pattern.Parameters, Column);
        Add(")");
        if (pattern.Path is { } path)
        {
            Add("[");
            Column(path);
            Add("]");
        }

        Add(" { ");
        List(pattern.Matches, Match, " ");
        Add(" }");
    }

    void Match(KustoPart.Match match)
    {
        Add("(");
        List(match.Arguments, a => Expression(a, Level.Unnamed));
        Add(")");
        if (match.Path is { } path)
        {
            Add(".[");
            Expression(path, Level.Unnamed);
            Add("]");
        }

        Add(" = ");
        Body(match.Result);
        Add(";");
    }

    void Body(KustoPart.Body body)
    {
        Add("{ ");
        foreach (var statement in body.Statements)
        {
            Statement(statement, ' ');
            Add("; ");
        }

        if (body.Value is { } value)
        {
            Expression(value, Level.Pipeline);
            Add(" ");
        }

        Add("}");
    }

    void Declarations(EquatableArray<KustoPart.Declaration> declarations)
    {
        Add("(");
        List(declarations, d =>
        {
            Column(d.Parameter);
            Optional(" = ", d.Default);
        });
        Add(")");
    }

    void Column(KustoPart.Column column)
    {
        if (column is { Name: "*", Type: null, Table: null })
        {
            Add("*");
            return;
        }

        Name(column.Name);
        if (column.Type is { } type)
            Add(":").Add(type);
        if (column.Table is { } table)
        {
            Add(":");
            Schema(table);
        }
    }

    void Schema(KustoPart.Schema schema)
    {
        Add(schema.Any ? schema.Columns.IsEmpty ? "(*" : "(*, " : "(");
        List(schema.Columns, Column);
        Add(")");
    }

    void Item(KustoPart.Item item)
    {
        if (item.Names.Count == 1)
            Name(item.Names[0]).Add(" = ");
        else if (item.Names.Count > 1)
            NameList(item.Names);
        Expression(item.Value, Level.Unnamed);
    }

    void NameList(EquatableArray<string> names)
    {
        Add("(");
        List(names, n => Name(n));
        Add(") = ");
    }

    void Items(EquatableArray<KustoPart.Item> items) => List(items, Item);

    void Key(KustoPart.Key key)
    {
        Item(key.By);
        Direction(key.Direction);
        Add(key.Nulls switch { KustoNulls.First => " nulls first", KustoNulls.Last => " nulls last", _ => "" });
    }

    void Direction(KustoDirection direction) => Add(direction switch
    {
        KustoDirection.Asc => " asc",
        KustoDirection.Desc => " desc",
        KustoDirection.GrannyAsc => " granny-asc",
        KustoDirection.GrannyDesc => " granny-desc",
        _ => "",
    });

    // Options before an operator's operands, each with a blank behind it.
    KustoWriter Options(EquatableArray<KustoPart.Option> options)
    {
        foreach (var option in options)
        {
            Option(option);
            Add(" ");
        }

        return this;
    }

    void Option(KustoPart.Option option)
    {
        Add(option.Name).Add("=");
        if (option.Value is KustoExpression.Array names)
            List(names.Items, n => Expression(n, Level.Unnamed));
        else
            OptionValue(option.Value);
    }

    // A word that names a kind, such as `simple` or `regex`, is never bracketed.
    void OptionValue(KustoExpression value)
    {
        if (value is KustoExpression.Name(var word) && (word is "simple" or "relaxed" || KustoWords.IsName(word)))
            Add(word);
        else
            Expression(value, Level.Unnamed);
    }

    void Properties(EquatableArray<KustoPart.Option> options)
    {
        if (options.IsEmpty)
            return;
        Add(" with (");
        List(options, Property);
        Add(")");
    }

    void Property(KustoPart.Option option)
    {
        Name(option.Name).Add("=");
        Expression(option.Value, Level.Unnamed);
    }

    void Optional(string lead, KustoExpression? value)
    {
        if (value is null)
            return;
        Add(lead);
        Expression(value, Level.Unnamed);
    }
}
