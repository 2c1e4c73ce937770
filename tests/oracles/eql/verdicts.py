"""Reads lines {"query", "events"} and answers each with what Endgame's EQL library says, reading Elastic's syntax.

The arguments are the folders of the packages eql and lark. The answer is {"accepted", "message",
"verdicts", "sensitive"}; a verdict is true, false, or null where the library fails. The library has one
rule of letter case for all of a query, so there are verdicts for both: case ignored, case counted.

Four things of Elastic's dialect are set up here, after its reference: '?' in a pattern is one character,
a regular expression covers the whole value, function names have no letter case, and an address may stand
for the network of itself.
"""

import json
import re
import sys

sys.path[:0] = sys.argv[1:]

import eql  # noqa: E402
import eql.functions  # noqa: E402
import eql.parser  # noqa: E402
import eql.utils  # noqa: E402

SPELLINGS = {name.lower(): name for name in eql.functions.list_functions()}
CALL = re.compile(r"\b(%s)(?=~?\s*\()" % "|".join(SPELLINGS), re.IGNORECASE)


NETWORKS = re.compile(r"cidrMatch~?\s*\([^)]*\)")
ADDRESS = re.compile(r'"([0-9A-Fa-f:.]+)"')


def as_network(address):
    return '"%s/%d"' % (address[1], 128 if ":" in address[1] else 32)


def glob(_, *patterns):
    return "|".join(r"(?s:%s)\Z" % re.escape(p).replace(r"\*", ".*").replace(r"\?", ".") for p in patterns)


def whole_value(_, __, *patterns):
    flags = re.IGNORECASE if eql.utils.CASE_INSENSITIVE else 0
    compiled = re.compile("|".join(r"(?s:%s)\Z" % p.value for p in patterns), flags)
    return lambda source, *___: compiled.match(source) is not None if isinstance(source, str) else None


eql.functions.Wildcard.to_regex = classmethod(glob)
eql.functions.Match.get_callback = classmethod(whole_value)


def first_line(problem):
    lines = str(problem).splitlines()
    return next((line for line in lines if not line.startswith("Error at")), type(problem).__name__)


def evaluator(tree, insensitive):
    found = []
    eql.utils.CASE_INSENSITIVE = insensitive
    engine = eql.PythonEngine({"flatten": True, "hooks": [found.append]})
    engine.add_query(tree)

    def evaluate(event):
        del found[:]
        eql.utils.CASE_INSENSITIVE = insensitive
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
    query = CALL.sub(lambda call: SPELLINGS[call.group().lower()], query)
    query = NETWORKS.sub(lambda call: ADDRESS.sub(as_network, call.group()), query)
    try:
        for flag in syntax:
            flag.__enter__()
        try:
            tree = eql.parse_query(query, implied_any=True)
        finally:
            for flag in reversed(syntax):
                flag.__exit__(None, None, None)
        insensitive, sensitive = ([evaluate(event) for event in events] for evaluate in (evaluator(tree, True), evaluator(tree, False)))
    except Exception as problem:  # noqa: BLE001
        return {"accepted": False, "message": first_line(problem), "verdicts": [], "sensitive": []}
    return {"accepted": True, "message": "", "verdicts": insensitive, "sensitive": sensitive}


for line in sys.stdin:
    question = json.loads(line)
    print(json.dumps(answer(question["query"], question["events"])), flush=True)
