using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public static partial class KustoLowering
{
    // Values of one row.
    sealed partial class Lowering
    {
        // Arithmetic is a node per sign, so a long run is deep.
        const int MaxTerms = 100;

        Expression Value(KustoExpression syntax, KustoScope scope)
        {
            if (!Enter(syntax.Span))
                return new Expression.Unsupported("…") { Span = syntax.Span };
            var value = ValueOf(syntax, scope);
            _depth--;
            return value.Span == default ? value with { Span = syntax.Span } : value;
        }

        Expression ValueOf(KustoExpression syntax, KustoScope scope) => syntax switch
        {
            KustoExpression.String text => Expression.Text(text.Value),
            KustoExpression.Literal literal => KustoLiterals.Of(literal) is { } value ? new Expression.Constant(value) : NoValue(syntax, $"'{literal.Text}'"),
            KustoExpression.Dynamic or KustoExpression.Array or KustoExpression.Bag or KustoExpression.Null => new Expression.Constant(KustoLiterals.OfJson(syntax)),
            KustoExpression.Name name => Name(name, scope),
            KustoExpression.Wildcard { Pattern: "*" } => new Expression.Ref(new Reference.AnyField { Span = syntax.Span }),
            KustoExpression.Wildcard wildcard => new Expression.Ref(new Reference.FieldPattern(wildcard.Pattern) { Span = syntax.Span }),
            KustoExpression.Path path => Path(path, scope),
            KustoExpression.Call call => Call(call, scope),
            KustoExpression.Sign sign => Sign(sign, scope),
            KustoExpression.Arithmetic { Rest.Count: > MaxTerms } => NoValue(syntax, $"arithmetic of more than {MaxTerms} terms"),
            KustoExpression.Arithmetic sum => sum.Rest.Aggregate(Value(sum.First, scope), (left, term) =>
                new Expression.Arithmetic(Operator(term.Operator), left, Value(term.Operand, scope), Dialect.Kusto) { Span = SourceSpan.Cover(sum.First.Span, term.Operand.Span) }),
            KustoExpression.Compare or KustoExpression.In or KustoExpression.Between or KustoExpression.And or KustoExpression.Or =>
                new Expression.Boolean(Condition(syntax, scope)),
            KustoExpression.ToScalar query => Scalar(query.Query, scope),
            KustoExpression.Pipeline or KustoExpression.Materialize or KustoExpression.ToTable => Scalar(syntax, scope),
            KustoExpression.Missing => new Expression.Unsupported(""),
            KustoExpression.TypeOf => Expression.Text(KustoWriter.Write(syntax)),
            _ => NoValue(syntax, $"'{KustoWriter.Write(syntax)}'"),
        };

        // The first cell of a table: the query is a view, so that its conditions are read as well.
        Expression.Call Scalar(KustoExpression query, KustoScope scope)
        {
            var table = Table(query, scope.Outside);
            var view = table.Plan is Plan.Use use ? use.View : NewView("toscalar", table);
            return new("toscalar", [Expression.Text(view), .. table.Row.First is { } column ? [Expression.Text(column)] : Array.Empty<Expression>()], Dialect.Kusto);
        }

        // What a name stands for where it is a scalar of a let, through all its names.
        static (KustoExpression Syntax, KustoScope Scope) Behind(KustoExpression syntax, KustoScope scope)
        {
            while (syntax is KustoExpression.Name(var name) && scope.Find(name) is KustoBinding.Scalar scalar)
                (syntax, scope) = (scalar.Value, scalar.Scope);
            return (syntax, scope);
        }

        Expression Name(KustoExpression.Name name, KustoScope scope)
        {
            var (behind, outer) = Behind(name, scope);
            if (behind is not KustoExpression.Name(var word))
                return Value(behind, outer);
            if (word is ['{', .., '}'])
                return new Expression.Ref(new Reference.Parameter(word[1..^1].Trim()) { Span = name.Span });
            return outer.Find(word) switch
            {
                KustoBinding.Parameter parameter => new Expression.Ref(new Reference.Parameter(word) { Default = parameter.Default, Span = name.Span }),
                KustoBinding.Table => Scalar(behind, outer),
                KustoBinding.Function => NoValue(behind, $"function '{word}' without its arguments"),
                _ => new Expression.Ref(Target(word, outer.Row, behind.Span)) { Span = behind.Span },
            };
        }

        static Reference Target(string name, KustoRow row, SourceSpan span) =>
            row.Closed || row.Columns.Contains(name) ? new Reference.Column(name) { Span = span } : Field(name, span);

        static Reference.Field Field(string name, SourceSpan span) => new(FieldPath.Of(name)) { Vocabulary = Vendor, Span = span };

        Expression Path(KustoExpression.Path path, KustoScope scope)
        {
            if (path.Accesses.Any(a => !a.Indexed && a.Selector is not KustoExpression.Name))
                return NoValue(path, $"'{KustoWriter.Write(path)}'");
            // Outside of a join the sides of one are columns like any other.
            var isSide = path.Root is KustoExpression.Name { Value: "$left" or "$right" } && path.Accesses is [{ Indexed: false }, ..];
            var root = isSide ? Value(path.Accesses[0].Selector, scope) : Value(path.Root, scope);
            var keys = path.Accesses.Skip(isSide ? 1 : 0).Select(a => Key(a, scope)).ToList();
            if (keys.Count == 0)
                return root;
            if (root is Expression.Ref { Target: Reference.Field field } && keys.All(k => Segment(k) is not null))
                return new Expression.Ref(field with { Path = new([.. field.Path.Segments, .. keys.Select(k => Segment(k) ?? new PathSegment.Each())]), Span = path.Span });
            return new Expression.Call("member", [root, .. keys], Dialect.Kusto);
        }

        Expression Key(KustoPart.Access access, KustoScope scope) => access is { Indexed: false, Selector: KustoExpression.Name(var name) }
            ? Expression.Text(name) with { Span = access.Span }
            : Value(access.Selector, scope);

        static PathSegment? Segment(Expression key) => key switch
        {
            Expression.Constant { Value: Literal.String text } => new PathSegment.Key(text.Value),
            Expression.Constant { Value: Literal.Integer { Value: > int.MinValue and < int.MaxValue } index } => new PathSegment.Index((int)index.Value),
            _ => null,
        };

        Expression Sign(KustoExpression.Sign sign, KustoScope scope)
        {
            var operand = Value(sign.Operand, scope);
            if (!sign.Negative)
                return operand;
            return operand is Expression.Constant constant && KustoLiterals.Signed(negative: true, constant.Value) is { } value
                ? new Expression.Constant(value)
                : new Expression.Arithmetic(ArithmeticOperator.Subtract, Expression.Number(0), operand, Dialect.Kusto);
        }

        static ArithmeticOperator Operator(KustoArithmetic value) => value switch
        {
            KustoArithmetic.Add => ArithmeticOperator.Add,
            KustoArithmetic.Subtract => ArithmeticOperator.Subtract,
            KustoArithmetic.Multiply => ArithmeticOperator.Multiply,
            KustoArithmetic.Divide => ArithmeticOperator.Divide,
            _ => ArithmeticOperator.Modulo,
        };

        // The members of a list, also of one that a let holds.
        IEnumerable<Expression> Listed(KustoExpression syntax, KustoScope scope)
        {
            var (behind, outer) = Behind(syntax, scope);
            return behind switch
            {
                KustoExpression.Dynamic(KustoExpression.Array array) => array.Items.Select(i => Value(i, outer)),
                KustoExpression.Call { Callee: "pack_array" } call => call.Arguments.Select(a => Value(a.Value, outer)),
                _ => [Value(behind, outer)],
            };
        }
    }
}
