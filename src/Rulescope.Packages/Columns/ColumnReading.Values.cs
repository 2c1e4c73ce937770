using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Languages.Kusto;
using Rulescope.Text;

namespace Rulescope.Packages.Columns;

// What expressions read, and what they can give.
sealed partial class ColumnReading
{
    static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["tostring"] = "string",
        ["strcat"] = "string",
        ["tolower"] = "string",
        ["toupper"] = "string",
        ["trim"] = "string",
        ["extract"] = "string",
        ["parse_json"] = "dynamic",
        ["todynamic"] = "dynamic",
        ["pack_array"] = "dynamic",
        ["bag_pack"] = "dynamic",
        ["split"] = "dynamic",
        ["tolong"] = "long",
        ["toint"] = "int",
        ["todouble"] = "real",
        ["tobool"] = "bool",
        ["count"] = "long",
        ["countif"] = "long",
        ["dcount"] = "long",
        ["make_set"] = "dynamic",
        ["make_list"] = "dynamic",
        ["todatetime"] = "datetime",
        ["ago"] = "datetime",
        ["now"] = "datetime",
        ["startofday"] = "datetime",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    void Test(KustoExpression condition, KustoColumns columns)
    {
        _testing = true;
        Value(condition, columns);
        _testing = false;
    }

    KustoColumn Value(KustoExpression syntax, KustoColumns columns)
    {
        switch (syntax)
        {
            case KustoExpression.String(var text, _):
                return KustoColumn.Text(text);
            case KustoExpression.Literal literal:
                return KustoColumn.Of(literal.Type is KustoLiteralType.DateTime ? "datetime" : literal.Type.ToString().ToLowerInvariant());
            case KustoExpression.Dynamic:
                return KustoColumn.Of("dynamic");
            case KustoExpression.Name(var name):
                return Column(name, syntax.Span, columns);
            case KustoExpression.Path path:
                foreach (var access in path.Accesses.Where(a => a.Indexed))
                    Value(access.Selector, columns);
                return Value(path.Root, columns).As("dynamic");
            case KustoExpression.Call call:
                return Call(call, columns);
            case KustoExpression.Sign sign:
                return Value(sign.Operand, columns);
            case KustoExpression.Compare compare:
                Possible(compare, columns);
                return All([compare.Left, compare.Right], columns, "bool");
            case KustoExpression.In membership:
                Possible(membership, columns);
                return All([membership.Subject, .. membership.Items.Where(i => i is not KustoExpression.Pipeline)], columns, "bool");
            case KustoExpression.Between between:
                return All([between.Subject, between.Low, between.High], columns, "bool");
            case KustoExpression.And and:
                return All(and.Terms.Items, columns, "bool");
            case KustoExpression.Or or:
                return All(or.Terms.Items, columns, "bool");
            case KustoExpression.Arithmetic sum:
                return All([sum.First, .. sum.Rest.Select(r => r.Operand)], columns, type: null);
            default:
                return KustoColumn.Unknown;
        }
    }

    KustoColumn All(ImmutableArray<KustoExpression> parts, KustoColumns columns, string? type) =>
        parts.Aggregate(KustoColumn.Unknown, (all, part) => all.Or(Value(part, columns))).As(type);

    KustoColumn Column(string name, SourceSpan span, KustoColumns columns)
    {
        if (columns.Columns.TryGetValue(name, out var column))
        {
            _read.AddRange(column.From);
            if (_testing)
                _tested.AddRange(column.From);
            return column;
        }

        if (_lets.TryGetValue(name, out var value))
        {
            if (_scalarLets.TryGetValue(name, out var known))
                return known;
            if (_depth >= MaxLets || value is KustoExpression.Function or KustoExpression.Pipeline)
                return KustoColumn.Unknown;
            _scalarLets[name] = KustoColumn.Unknown;
            _depth++;
            var scalar = Value(value, KustoColumns.Any);
            _depth--;
            return _scalarLets[name] = scalar;
        }

        if (!columns.Open && !name.StartsWith('{') && !name.StartsWith('$'))
            Report(span, PackageCodes.UnknownColumn, name);
        return KustoColumn.Unknown;
    }

    KustoColumn Call(KustoExpression.Call call, KustoColumns columns)
    {
        var arguments = call.Arguments.Items;
        switch (call.Callee, arguments.Length)
        {
            case ("iff" or "iif", 3):
                Value(arguments[0].Value, columns);
                return Value(arguments[1].Value, columns).Or(Value(arguments[2].Value, columns));
            case ("case", >= 3):
                return Case(arguments, columns);
            case ("column_ifexists", 2):
                return Value(arguments[1].Value, columns).As(type: null);
            default:
                var made = All([.. arguments.Select(a => a.Value)], columns, Types.GetValueOrDefault(call.Callee));
                return call.Callee is "min" or "max" or "take_any" && arguments.Length > 0 ? Value(arguments[0].Value, columns) : made;
        }
    }

    KustoColumn Case(ImmutableArray<KustoPart.Item> arguments, KustoColumns columns)
    {
        var above = new List<KustoExpression>();
        var decided = false;
        KustoColumn? result = null;
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var condition = arguments[i].Value;
            var constant = condition is KustoExpression.Literal { Type: KustoLiteralType.Bool, Text: var text } ? text : null;
            if (decided || constant is "false")
                Report(condition.Span, PackageCodes.ConstantBranch);
            else if (above.Contains(condition))
                Report(condition.Span, PackageCodes.RepeatedBranch);
            decided |= constant is "true";
            above.Add(condition);
            Value(condition, columns);
            var value = Value(arguments[i + 1].Value, columns);
            result = result?.Or(value) ?? value;
        }

        var otherwise = Value(arguments[^1].Value, columns);
        return arguments.Length % 2 == 0 ? KustoColumn.Unknown : result?.Or(otherwise) ?? otherwise;
    }

    void Possible(KustoExpression.Compare compare, KustoColumns columns)
    {
        if (compare.Operator is KustoComparison.Equal or KustoComparison.EqualFold && compare.Right is KustoExpression.String(var text, _))
            Possible(compare.Left, text, compare.Operator is KustoComparison.EqualFold, compare.Right.Span, columns);
    }

    void Possible(KustoExpression.In membership, KustoColumns columns)
    {
        if (membership.Operator is not (KustoMembership.In or KustoMembership.InFold))
            return;
        foreach (var item in membership.Items)
        {
            if (item is KustoExpression.String(var text, _))
                Possible(membership.Subject, text, membership.Operator is KustoMembership.InFold, item.Span, columns);
        }
    }

    // A column that only the query itself fills can be asked for a value that nothing gives it.
    void Possible(KustoExpression subject, string text, bool folds, SourceSpan span, KustoColumns columns)
    {
        if (subject is KustoExpression.Name(var name) && columns.Columns.GetValueOrDefault(name)?.Values is { } values
            && !values.Contains(text, folds ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal))
            Report(span, PackageCodes.ImpossibleValue, name, text);
    }
}
