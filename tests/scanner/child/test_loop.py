"""The child as its parent runs it: a folder, a stream of objects, a line of JSON each."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from scanner.analysis.interpreters import CHILD, Interpreter, find_interpreter, running
from scanner.child import reasons
from scanner.child.loop import BROKEN_STREAM
from scanner.domain.facts import decode

CAP = 2_000
MEMORY = 1 << 30
OWN = Interpreter(sys.executable, sys.version_info[:2])
Answers = list[list[object]]


def blob(content: bytes, name: str = "a" * 40) -> bytes:
    """One object in the framing of git."""
    return b"%s blob %d\n%s\n" % (name.encode(), len(content), content)


def ask(
    stream: bytes,
    folder: Path,
    *,
    interpreter: Interpreter = OWN,
    seconds: int = 20,
    cap: int = CAP,
    memory: int = MEMORY,
) -> tuple[int, Answers]:
    """The child's exit code and its answers, the one about the parser left out."""
    command = interpreter.command(cap, seconds, memory, os.getpid())
    done = subprocess.run(
        command, input=stream, capture_output=True, check=False, cwd=folder, env={}
    )
    first, *lines = done.stdout.splitlines()
    assert json.loads(first)[0] == "parser"
    return done.returncode, [json.loads(line) for line in lines]


def test_answers_come_in_order(tmp_path: Path) -> None:
    stream = b"".join(
        [
            blob(b"def f(): ...\n"),
            b"%s missing\n" % (b"b" * 40),
            blob(b"x = (\n"),
            blob(b""),
            b"c1a0 tree 33\n" + b"t" * 33 + b"\n",
            blob(b"# long\n" * 1_000),
            blob(b"x\r\n" * 1_000 + b"y"),
            blob(b"import a\n"),
        ]
    )
    code, answers = ask(stream, tmp_path)
    assert code == 0
    assert [answer[0] for answer in answers] == [
        "ok", "missing", "unmeasured", "ok", "missing", "unmeasured", "unmeasured", "ok",
    ]  # fmt: skip
    assert answers[2] == ["unmeasured", reasons.SYNTAX, 1, 1]
    assert answers[5] == ["unmeasured", "over 0.002 MB", None, 1_000]
    assert answers[6] == ["unmeasured", "over 0.002 MB", None, 1_001]


def test_lines_of_a_large_object_are_counted_across_chunks(tmp_path: Path) -> None:
    content = b"x" + b"\r\n" * 100_000 + b"\r" + b"\n\n"
    _, answers = ask(blob(content), tmp_path)
    assert answers == [["unmeasured", "over 0.002 MB", None, 100_002]]


@pytest.mark.parametrize(
    "stream",
    [
        b"a blob 10\nshort",
        b"a blob 4\nlong and longer",
        b"a blob 9000\n" + b"x" * 8_000,
        b"a tree 10\nshort",
    ],
)
def test_a_broken_stream_is_told_apart(stream: bytes, tmp_path: Path) -> None:
    assert ask(stream, tmp_path) == (BROKEN_STREAM, [])


