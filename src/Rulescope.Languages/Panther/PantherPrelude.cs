namespace Rulescope.Languages.Panther;

/// <summary>The Python that written rules stand on: fields, and tests with a stated outcome for every kind of value.</summary>
/// <remarks>True and False are themselves, unknown is None, an error is raised. It runs on Panther's events and on plain dicts alike.</remarks>
static class PantherPrelude
{
    public const string Text = """
        import re
        from collections.abc import Mapping, Sequence
        from fnmatch import fnmatchcase

        MISSING = object()
        WRONG = object()
        ERROR = object()


        def is_list(value):
            return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


        def field(value, *path, ignore_case=True):
            for step in path:
                if isinstance(step, int):
                    if not is_list(value) or not -len(value) <= step < len(value):
                        return MISSING
                    value = value[step]
                elif not isinstance(value, Mapping):
                    return MISSING
                else:
                    names = [key for key in value if key == step]
                    if not names and ignore_case:
                        names = [key for key in value if key.isascii() and key.lower() == step.lower()]
                    if not names:
                        return MISSING
                    value = value[names[0]]
            return value


        def given(outcome):
            if outcome is ERROR:
                raise ValueError("a value has the wrong type")
            return outcome


        def all_of(terms):
            result = True
            for term in terms:
                truth = term()
                if truth is False:
                    return False
                if truth is None:
                    result = None
            return result


        def any_of(terms):
            result = False
            for term in terms:
                truth = term()
                if truth is True:
                    return True
                if truth is None:
                    result = None
            return result


        def negated(truth):
            return None if truth is None else not truth


        def meets(value, check, missing=False, null=False, wrong=False, multi="any"):
            if value is MISSING:
                return given(missing)
            if value is None:
                return given(null)
            if is_list(value) and multi != "whole_list":
                if not value:
                    return given(missing)
                each = [lambda item=item: meets(item, check, missing, null, wrong, multi) for item in value]
                if multi == "any":
                    return any_of(each)
                if multi == "all":
                    return all_of(each)
                if multi == "first":
                    return each[0]()
                return given(wrong)
            result = check(value)
            return given(wrong) if result is WRONG else result


        def same(value, operand, booleans):
            kinds = (bool, int, float) if booleans else (int, float)
            if isinstance(value, bool) and isinstance(operand, bool):
                return value == operand
            if not booleans and (isinstance(value, bool) or isinstance(operand, bool)):
                return WRONG
            if isinstance(value, kinds) and isinstance(operand, kinds):
                return value == operand
            if isinstance(value, str) and isinstance(operand, str):
                return value == operand
            return WRONG


        def equals(operand, booleans=False, fold=str):
            return lambda value: same(fold(value), fold(operand), booleans) if isinstance(value, str) and isinstance(operand, str) else same(value, operand, booleans)


        def ordered(compare, booleans=False):
            return lambda value: compare(value) if isinstance(value, (int, float)) and (booleans or not isinstance(value, bool)) else WRONG


        def text(check):
            return lambda value: check(value) if isinstance(value, str) else WRONG


        def member(operand, booleans=False):
            def check(value):
                if isinstance(value, str) and isinstance(operand, str):
                    return operand in value
                if is_list(value):
                    return any(same(item, operand, booleans) is True for item in value)
                if isinstance(value, Mapping):
                    return isinstance(operand, str) and field(value, operand) is not MISSING
                return WRONG

            return check


        def absent(value, missing, null, empty):
            return (missing and value is MISSING) or (null and value is None) or (empty and (value == "" or (is_list(value) and not value)))


        def elements(value):
            if value is MISSING or value is None:
                return []
            return list(value) if is_list(value) else [value]


        def truthy(value):
            return value is not MISSING and bool(value)


        """;
}
