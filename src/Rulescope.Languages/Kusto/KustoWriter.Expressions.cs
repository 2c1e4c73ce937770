using System.Collections.Immutable;
using System.Diagnostics;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoWriter
{
    // Writes parentheses where the place asks for something tighter than the expression is.
    void Expression(KustoExpression expression, int level)
    {
        var grouped = LevelOf(expression) < level;
        if (grouped)
            Add("(");
        Bare(expression);
        if (grouped)
            Add(")");
    }

    static int LevelOf(KustoExpression expression) => expression switch
    {
        KustoExpression.Pipeline or KustoExpression.Function => Level.Pipeline,
        KustoExpression.Or => KustoInfix.OrLevel,
        KustoExpression.And => KustoInfix.AndLevel,
        KustoExpression.In or KustoExpression.Between => KustoInfix.EqualityLevel,
        KustoExpression.Compare compare => KustoInfix.LevelOf(compare.Operator),
        KustoExpression.Arithmetic arithmetic => LevelOf(arithmetic),
        KustoExpression.Sign => Level.Operand,
        _ => Level.Primary,
    };

    static int LevelOf(KustoExpression.Arithmetic arithmetic) =>
        arithmetic.Rest.IsEmpty ? Level.Operand : KustoInfix.LevelOf(arithmetic.Rest[0].Operator);

    void Bare(KustoExpression expression)
    {
        switch (expression)
        {
            case KustoExpression.String(var value, var hidden):
                Add(KustoString.Encode(value, hidden));
                break;
            case KustoExpression.Literal literal:
                Literal(literal);
                break;
            case KustoExpression.Name(var name):
                Name(name);
                break;
            case KustoExpression.Wildcard(var pattern):
                Add(pattern is "*" ? pattern : $"[{pattern}]");
                break;
            case KustoExpression.Call(var callee, var arguments):
                Callee(callee).Add("(");
                Items(arguments);
                Add(")");
                break;
            case KustoExpression.Path path:
                Path(path);
                break;
            case KustoExpression.Computed(var value):
                Add("[");
                Expression(value, Level.Unnamed);
                Add("]");
                break;
            case KustoExpression.Sign(var negative, var operand):
                Add(negative ? "-" : "+");
                Expression(operand, Level.Primary);
                break;
            case KustoExpression.Missing:
                break;
            case KustoExpression.Pipeline pipeline:
                Pipeline(pipeline, " | ");
                break;
            default:
                if (!Condition(expression) && !Json(expression))
                    Source(expression);
                break;
        }
    }

    bool Condition(KustoExpression expression)
    {
        switch (expression)
        {
            case KustoExpression.Or(var terms):
                List(terms, t => Expression(t, KustoInfix.AndLevel), " or ");
                return true;
            case KustoExpression.And(var terms):
                List(terms, t => Expression(t, KustoInfix.EqualityLevel), " and ");
                return true;
            case KustoExpression.Compare(var comparison, var left, var right):
                var level = KustoInfix.LevelOf(comparison) + 1;
                Expression(left, level);
                Add(" ").Add(KustoInfix.TextOf(comparison)).Add(" ");
                Expression(right, level);
                return true;
            case KustoExpression.Arithmetic arithmetic:
                Arithmetic(arithmetic);
                return true;
            case KustoExpression.In(var membership, var subject, var items):
                Expression(subject, KustoInfix.RelationLevel);
                Add(" ").Add(KustoInfix.TextOf(membership)).Add(" (");
                List(items, i => Expression(i, items.Count == 1 ? Level.Pipeline : Level.Unnamed));
                Add(")");
                return true;
            case KustoExpression.Between(var negated, var subject, var low, var high):
                Expression(subject, KustoInfix.RelationLevel);
                Add(negated ? " !between (" : " between (");
                Expression(low, Level.Unnamed);
                Add(" .. ");
                Expression(high, Level.Unnamed);
                Add(")");
                return true;
            default:
                return false;
        }
    }

    void Arithmetic(KustoExpression.Arithmetic arithmetic)
    {
        var level = LevelOf(arithmetic) + 1;
        Expression(arithmetic.First, level);
        foreach (var term in arithmetic.Rest)
        {
            Add(" ").Add(KustoInfix.TextOf(term.Operator)).Add(" ");
            Expression(term.Operand, level);
        }
    }

    bool Json(KustoExpression expression)
    {
        switch (expression)
        {
            case KustoExpression.Dynamic(var value):
                Add("dynamic(");
                Bare(value);
                Add(")");
                return true;
            case KustoExpression.Array(var items):
                Add("[");
                List(items, Bare);
                Add("]");
                return true;
            case KustoExpression.Bag(var properties):
                Add("{");
                List(properties, p =>
                {
                    Add(KustoString.Encode(p.Name, hidden: false)).Add(": ");
                    Bare(p.Value);
                });
                Add("}");
                return true;
            case KustoExpression.Null:
                Add("null");
                return true;
            default:
                return false;
        }
    }

    void Source(KustoExpression expression)
    {
        switch (expression)
        {
            case KustoExpression.TypeOf(var type, var columns):
                Add("typeof(").Add(type ?? "");
                List(columns, Column);
                Add(")");
                break;
            case KustoExpression.ToScalar(var options, var query):
                Converted("toscalar", options, query);
                break;
            case KustoExpression.ToTable(var options, var query):
                Converted("totable", options, query);
                break;
            case KustoExpression.Materialize(var query):
                Converted("materialize", [], query);
                break;
            case KustoExpression.DataTable(var options, var schema, var values):
                Add("datatable ").Options(options).Schema(schema);
                Add(" [");
                List(values, Bare);
                Add("]");
                break;
            case KustoExpression.ExternalData(var options, var schema, var sources, var properties):
                Add("externaldata ").Options(options).Schema(schema);
                Add(" [");
                List(sources, s => Expression(s, Level.Pipeline));
                Add("]");
                Properties(properties);
                break;
            case KustoExpression.Scoped(var table, var scope):
                Expression(table, Level.Primary);
                Add(" datascope=").Add(scope);
                break;
            case KustoExpression.EntityGroup(var entities):
                Add("entity_group [");
                List(entities, e => Expression(e, Level.Unnamed));
                Add("]");
                break;
            case KustoExpression.Function(var view, var parameters, var body):
                Add(view ? "view " : "").Declarations(parameters);
                Add(" ").Body(body);
                break;
            default:
                throw new UnreachableException(expression.GetType().Name);
        }
    }

    void Converted(string function, EquatableArray<KustoPart.Option> options, KustoExpression query)
    {
        Add(function);
        if (!options.IsEmpty)
            Add(" ");
        Options(options).Add("(");
        Expression(query, Level.Pipeline);
        Add(")");
    }

    void Path(KustoExpression.Path path, bool table = false)
    {
        // `totable(…)` is no root of a path, and a path in parentheses is a root of its own.
        Expression(path.Root, path.Root is KustoExpression.Path or KustoExpression.ToTable or KustoExpression.Scoped ? int.MaxValue : Level.Primary);
        foreach (var access in path.Accesses)
        {
            if (access.Indexed)
            {
                Add("[");
                Expression(access.Selector, Level.Unnamed);
                Add("]");
            }
            else
            {
                Add(".");
                Member(access.Selector, table);
            }
        }
    }

    void Member(KustoExpression selector, bool table)
    {
        if (selector is KustoExpression.Name(var name))
            MemberName(name);
        else if (table && selector is KustoExpression.Wildcard(var pattern))
            Add(pattern);
        else
            Expression(selector, Level.Primary);
    }

    // A table or a column by name, where patterns stand without brackets.
    void Table(KustoExpression table, int level)
    {
        if (table is KustoExpression.Wildcard(var pattern))
            Add(pattern);
        else if (table is KustoExpression.Path path)
            Path(path, table: true);
        else
            Expression(table, level);
    }

    void Literal(KustoExpression.Literal literal)
    {
        var (kind, type) = literal.Type switch
        {
            KustoLiteralType.Bool => (KustoTokenKind.Bool, "bool"),
            KustoLiteralType.Int => (KustoTokenKind.End, "int"),
            KustoLiteralType.Long => (KustoTokenKind.Long, "long"),
            KustoLiteralType.Real => (KustoTokenKind.Real, "real"),
            KustoLiteralType.Decimal => (KustoTokenKind.End, "decimal"),
            KustoLiteralType.Timespan => (KustoTokenKind.Timespan, "timespan"),
            KustoLiteralType.DateTime => (KustoTokenKind.End, "datetime"),
            KustoLiteralType.Guid => (KustoTokenKind.End, "guid"),
            _ => throw new UnreachableException(literal.Type.ToString()),
        };
        if (IsOneToken(literal.Text, kind) && (literal.Type != KustoLiteralType.Bool || literal.Text is "true" or "false"))
            Add(literal.Text);
        else
            Add(type).Add("(").Add(literal.Text).Add(")");
    }

    static bool IsOneToken(string text, KustoTokenKind kind)
    {
        if (text.Length == 0 || kind == KustoTokenKind.End || text.Contains('(', StringComparison.Ordinal))
            return false;
        var token = new KustoLexer(text, ImmutableArray.CreateBuilder<Diagnostic>()).Next();
        return token.Kind == kind && token.Span == new SourceSpan(0, text.Length);
    }

    KustoWriter Name(string name) => Add(IsPlain(name) || name is "@" ? name : Bracketed(name));

    // After a dot no keyword that may be a name can be read as anything else.
    void MemberName(string name) => Add(IsPlain(name) || name is "@" || KustoWords.IsName(name) ? name : Bracketed(name));

    // Functions that are keywords elsewhere; `bool(` and `guid(` would begin literals.
    KustoWriter Callee(string name) => Add(IsPlain(name) || name is "bin" or "count" or "database" or "pack" or "range" or "entity_group" ? name : Bracketed(name));

    static string Bracketed(string name) => $"[{KustoString.Encode(name, hidden: false)}]";

    static bool IsPlain(string name)
    {
        if (name is not ['{', .., '}'])
            return IsOneToken(name, KustoTokenKind.Identifier) && !char.IsAsciiDigit(name[0]);
        return IsOneToken(name[1..^1], KustoTokenKind.Identifier) || IsOneToken(name[1..^1], KustoTokenKind.Keyword);
    }
}
