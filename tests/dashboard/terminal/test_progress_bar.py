"""A bar for people at a terminal, and nothing for a pipe."""

from __future__ import annotations

from io import StringIO

from dashboard.terminal.progress_bar import ProgressBar


class Terminal(StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_nothing() -> None:
    stream = StringIO()
    bar = ProgressBar(stream)
    bar("facts", 1, 2)
    bar.close()
    assert stream.getvalue() == ""


def test_the_end_of_a_phase_is_always_drawn() -> None:
    stream = Terminal()
    bar = ProgressBar(stream)
    bar("facts", 0, 200)
    bar("facts", 1, 200)  # a moment later, not worth a drawing
    bar("facts", 200, 200)
    assert stream.getvalue().count("\r") == 2
    assert "  0%" in stream.getvalue()
    assert stream.getvalue().endswith("100%")


def test_what_cannot_be_counted_has_an_empty_bar() -> None:
    stream = Terminal()
    ProgressBar(stream)("fetch", 0, 0)
    assert "Fetching" in stream.getvalue()
    assert "█" not in stream.getvalue()


def test_closing_leaves_an_empty_line() -> None:
    stream = Terminal()
    bar = ProgressBar(stream)
    bar.close()
    assert stream.getvalue() == "\r\033[K"
