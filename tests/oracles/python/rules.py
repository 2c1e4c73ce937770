"""Runs Panther rules as they stand on events, for the tests of the symbolic reading.

A small host of our own: events are mappings whose keys are found in any letter case, with get, deep_get, deep_walk and udm. The first
argument, if any, is a checkout of panther-analysis; its helper modules can be imported. Reads one JSON object per line:
{"models": [{"types": [...], "mappings": [{"name", "path", "method"}], "python": text}]} sets the data models and is answered with {};
{"rule": text, "events": [...], "changes": n} runs a rule on each event and on n changed copies of it, and is answered with a list of
{"event", "result"}: what the rule returns, as true, false or "error" (raised), and "other" in "type" where it is no bool.
The first line it writes is its version. Changes are drawn from a seed of their own for each event, so they are the same every time.
"""

import contextlib
import io
import json
import os
import random
import signal
import sys
import types
from collections.abc import Mapping


class Values(dict):
    def _find(self, key):
        if dict.__contains__(self, key) or not isinstance(key, str):
            return key
        return next((k for k in self if isinstance(k, str) and k.lower() == key.lower()), key)

    def get(self, key, default=None):
        return dict.get(self, self._find(key), default)

    def __getitem__(self, key):
        return dict.__getitem__(self, self._find(key))

    def __contains__(self, key):
        return dict.__contains__(self, self._find(key))


class Items(list):
    pass


def wrap(value):
    if isinstance(value, dict):
        return Values((k, wrap(v)) for k, v in value.items())
    return Items(wrap(v) for v in value) if isinstance(value, list) else value


def deep_get(values, *keys, default=None):
    for key in keys:
        values = values.get(key) if isinstance(values, Mapping) else None
    return default if values is None else values


def hollow(value):
    return isinstance(value, list) and all(hollow(v) for v in value)


def deep_walk(values, *keys, default=None, return_val="all"):
    if not keys:
        return default if hollow(values) else values
    if isinstance(values, Mapping):
        inner = values.get(keys[0])
        return default if inner is None else deep_walk(inner, *keys[1:], default=default, return_val=return_val)
    found = {}
    for item in values if isinstance(values, list) else ():
        inner = deep_walk(item, *keys, default=default, return_val=return_val)
        for one in inner if isinstance(inner, (list, tuple)) else () if inner is None else (inner,):
            found[one] = None
    found = list(found)
    if not found:
        return default
    return {"first": found[0], "last": found[-1], "all": found[0] if len(found) == 1 else found}.get(return_val, "all")


MODELS = {}


class Event(Values):
    def deep_get(self, *keys, default=None):
        return deep_get(self, *keys, default=default)

    def deep_walk(self, *keys, default=None, return_val="all"):
        return deep_walk(self, *keys, default=default, return_val=return_val)

    def udm(self, key, default=None):
        model = MODELS[self.get("p_log_type")]
        for mapping in model["mappings"]:
            if mapping["name"] == key:
                if mapping["path"]:
                    return self.deep_get(*mapping["path"].removeprefix("$.").split("."), default=default)
                if "module" not in model:
                    model["module"] = module(model["python"])
                return model["module"][mapping["method"]](self)
        return default


def stub(name, **members):
    made = types.ModuleType(name)
    made.__dict__.update(members)
    sys.modules[name] = made


def module(text):
    names = {"__name__": "rule"}
    exec(compile(text, "rule", "exec"), names)
    return names


def ways(value, way=()):
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield way + (key,)
        yield from ways(inner, way + (key,))


def changed(event, draw):
    event = json.loads(json.dumps(event))
    for _ in range(draw.choice([1, 1, 2])):
        known = [way for way in ways(event) if way[-1] != "p_log_type"]
        if not known:
            break
        *outer, last = draw.choice(known)
        holder = event
        for key in outer:
            holder = holder[key]
        old, kind = holder[last], draw.randrange(8)
        if kind < 3:
            holder.pop(last)
        elif kind == 6 and isinstance(old, str):
            holder[last] = draw.choice([old.upper(), old.lower(), old + "x", "x" + old])
        elif kind == 7 and isinstance(old, bool):
            holder[last] = not old
        elif kind == 7 and isinstance(old, (int, float)):
            holder[last] = old + 1
        else:
            holder[last] = draw.choice([None, None, "", "", [], {}, 0, True, False, "x", 5, ["x"]])
    return event


def outcome(rule, event):
    signal.alarm(10)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            value = rule(Event((k, wrap(v)) for k, v in event.items()))
    except Exception:
        return {"event": event, "result": "error", "type": "raised"}
    finally:
        signal.alarm(0)
    return {"event": event, "result": "true" if value else "false", "type": "bool" if isinstance(value, bool) else "other"}


def main():
    if len(sys.argv) > 1:
        sys.path.insert(0, os.path.join(sys.argv[1], "global_helpers"))
    stub("panther_core", PantherEvent=Event)
    stub("panther_core.immutable", ImmutableList=Items, ImmutableCaseInsensitiveDict=Values)
    try:
        import dateutil  # noqa: F401
    except ImportError:
        stub("dateutil", parser=None)
    stub("panther_detection_helpers")
    stub("panther_detection_helpers.caching")
    answer = sys.stdout
    print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "library": json.__file__}), file=answer, flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        if "models" in question:
            MODELS.clear()
            MODELS.update((name, model) for model in reversed(question["models"]) for name in model["types"])
            print("{}", file=answer, flush=True)
            continue
        try:
            rule = module(question["rule"])["rule"]
        except Exception:
            # A package that is not there, or state kept between events.
            print("[]", file=answer, flush=True)
            continue
        results = []
        for number, event in enumerate(question["events"]):
            draw = random.Random(number)
            for one in [event] + [changed(event, draw) for _ in range(question.get("changes", 0))]:
                results.append(outcome(rule, one))
        print(json.dumps(results), file=answer, flush=True)


if __name__ == "__main__":
    main()
