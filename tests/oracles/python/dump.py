"""CPython's own trees, for the tests of the Python parser.

Reads one JSON object per line, {"path": ...} or {"text": ...}, and answers each with one line: {"tree": ...} or {"error": ...}.
The first line it writes is its version. PythonDump.cs writes the same text from our trees.
"""

import ast
import json
import struct
import sys
import threading
import warnings

LEFT_OUT = {"ctx", "kind", "type_comment", "type_ignores"}


def dump_constant(value, out):
    if value is None or isinstance(value, bool) or value is Ellipsis:
        out.append(repr(value))
    elif isinstance(value, int):
        out.append(hex(value))
    elif isinstance(value, float):
        out.append("f" + struct.pack(">d", value).hex())
    elif isinstance(value, complex):
        out.append("j" + struct.pack(">d", value.imag).hex())
    elif isinstance(value, bytes):
        out.append("b" + value.hex())
    else:
        out.append(json.dumps(value))


def dump(node, out):
    if isinstance(node, ast.Constant):
        dump_constant(node.value, out)
    elif isinstance(node, ast.AST):
        out.append(type(node).__name__)
        out.append("(")
        for index, field in enumerate(f for f in node._fields if f not in LEFT_OUT):
            if index:
                out.append(",")
            dump(getattr(node, field, None), out)
        out.append(")")
    elif isinstance(node, list):
        out.append("[")
        for index, item in enumerate(node):
            if index:
                out.append(",")
            dump(item, out)
        out.append("]")
    elif node is None:
        out.append("~")
    elif isinstance(node, str):
        out.append(json.dumps(node))
    else:
        out.append(str(node))


def answer(question):
    try:
        if "path" in question:
            with open(question["path"], "rb") as file:
                source = file.read()
        else:
            source = question["text"]
        out = []
        dump(ast.parse(source), out)
        return {"tree": "".join(out)}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"error": f"{type(error).__name__}: {error}"}


def main():
    warnings.simplefilter("ignore")
    print(json.dumps({"version": "%d.%d" % sys.version_info[:2], "library": ast.__file__}), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)
    threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
