"""Reads lines {"query", "events"} and answers each with what Elastic's kuery library says.

The answer is {"accepted", "message", "verdicts"}; a verdict is true, false, or null where the
library's evaluator fails. The arguments are the folders of the packages kql, eql and lark.
"""

import json
import sys

sys.path[:0] = sys.argv[1:]

import kql  # noqa: E402


def verdict(evaluate, event):
    try:
        return bool(evaluate(event))
    except Exception:  # noqa: BLE001 - a failure of the library is an answer too
        return None


def answer(query, events):
    try:
        tree = kql.parse(query, optimize=False, normalize_kql_keywords=True)
    except Exception as problem:  # noqa: BLE001
        return {"accepted": False, "message": str(problem).splitlines()[0] if str(problem) else type(problem).__name__, "verdicts": []}
    try:
        evaluate = kql.get_evaluator(tree)
    except Exception as problem:  # noqa: BLE001
        return {"accepted": True, "message": str(problem).splitlines()[0], "verdicts": [None] * len(events)}
    return {"accepted": True, "message": "", "verdicts": [verdict(evaluate, event) for event in events]}


for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(answer(question["query"], question["events"])), flush=True)
