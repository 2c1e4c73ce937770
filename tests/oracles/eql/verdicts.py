"""Reads lines {"query", "events"} and answers each with what Endgame's EQL library says, reading Elastic's syntax.

The first argument says whether letter case counts ("sensitive", "insensitive"): the library has one
rule for all of a query. The others are the folders of the packages eql and lark. The answer is
{"accepted", "message", "verdicts"}; a verdict is true, false, or null where the library fails.
"""

import json
import sys

sys.path[:0] = sys.argv[2:]

import eql  # noqa: E402
import eql.parser  # noqa: E402
import eql.utils  # noqa: E402

eql.utils.CASE_INSENSITIVE = sys.argv[1] == "insensitive"


def first_line(problem):
    return (str(problem).splitlines() or [type(problem).__name__])[0]


def evaluator(tree):
    found = []
    engine = eql.PythonEngine({"flatten": True, "hooks": [found.append]})
    engine.add_query(tree)

    def evaluate(event):
        del found[:]
        kind = event.get("event", {}).get("category") if isinstance(event.get("event"), dict) else None
        try:
            engine.stream_event(eql.Event(kind if isinstance(kind, str) else "generic", 0, event))
        except Exception:  # noqa: BLE001 - a failure of the library is an answer too
            return None
        return bool(found)

    return evaluate


def answer(query, events):
    syntax = [eql.parser.elasticsearch_syntax, eql.parser.ignore_missing_functions, eql.parser.allow_negation,
              eql.parser.allow_runs, eql.parser.allow_sample]
    try:
        for flag in syntax:
            flag.__enter__()
        try:
            tree = eql.parse_query(query, implied_any=True)
        finally:
            for flag in reversed(syntax):
                flag.__exit__(None, None, None)
        evaluate = evaluator(tree) if events else None
    except Exception as problem:  # noqa: BLE001
        return {"accepted": False, "message": first_line(problem), "verdicts": []}
    return {"accepted": True, "message": "", "verdicts": [evaluate(event) for event in events]}


for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(answer(question["query"], question["events"])), flush=True)
