namespace Rulescope.Languages.Kusto;

public sealed partial class KustoWriter
{
    bool Subqueries(KustoOperator read)
    {
        switch (read)
        {
            case KustoOperator.MvExpand(var options, var columns, var limit):
                Add("mv-expand ").Options(options).List(columns, Expansion);
                Optional(" limit ", limit);
                return true;
            case KustoOperator.MvApply apply:
                Add("mv-apply ").Options(apply.Options).List(apply.Columns, Expansion);
                Optional(" limit ", apply.Limit);
                Optional(" id ", apply.Id);
                Add(" on ").Group(apply.Query);
                return true;
            case KustoOperator.Parse(var filters, var options, var subject, var pattern):
                Add(filters ? "parse-where " : "parse ").Options(options).Expression(subject, Level.Unnamed);
                Add(" with");
                foreach (var piece in pattern)
                    Add(" ").Piece(piece);
                return true;
            case KustoOperator.ParseKv(var subject, var columns, var options):
                Add("parse-kv ").Expression(subject, Level.Unnamed);
                Add(" as ").Schema(columns);
                if (!options.IsEmpty)
                    Add(" with (").List(options, Option);
                Add(options.IsEmpty ? "" : ")");
                return true;
            case KustoOperator.Scan scan:
                Scan(scan);
                return true;
            case KustoOperator.Partition partition:
                Partition(partition);
                return true;
            case KustoOperator.Fork(var branches):
                Add("fork ").List(branches, Branch, " ");
                return true;
            case KustoOperator.Facet(var by, var query):
                Add("facet by ").List(by, b => Expression(b, Level.Unnamed));
                if (query is not null)
                    Add(" with ").Group(query);
                return true;
            case KustoOperator.Reduce(var options, var by, var with):
                Add("reduce ").Options(options).Add("by ").Item(by);
                if (!with.IsEmpty)
                    Add(" with ").List(with, Option);
                return true;
            case KustoOperator.MacroExpand(var options, var group, var scope, var statements):
                Add("macro-expand ").Options(options).Expression(group, Level.Primary);
                if (scope is not null)
                    Add(" as ").Name(scope);
                Add(" (").Statements(statements, "; ");
                Add(")");
                return true;
            default:
                return false;
        }
    }

    void Group(KustoExpression query)
    {
        Add("(").Expression(query, Level.Pipeline);
        Add(")");
    }

    void Expansion(KustoPart.Expansion expansion)
    {
        if (expansion.Source is { } source)
            Item(source);
        if (expansion.Type is { } type)
            Add(expansion.Source is null ? "to " : " to ").Bare(type);
    }

    void Piece(KustoPart.Piece piece)
    {
        if (piece.Text is { } text)
            Bare(text);
        if (piece.Target is { } target)
            Column(target);
    }

    void Scan(KustoOperator.Scan scan)
    {
        Add("scan ").Options(scan.Options);
        if (!scan.Order.IsEmpty)
            Add("order by ").List(scan.Order, Key);
        if (!scan.PartitionBy.IsEmpty)
            Add(scan.Order.IsEmpty ? "partition by " : " partition by ").List(scan.PartitionBy, p => Expression(p, Level.Unnamed));
        if (!scan.Declarations.IsEmpty)
            Add(_written[^1] == ' ' ? "declare " : " declare ").Declarations(scan.Declarations);
        Add(_written[^1] == ' ' ? "with (" : " with (").List(scan.Steps, Step, " ");
        Add(")");
    }

    void Step(KustoPart.Step step)
    {
        Add("step ").Name(step.Name).Add(step.Optional ? " optional" : "").Add(step.Emits is null ? "" : $" output={step.Emits}").Add(": ");
        Expression(step.Condition, Level.Unnamed);
        if (!step.Assignments.IsEmpty)
            Add(" => ").Items(step.Assignments);
        Add(";");
    }

    void Partition(KustoOperator.Partition partition)
    {
        Add("partition ").Options(partition.Options).Add("by ").Expression(partition.By, Level.Primary);
        Optional(" in ", partition.Scope);
        if (!partition.Whole)
        {
            Add(" ").Group(partition.Query);
            return;
        }

        Add(" { ").Expression(partition.Query, Level.Pipeline);
        Add(" }");
    }

    void Branch(KustoPart.Branch branch)
    {
        if (branch.Name is { } name)
            Name(name).Add(" = ");
        Group(branch.Query);
    }
}
