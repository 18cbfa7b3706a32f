"""FF07 unchecked-subprocess."""

from __future__ import annotations

from tests.scanner.rules.harness import check, judge


def test_a_command_whose_end_nobody_sees() -> None:
    (finding,) = check(
        "FF07",
        """
        import subprocess as sp

        def copy(source, target):
            sp.run(  # offends 0.5
                ["rsync", source, target],
            )
        """,
    )
    assert finding.end_line == 6
    assert finding.message == (
        "`subprocess.run` without `check`, its result thrown away: a command that fails goes "
        "unnoticed. Pass check=True."
    )


def test_what_is_checked_kept_or_looked_at_is_fine() -> None:
    check(
        "FF07",
        """
        import subprocess
        from subprocess import run

        run(["a"], check=True)
        run(["a"], check=False)
        run(["a"], **options)
        done = run(["a"])
        print(run(["a"]).stdout)

        def code():
            run(["a"])
            return last.returncode

        subprocess.check_call(["a"])
        subprocess.call(["a"])
        shop.run(["a"])
        """,
    )


def test_only_run_is_a_place() -> None:
    source = "import subprocess\nsubprocess.call(['a'])\nsubprocess.run(['a'], check=True)\n"
    principles = judge({"shop/a.py": source}).principles
    tally = next(item.tally for item in principles if item.key == "fail-fast")
    assert (tally.n, tally.debt) == (1, 0)
