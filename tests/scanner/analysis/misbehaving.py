"""An interpreter that runs the analysis child, and obeys orders in the modules it measures.

What a hostile file could bring about by a fault of the parser, these do on request. It is written
to a file and run in the place of a CPython; processes, pipes and signals are real.
"""

from __future__ import annotations

import sys
from pathlib import Path

_SCRIPT = """#!{python} -IS
import importlib, os, signal, sys, time
here = sys.argv[5]
sys.path.append(os.path.dirname(here))
sys.path[:1] = []
loop = importlib.import_module("child.loop")
measure = loop.measure
stay = {stay!r}

def obey(source):
    order = source.partition(b"\\n")[0]
    if order == b"# abort": os.abort()
    if order == b"# kill": os.kill(os.getpid(), signal.SIGKILL)
    if order == b"# leave": os._exit(0)
    if order == b"# fail": raise RuntimeError("a bug")
    if order == b"# starve": raise MemoryError
    if order == b"# hang": time.sleep(1000)
    if order == b"# spin":
        while True: pass
    if order == b"# babble":
        os.write(1, b"no json\\n")
    if order == b"# nest":
        os.write(1, b"[" * 60_000 + b"\\n")
    if order == b"# repeat":
        os.write(1, b'["ok",[]]\\n' * 40)
    if order == b"# wrong":
        return ["ok", [1, 2, 3]]
    if order == b"# fork":
        if os.fork() == 0:
            os.set_inheritable(1, True)
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(1000)"])
        os.abort()
    return measure(source)

loop.measure = obey
if stay or len(sys.argv) == 6:
    loop.main(sys.argv[6:])
"""


def write(folder: Path, *, stay: bool = True) -> Path:
    """The script; with `stay` off it only says who it is, and never starts to work."""
    path = folder / "python3.99"
    path.write_text(_SCRIPT.format(python=sys.executable, stay=stay))
    path.chmod(0o755)
    return path
