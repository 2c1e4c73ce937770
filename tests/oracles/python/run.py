"""Runs written Panther rules on events, for the tests of the writer.

Reads one JSON object per line, {"rule": text, "events": [...]}, and answers each with one line: a list with true, false or "error"
for every event. The first line it writes is its version.
"""

import json
import sys


def outcome(rule, event):
    try:
        return rule(event) is True
    except Exception:
        return "error"


def main():
    print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "library": json.__file__}), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        module = {}
        exec(compile(question["rule"], "rule", "exec"), module)
        print(json.dumps([outcome(module["rule"], event) for event in question["events"]]), flush=True)


if __name__ == "__main__":
    main()
