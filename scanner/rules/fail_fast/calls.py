"""What a call in an except handler does with the error, told by its name and arguments."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from scanner.domain.facts import HandlerCall


class Deed(Enum):
    """What becomes of the error in a call."""

    TRACEBACK = auto()  # told with its traceback
    TOLD = auto()  # logged, printed or shown
    ENDED = auto()  # the program or the test ends here
    RAISED = auto()  # raised again, by a function or a context that does
    HANDED_ON = auto()  # given to something that deals with errors
    FORMATTED = auto()  # made into text
    NOTHING = auto()


def words(text: str) -> frozenset[str]:
    """The names in a text, for lists that are read as prose."""
    return frozenset(text.split())


_LEVELS: Final = words(
    "debug info notice warning warn error err exception critical fatal log msg trace success "
    "verbose"
)
_ALWAYS: Final = words("debug info warn warning critical")
_PLAIN: Final = words("print pprint echo secho warn log logger flash")
_TELLING: Final = re.compile(
    r"_*(?:print|warn|show|display|report|notify|alert|echo)(?:_|[A-Z]|error|warning|$)"
)
_LOGGING: Final = re.compile(r"_*log(?:_|[A-Z]|$)")
_NO_LOGS: Final = frozenset({"math", "cmath", "numpy", "np", "torch", "jnp"})
_LOGGERS: Final = ("", "?", "messages")
_STREAMS: Final = ("stderr", "stdout")
_TRACEBACKS: Final = frozenset(
    {
        "print_exc",
        "format_exc",
        "print_exception",
        "format_exception",
        "log_exception",
        "capture_exception",
        "capture_internal_exception",
        "record_exception",
        "report_exc_info",
        "notify_exception",
        "excepthook",
        "exc_info",
    }
)
_ENDINGS: Final = frozenset({"exit", "_exit", "abort", "quit", "fail", "skip", "bail", "die"})
_ABOUT_ERRORS: Final = re.compile(
    r"error|exception|failure|failed|traceback|reraise", re.IGNORECASE
)
_RAISING: Final = re.compile(r"re_?raise", re.IGNORECASE)
_VERBOSE: Final = re.compile(r"v+")
_GATHERERS: Final = words("append add extend insert put setdefault update")
_FAILED_THINGS: Final = re.compile(r"error|fail|invalid|problem|exception", re.IGNORECASE)
_QUESTIONS: Final = words("isinstance issubclass type hasattr callable len bool id")
_FORMATTERS: Final = words(
    "str repr ascii format getattr join strip lower "
    "upper split splitlines startswith endswith replace encode decode text_type unicode force_str "
    "force_text smart_str smart_text to_native to_text ensure_str gettext _"
)


def deed_of(call: HandlerCall) -> Deed:
    """What the call does with the error."""
    receiver, _, name = call.name.rpartition(".")
    if call.name in _QUESTIONS or receiver in _NO_LOGS:
        return Deed.NOTHING
    if call.has_exc_info or name in _TRACEBACKS:
        return Deed.TRACEBACK
    if _is_told(receiver, name):
        return Deed.TRACEBACK if name == "exception" else Deed.TOLD
    if _RAISING.search(name):
        return Deed.RAISED
    if name in _ENDINGS:
        return Deed.ENDED
    return _deed_with_error(call, receiver, name)


def _deed_with_error(call: HandlerCall, receiver: str, name: str) -> Deed:
    """What a call does that neither tells, raises nor ends."""
    if call.takes_error:
        return Deed.FORMATTED if name in _FORMATTERS else Deed.HANDED_ON
    if name in _GATHERERS and _FAILED_THINGS.search(receiver.rpartition(".")[2]):
        return Deed.TOLD
    return _deed_by_name(name)


def _is_told(receiver: str, name: str) -> bool:
    """Whether a call logs or prints: a level of a logger, a stream, a plain function for it."""
    where = receiver.rpartition(".")[2].lower()
    if name in _ALWAYS:
        return True
    if (name.lower() in _LEVELS and "log" in where) or (name in _LEVELS and where in _LOGGERS):
        return True
    if name == "write" and where.endswith(_STREAMS):
        return True
    return name.lstrip("_") in _PLAIN or _is_shown(where, name)


def _is_shown(where: str, name: str) -> bool:
    """Whether a call shows something to a person: `display.vvv`, `status_message.send`."""
    return (where == "display" and _VERBOSE.fullmatch(name) is not None) or (
        name == "send" and where.endswith("message")
    )


def _deed_by_name(name: str) -> Deed:
    """What a call does that is not given the error: it may look it up by itself."""
    if _LOGGING.match(name):
        return Deed.TOLD
    if _ABOUT_ERRORS.search(name):
        return Deed.HANDED_ON
    return Deed.TOLD if _TELLING.match(name) else Deed.NOTHING
