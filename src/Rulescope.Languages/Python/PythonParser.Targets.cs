namespace Rulescope.Languages.Python;

public sealed partial class PythonParser
{
    enum TargetUse
    {
        Assign,
        Delete,
        Annotate,
        Augment,
    }

    // Targets are read as expressions; here what is none is refused.
    void CheckTarget(PythonExpression target, TargetUse use)
    {
        var isTarget = target switch
        {
            PythonExpression.Name or PythonExpression.Attribute or PythonExpression.Subscript => true,
            PythonExpression.Tuple tuple when use is TargetUse.Assign or TargetUse.Delete => CheckTargets(tuple.Items, use),
            PythonExpression.List list when use is TargetUse.Assign or TargetUse.Delete => CheckTargets(list.Items, use),
            PythonExpression.Starred { Value: not PythonExpression.Starred } starred when use == TargetUse.Assign => CheckTargets([starred.Value], use),
            _ => false,
        };
        if (!isTarget)
            Fail(target.Span, PythonCodes.Target, Slice(target.Span), Purpose(use));
    }

    // Each item reports itself, so the whole is no further finding.
    bool CheckTargets(Text.EquatableArray<PythonExpression> items, TargetUse use)
    {
        foreach (var item in items)
            CheckTarget(item, use);
        return true;
    }

    static string Purpose(TargetUse use) => use switch
    {
        TargetUse.Delete => "deleted",
        TargetUse.Annotate => "annotated",
        _ => "assigned to",
    };
}