def test_modules_of_the_working_folder_are_never_run(tmp_path: Path) -> None:
    for name in ("ast", "json", "re", "child", "loop", "sitecustomize", "usercustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    code, answers = ask(blob(b"x = 1\n"), tmp_path)
    assert (code, answers[0][0]) == (0, "ok")
    assert not (tmp_path / "ran").exists()


def test_cpu_time_is_bounded_for_each_file(tmp_path: Path) -> None:
    slow = b"x = [" + b"a[b], " * 1_000_000 + b"]\n"
    stream = blob(b"x = 1\n") + blob(slow) + blob(b"y = 2\n")
    code, answers = ask(stream, tmp_path, seconds=0, cap=10_000_000, memory=4 << 30)
    assert code == -signal.SIGXCPU
    assert [answer[0] for answer in answers] == ["ok"]


def test_the_bound_is_raised_with_each_file(tmp_path: Path) -> None:
    busy = blob(b"x = [" + b"a[b], " * 50_000 + b"]\n")
    code, answers = ask(busy * 9, tmp_path, seconds=1, cap=10_000_000)
    assert code == 0
    assert [answer[0] for answer in answers] == ["ok"] * 9


def test_memory_is_bounded(tmp_path: Path) -> None:
    large = b"x = [" + b"a.b, " * 180_000 + b"]\n"
    _, answers = ask(blob(large) + blob(b"y = 1\n"), tmp_path, cap=1_000_000, memory=160 << 20)
    assert answers[0][:2] == ["unmeasured", reasons.MEMORY]
    assert answers[1][0] == "ok"


def test_it_opens_no_files_and_writes_none(tmp_path: Path) -> None:
    probe = (
        "import sys; sys.path.append(sys.argv[1]); from child.limits import confine; import os\n"
        "confine(1 << 30, os.getppid())\n"
        "names = []\n"
        "try:\n    [names.append(os.open(os.devnull, os.O_RDONLY)) for _ in range(64)]\n"
        "except OSError as error: print(error.errno)\n"
        "for name in names: os.close(name)\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    os.write(os.open('written', os.O_WRONLY | os.O_CREAT), b'x')\n"
        "except OSError as error: print(error.errno)\n"
        "import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[0])\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", probe, str(CHILD.parent)],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["24", "27", "0"]  # EMFILE, EFBIG
    assert (tmp_path / "written").stat().st_size == 0


def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    command = [*OWN.command(CAP, 20, MEMORY), "{parent}"]
    script = (
        "import os, subprocess, sys, time\n"
        f"command = {command!r}\n"
        "command[-1] = str(os.getpid())\n"
        "child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,"
        " start_new_session=True)\n"
        "child.stdout.readline()\n"
        "held = os.dup(child.stdin.fileno())\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=tmp_path)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    watch = os.pidfd_open(pid)
    assert not select.select([watch], [], [], 0)[0]
    parent.kill()
    parent.wait()
    parent.stdout.close()
    ended, _, _ = select.select([watch], [], [], 10)
    os.close(watch)
    assert ended


def test_it_refuses_to_outlive_a_parent_that_is_gone(tmp_path: Path) -> None:
    command = OWN.command(CAP, 20, MEMORY, 1)
    done = subprocess.run(
        command, input=blob(b"x = 1\n"), capture_output=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)


TRICKY = b'''# -*- coding: utf-8 -*-
"""Docs \xe2\x80\x94 here."""
import os as o, typing as t
from subprocess import run
X = {
    "a": 1,
    "b": [f"{o!r:>{10}}" "tail", u"x", b"y", -0.0, 1e309, 1j, 0x_ff, "\\ud800"],
    "c": ...,
    "d": lambda *a, b=[]: a if b else [c for c in a if c or b],
    "e": 10**3,
}
async def f(a, /, b: "t.Any" = {}, *c: dict, d, **e) -> t.Optional[list]:
    async with a as b, c:
        try:
            await run(["x"])
            print(f"{a=}" f'{b["k"]}', end="")
        except (ValueError, o.error) as error:  # why not
            log.error("no %s" % error, exc_info=True); raise
        finally:
            return o.environ.get("TOKEN", "") or f"{a:}{{}}"
    match a:
        case {"x": [1, *rest], **more} if rest: ...
        case t.List(y=1) | None | "z": pass
        case _: assert a and b
'''


def test_every_interpreter_says_the_same(tmp_path: Path) -> None:
    modules = [TRICKY, *(path.read_bytes() for path in sorted(CHILD.glob("*.py")))]
    stream = b"".join(map(blob, modules))
    said = {
        each.version: ask(stream, tmp_path, interpreter=each, cap=1_000_000)[1]
        for each in {each.version: each for each in (OWN, find_interpreter(), *running())}.values()
    }
    own = said.pop(OWN.version)
    assert [answer[0] for answer in own] == ["ok"] * len(modules)
    assert [version for version, answers in said.items() if answers != own] == []


def test_rows_have_the_shape_of_the_contract(tmp_path: Path) -> None:
    _, answers = ask(blob(TRICKY), tmp_path)
    _, row = answers[0]
    assert isinstance(row, Sequence)
    module = decode(row)
    assert [function.name for function in module.functions] == ["f"]
    assert [slot.annotation for slot in module.functions[0].slots] == [
        "none", "any", "none", "bare", "none", "bare",
    ]  # fmt: skip
