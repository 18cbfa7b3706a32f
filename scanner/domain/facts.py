"""What one parse of one module says, with no opinion in it.

Facts depend on the bytes of a blob alone, never on its path, so every commit that holds the blob
shares them. Judgement (`scanner.rules`, `scanner.assessment`) reads facts and never source. The
analysis child sends them as plain rows in the order of the fields below; functions name their slots
by number there, and a table of the slots follows the last field. `decode` gives everything its name
back, `encode` takes it away. Raise `FACTS_VERSION` whenever a field or its meaning changes.

Lines are counted from 1. Symbols are qualified names in the module (`Class.method`,
`function.inner`), `<module>` at its top. Dotted names are resolved through the module's imports:
with `import os as o`, the call `o.getenv(...)` is named `os.getenv`. A part that is no plain name
reads `?`, so `factory().run` is `?.run`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

FACTS_VERSION: Final = 17
MODULE: Final = "<module>"
CALLED_COMMANDS: Final = "management.commands."


class Slot(NamedTuple):
    """One place for an annotation: a parameter other than self and cls, or a return."""

    name: str  # "return" for the return
    kind: str  # "parameter" | "star" (*args, **kwargs) | "return"
    annotation: str  # "none" | "any" | "bare" (dict, list, tuple, set...) | "full"


class Function(NamedTuple):
    """A def or async def, methods and nested ones included."""

    name: str
    line: int  # of the def itself
    first_line: int  # of the first decorator, else the def's
    end_line: int
    lines: int  # first statement after the docstring to the last, nested functions left out
    complexity: int  # cyclomatic, exactly radon's for the function with its closures left out
    depth: int  # deepest nesting of control flow
    slots: tuple[Slot, ...]  # the return is the last; `__init__` has none
    decorators: tuple[str, ...]  # resolved dotted names, without arguments
    owner: str  # qualified name of the class it is a method of, else ""
    is_async: bool
    is_nested: bool  # anywhere inside another function
    has_docstring: bool
    is_stub: bool  # a body of pass, ..., a docstring or raise alone


class Class(NamedTuple):
    """A class statement."""

    name: str
    line: int
    end_line: int
    bases: tuple[str, ...]
    decorators: tuple[str, ...]
    is_nested: bool  # inside a function
    has_docstring: bool
    keywords: tuple[str, ...]  # names of the arguments in its head: metaclass, frozen, ...
    fields: int = 0  # names declared in its body, when it or a base is called Settings or Config


class Import(NamedTuple):
    """One import statement."""

    line: int
    end_line: int
    symbol: str
    is_from: bool
    module: str  # "" for `import a` and for `from . import a`
    names: tuple[str, ...]  # what is imported, not what it is called here; ("*",) for a star
    level: int  # dots of a relative import
    in_function: bool
    type_checking: bool  # under `if TYPE_CHECKING:`
    in_try: bool
    in_main_guard: bool
    digest: str


class HandlerCall(NamedTuple):
    """A call in the body of an except handler."""

    name: str
    has_exc_info: bool  # an exc_info argument that is not a false constant
    takes_error: bool  # the caught error, or text made of it, is among its arguments


class Handler(NamedTuple):
    """One except clause."""

    line: int
    end_line: int
    symbol: str
    types: tuple[str, ...]  # resolved dotted names; () when bare
    shape: str  # pass continue break return-none return-constant return-other assign other
    raises: bool  # a raise in its own body, nested functions left out
    calls: tuple[HandlerCall, ...]
    keeps_error: bool  # returned, yielded, stored, asserted, or in a name that others read
    commented: bool  # a comment inside it, on its line, just above, or above its short try
    tries_import: bool  # the try body imports
    tried: tuple[str, ...]  # the calls of the try body, at most twelve
    tried_statements: int
    has_else: bool
    in_loop: bool
    in_reraising_handler: bool  # clean-up inside another handler that raises
    in_async: bool
    tries_await: bool
    says_failed: bool  # a text, a name or a constant in it speaks of a failure
    digest: str
    leaves_loop: bool  # stands in a loop, and a break or return in it leaves that


class Suppress(NamedTuple):
    """A use of contextlib.suppress."""

    line: int
    end_line: int
    symbol: str
    types: tuple[str, ...]
    tried: tuple[str, ...]
    digest: str


class FinallyJump(NamedTuple):
    """A return, break or continue that leaves a finally block and drops the error in flight."""

    line: int
    symbol: str
    statement: str
    digest: str


class SubprocessCall(NamedTuple):
    """A call of subprocess.run, call and their kin."""

    line: int
    end_line: int
    symbol: str
    name: str
    has_check: bool  # check= given, or hidden in **options
    is_discarded: bool  # the call is a statement of its own
    reads_returncode: bool  # `.returncode` is read somewhere in the same function
    digest: str


class EnvironmentRead(NamedTuple):
    """A read of os.environ or os.getenv."""

    line: int
    symbol: str
    key: str  # "" when it is no literal
    default: str  # "required" (a subscript) | "none" | "empty" | "constant" | "expression"
    in_function: bool
    in_main_guard: bool
    is_tested: bool  # it, or the name it is given, is asked whether it is there
    is_switch: bool  # nothing is done with it but to ask that, or to compare it with a constant
    digest: str


class MutableDefault(NamedTuple):
    """A list, dict or set as the default of a parameter or as a class attribute."""

    line: int
    symbol: str  # the function or the class
    name: str
    holder: str  # "parameter" | "class"
    use: str  # "mutated" | "stored" | "returned" | "read"
    annotation: str  # dotted name of its annotation, contents left out; "" without one
    is_empty: bool


class LiteralTable(NamedTuple):
    """A module- or class-level assignment of a display made only of literals, over five lines."""

    line: int
    end_line: int


class Pragma(NamedTuple):
    """A comment that speaks to a tool: `type: ignore` or `codevitals: ignore[...]`."""

    line: int
    kind: str  # "type-ignore" | "codevitals"
    codes: tuple[str, ...]  # () for a blanket one
    reason: str  # text after the bracket; at most 200 characters


class AsyncCall(NamedTuple):
    """A call in a module with async code.

    In async functions those of imported names and of files that are not awaited; anywhere those
    that may start a task, open a stream, are given no timeout, or have the last name of a coroutine
    of the module. Where the receiver is itself a call, or a local name that holds what a call made,
    the name reads `asyncio.get_event_loop().create_task`.
    """

    line: int
    end_line: int
    symbol: str
    name: str
    in_async: bool  # directly in an async function, not in a lambda there
    use: str  # "awaited" | "discarded" | "used" | "unread" (given to a name that nothing reads)
    timeout: str  # the argument: "absent" | "none" | "given"
    is_timed: bool  # given to wait_for, or in the block of a timeout
    digest: str


class LogCall(NamedTuple):
    """A call of a logger, told by its name: `log.info`, `self.logger.error`, `logging.debug`."""

    line: int
    end_line: int
    symbol: str
    name: str
    message: str  # plain, f-string, percent, format, concatenation, template (a concatenation with
    # values beside it), fixed (constants, or no fields)
    has_exc_info: bool  # an exc_info argument that is not a false constant
    names: tuple[str, ...]  # last names of what is told as it is, at most twelve
    digest: str  # of the logger and the message


class PrintCall(NamedTuple):
    """A call of print or pprint."""

    line: int
    end_line: int
    symbol: str
    keywords: tuple[str, ...]  # the names of its keyword arguments, "**" for hidden ones
    is_blank: bool  # without a value: an empty line
    in_main_guard: bool
    conditions: tuple[
        str, ...
    ]  # last names and texts in the tests of the ifs around, at most twelve
    ends_program: bool  # a block around it in its function ends with exit or raising SystemExit
    in_dialogue: bool  # the function around it also reads what a person types
    digest: str


class ResourceCall(NamedTuple):
    """A call that reaches outside the process.

    Calls of the kinds file and process are told of only where they stand outside functions.
    """

    line: int
    end_line: int
    symbol: str
    name: str
    kind: str  # "file" | "process" | "network" | "database" | "client" (connects when used)
    in_function: bool
    in_main_guard: bool
    digest: str


class UncheckedTest(NamedTuple):
    """A function called test... in which nothing is asserted, raised or expected by name."""

    symbol: str
    line: int
    calls: tuple[str, ...]  # the last parts of what it calls; at most sixty


class EnvironmentWrite(NamedTuple):
    """A change of os.environ; at most a hundred a module."""

    line: int
    end_line: int
    symbol: str
    key: str  # "" when it is no literal
    way: str  # "assign" | "update" | "setdefault" | "putenv" | "remove"
    is_restored: bool  # puts something back, or the same function does so later
    in_function: bool
    in_main_guard: bool
    digest: str


class SuspectedSecret(NamedTuple):
    """A text that looks like a secret: where it stands and why, never what it says.

    The digest is of the name, the kind and the reason alone. At most a thousand a module.
    """

    line: int  # of the text
    end_line: int
    symbol: str
    name: str  # what it is given to, as far as one can see; else ""
    kind: str  # "variable" | "parameter" | "argument" | "key" | "default" | "comparison" | ""
    reason: (
        str  # "private key" | "token" | "password in a URL" | "random text" | "words and digits"
    )
    digest: str


class Endpoint(NamedTuple):
    """The address of a service as an argument of a call; at most a hundred a module.

    Modules that import a test framework are not looked at: they are full of made-up addresses.
    """

    line: int
    end_line: int
    symbol: str
    kind: str  # "local" | "private" (a private network) | "store" (a database...) | "public" (API)
    address: str  # without credentials and path; of a store elsewhere the scheme alone
    callee: str
    argument: str  # the keyword, or the place among the others: "0" for the first
    in_function: bool
    in_main_guard: bool
    digest: str


class Module(NamedTuple):
    """Everything one parse says."""

    lines: int  # physical
    header: str  # leading comments and the start of the docstring, at most 300 characters
    has_docstring: bool
    statements: int
    imports_only: bool  # nothing but imports, a docstring and dunder assignments
    has_main_guard: bool
    functions: tuple[Function, ...]
    classes: tuple[Class, ...]
    imports: tuple[Import, ...]
    handlers: tuple[Handler, ...]
    suppresses: tuple[Suppress, ...]
    finally_jumps: tuple[FinallyJump, ...]
    subprocess_calls: tuple[SubprocessCall, ...]
    environment_reads: tuple[EnvironmentRead, ...]
    mutable_defaults: tuple[MutableDefault, ...]
    literal_tables: tuple[LiteralTable, ...]
    pragmas: tuple[Pragma, ...]
    async_calls: tuple[AsyncCall, ...] = ()
    log_calls: tuple[LogCall, ...] = ()
    print_calls: tuple[PrintCall, ...] = ()
    resource_calls: tuple[ResourceCall, ...] = ()
    unchecked_tests: tuple[UncheckedTest, ...] = ()
    dotted_texts: tuple[str, ...] = ()
    """Short strings of the form a.b.c, each once, at most 500; and what is given to Django's
    `call_command`, behind `management.commands.`"""
    rewritten: tuple[str, ...] = ()  # newer constructs that were read in an older shape
    environment_writes: tuple[EnvironmentWrite, ...] = ()
    suspected_secrets: tuple[SuspectedSecret, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    constants: int = 0  # names in capitals that are assigned at the top of the module


class Unmeasured(NamedTuple):
    """A module that could not be read; it never counts as clean."""

    reason: str  # a fixed text: "syntax error", "over 1 MB", "too deeply nested", ...
    line: int | None
    lines: int  # physical lines, so that coverage stays exact


Row = Sequence[Any]
"""A record as it crossed a pipe or lay in the cache: values in field order."""


_FUNCTIONS: Final = Module._fields.index("functions")
_IS_ASYNC: Final = Function._fields.index("is_async")
_IS_STUB: Final = Function._fields.index("is_stub")


def counts_of(module: Module) -> tuple[int, int]:
    """How many functions there are, and how many of them are async; none is named for it."""
    are_async = [bool(function[_IS_ASYNC]) for function in _unnamed(module)]
    return len(are_async), sum(are_async)


def bodies_of(module: Module) -> int:
    """How many functions have a body of their own; none is named for it."""
    return sum([not function[_IS_STUB] for function in _unnamed(module)])


def _unnamed(module: Module) -> Sequence[Row]:
    return cast("Sequence[Row]", tuple.__getitem__(module, _FUNCTIONS))


def _function(row: Row, table: Sequence[Slot]) -> Function:
    slots = tuple([table[number] for number in row[7]])
    return Function._make((*row[:7], slots, tuple(row[8]), *row[9:]))


def _class(row: Row) -> Class:
    head = (*row[:3], tuple(row[3]), tuple(row[4]))
    return Class._make((*head, *row[5:7], tuple(row[7]), *row[8:]))


def _import(row: Row) -> Import:
    return Import._make((*row[:5], tuple(row[5]), *row[6:]))


def _handler(row: Row) -> Handler:
    calls = tuple([HandlerCall(*call) for call in row[6]])
    head = (*row[:3], tuple(row[3]), row[4], row[5], calls)
    return Handler._make((*head, *row[7:10], tuple(row[10]), *row[11:]))


def _suppress(row: Row) -> Suppress:
    return Suppress(row[0], row[1], row[2], tuple(row[3]), tuple(row[4]), row[5])


def _pragma(row: Row) -> Pragma:
    return Pragma._make((*row[:2], tuple(row[2]), *row[3:]))


def _log_call(row: Row) -> LogCall:
    return LogCall._make((*row[:6], tuple(row[6]), *row[7:]))


def _print_call(row: Row) -> PrintCall:
    return PrintCall._make((*row[:3], tuple(row[3]), *row[4:6], tuple(row[6]), *row[7:]))


def _unchecked_test(row: Row) -> UncheckedTest:
    return UncheckedTest(row[0], row[1], tuple(row[2]))


Part = Callable[[Row, Sequence[Slot]], tuple[Any, ...]]
"""Names the records of one field; slots are looked up in the table."""


def _functions(rows: Row, table: Sequence[Slot]) -> tuple[Function, ...]:
    return tuple([_function(row, table) for row in rows])


def _each(make: Callable[[Row], object]) -> Part:
    return lambda rows, _: tuple(map(make, rows))


PARTS: Final[Mapping[str, Part]] = {
    "functions": _functions,
    "classes": _each(_class),
    "imports": _each(_import),
    "handlers": _each(_handler),
    "suppresses": _each(_suppress),
    "finally_jumps": _each(FinallyJump._make),
    "subprocess_calls": _each(SubprocessCall._make),
    "environment_reads": _each(EnvironmentRead._make),
    "mutable_defaults": _each(MutableDefault._make),
    "literal_tables": _each(LiteralTable._make),
    "pragmas": _each(_pragma),
    "async_calls": _each(AsyncCall._make),
    "log_calls": _each(_log_call),
    "print_calls": _each(_print_call),
    "resource_calls": _each(ResourceCall._make),
    "unchecked_tests": _each(_unchecked_test),
    "dotted_texts": lambda texts, _: tuple(texts),
    "rewritten": lambda texts, _: tuple(texts),
    "environment_writes": _each(EnvironmentWrite._make),
    "suspected_secrets": _each(SuspectedSecret._make),
    "endpoints": _each(Endpoint._make),
}
"""The fields that hold records, in order; the other fields are plain values."""

_PARTS: Final = tuple((Module._fields.index(name), part) for name, part in PARTS.items())


def table_of(row: Row) -> list[Slot]:
    """The slots that the functions of a module's row name by number."""
    return [Slot._make(slot) for slot in row[-1]]


def decode(row: Row) -> Module:
    """Name the fields of a module's row, as the analysis child sends it.

    Raises TypeError, ValueError or LookupError when the row is not of this version's shape.
    """
    table = table_of(row)
    fields = list(row[:-1])
    for number, part in _PARTS:
        fields[number] = part(fields[number], table)
    return Module._make(fields)


def encode(module: Module) -> list[object]:
    """The plain row of a module, as `decode` takes it; JSON can write it."""
    numbers: dict[Slot, int] = {}
    functions = [
        (
            *function[:7],
            [numbers.setdefault(slot, len(numbers)) for slot in function.slots],
            *function[8:],
        )
        for function in module.functions
    ]
    return [*module[:6], functions, *module[7:], list(numbers)]
