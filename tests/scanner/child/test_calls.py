"""Calls of interest: suppress, subprocess and reads of the environment."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts


def test_suppress() -> None:
    found = facts("""
        import contextlib
        from contextlib import suppress as quiet
        def f():
            with quiet(
                OSError, Exception
            ), other() as x:
                a.close()
        with contextlib.suppress(KeyError): del b[1]
        with near.suppress(KeyError): c()
    """).suppresses
    assert [(each.line, each.end_line, each.symbol, each.types, each.tried) for each in found] == [
        (4, 6, "f", ("OSError", "Exception"), ("a.close",)),
        (8, 8, "<module>", ("KeyError",), ()),
    ]


def test_subprocess() -> None:
    found = facts("""
        import subprocess as sp
        from subprocess import run, Popen
        def f():
            run(["a"])
            done = sp.run(["b"], check=False)
            sp.call(["c"], **options)
            return done.returncode
        def g():
            Popen(["d"]).wait()
            def h():
                x = run(["e"])
                x.check_returncode()
        other.run(["f"])
    """).subprocess_calls
    assert [
        (each.line, each.symbol, each.name, each.has_check, each.is_discarded) for each in found
    ] == [
        (4, "f", "subprocess.run", False, True),
        (5, "f", "subprocess.run", True, False),
        (6, "f", "subprocess.call", True, True),
        (9, "g", "subprocess.Popen", False, False),
        (11, "g.h", "subprocess.run", False, False),
    ]
    assert [each.reads_returncode for each in found] == [True, True, True, False, True]


READS = {
    "os.environ['KEY']": "required",
    "os.environ['KEY'] or 'x'": "constant",
    "os.environ.get('KEY')": "none",
    "os.environ.get('KEY', None)": "none",
    "os.environ.get('KEY', '')": "empty",
    "os.environ.get('KEY', 'x')": "constant",
    "os.environ.get('KEY', default='x')": "constant",
    "os.environ.get('KEY') or ''": "empty",
    "os.environ.get('KEY', '') or 'x'": "constant",
    "os.environ.get('KEY') or make()": "expression",
    "os.getenv('KEY')": "none",
    "os.getenv('KEY', 1 + 2)": "constant",
    "os.getenv('KEY', {})": "empty",
    "os.getenv('KEY', other)": "expression",
    "e['KEY']": "required",
    "read(b'KEY')": "none",
}


@pytest.mark.parametrize(("source", "default"), READS.items(), ids=READS)
def test_environment_reads(source: str, default: str) -> None:
    (found,) = facts(
        f"import os\nfrom os import environ as e, getenvb as read\nx = {source}\n"
    ).environment_reads
    assert (found.key, found.default) == ("KEY", default)


@pytest.mark.parametrize(
    "source",
    [
        "os.environ['KEY'] = 'x'",
        "del os.environ['KEY']",
        "environ['KEY']",
        "request.environ.get('KEY')",
        "os.environ.setdefault('KEY', 'x')",
    ],
)
def test_what_is_no_read_of_the_environment(source: str) -> None:
    assert facts(f"import os\n{source}\n").environment_reads == ()


def test_where_reads_stand() -> None:
    found = facts("""
        import os
        @d(os.environ["A"])
        def f(x=os.environ["B"]):
            assert os.environ["C"]
            return [os.environ[KEY] for y in z]
        class G:
            h = os.environ["D"]
        if __name__ == "__main__":
            os.environ["E"]
            def main():
                os.environ["F"]
    """).environment_reads
    assert [(each.key, each.symbol, each.in_function, each.in_main_guard) for each in found] == [
        ("A", "<module>", False, False),
        ("B", "<module>", False, False),
        ("C", "f", True, False),
        ("", "f", True, False),
        ("D", "G", False, False),
        ("E", "<module>", False, True),
        ("F", "main", True, True),
    ]
