using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    // The method that runs, and what its instance was when the last method ended.
    SymbolicValue.Function? _method;
    SymbolicValue.Instance? _changedSelf;

    SymbolicValue Instantiate(SymbolicValue.Class type, Arguments arguments, SourceSpan site)
    {
        var instance = new SymbolicValue.Instance(type, Names.None);
        if (Member(type, "__init__") is not ({ } value, var owner))
            return arguments.Count == 0 && arguments.Named.IsEmpty && type.Bases.All(b => b is SymbolicValue.Class or SymbolicValue.Builtin { Name: "object" }) ? instance : NoModel($"making a {type.Name}");
        if (value is not SymbolicValue.Function { Parameters.IsEmpty: false } function)
            return NoModel($"making a {type.Name}");
        return Invoke(function with { Self = instance, Owner = owner }, arguments.Positional, arguments.Named, site) is SymbolicValue.Raised raised ? raised
            : _changedSelf is { } made ? made : NoModel($"making a {type.Name}");
    }

    static (SymbolicValue Value, SymbolicValue.Class Owner)? Member(SymbolicValue.Class type, string member)
    {
        if (type.Members.TryGetValue(member, out var own))
            return (own, type);
        foreach (var above in type.Bases.OfType<SymbolicValue.Class>())
        {
            if (Member(above, member) is { } inherited)
                return inherited;
        }

        return null;
    }

    SymbolicValue MemberOf(SymbolicValue.Instance instance, string member)
    {
        if (instance.Members.TryGetValue(member, out var own))
            return own;
        return Member(instance.Type, member) is var (value, owner) ? Bound(value, owner, instance) : NoModel($"the member '{member}' of {instance.Type.Name}");
    }

    SymbolicValue MemberOf(SymbolicValue.Upper upper, string member)
    {
        foreach (var above in upper.Owner.Bases.OfType<SymbolicValue.Class>())
        {
            if (Member(above, member) is var (value, owner))
                return Bound(value, owner, upper.Self);
        }

        return NoModel($"the member '{member}' above {upper.Owner.Name}");
    }

    SymbolicValue Bound(SymbolicValue value, SymbolicValue.Class owner, SymbolicValue.Instance instance) => value switch
    {
        SymbolicValue.Function function when function.Name.StartsWith(PropertyPrefix, StringComparison.Ordinal) => Invoke(function with { Self = instance, Owner = owner }, [], Names.None, _callSite),
        SymbolicValue.Function { Parameters.IsEmpty: false } function => function with { Self = instance, Owner = owner },
        _ => value,
    };

    SymbolicValue Super() => _method is { Owner: { } owner } method && Lookup(method.Parameters[0].Name) is SymbolicValue.Instance self
        ? new SymbolicValue.Upper(self, owner) : NoModel("super() here");

    // A method that is called for its effect may have changed its instance; the name then stands for the changed one.
    SymbolicValue CalledOnInstance(PythonExpression.Call call, string? holder)
    {
        _changedSelf = null;
        var value = Evaluate(call);
        if (holder is not null && _changedSelf is { } changed && Lookup(holder) is SymbolicValue.Instance before && ReferenceEquals(before.Type, changed.Type))
            Bind(holder, changed);
        return value;
    }

    string? HolderOf(PythonExpression.Call call) => call.Function switch
    {
        PythonExpression.Attribute { Target: PythonExpression.Name name } when Lookup(name.Id) is SymbolicValue.Instance => name.Id,
        PythonExpression.Attribute { Target: PythonExpression.Call { Function: PythonExpression.Name { Id: "super" } } } => _method?.Parameters[0].Name,
        _ => null,
    };
}
