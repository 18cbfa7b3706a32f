"""Something public has no docstring.

## What it finds
Public modules, classes and functions without a docstring: 0.5 each. What lies in a module or a
folder whose name begins with an underscore is not public, nor is what lies in a program: a module
with a main guard.

Functions count that have more than ten lines of their own. Not judged: properties, overloads,
overrides, validators, functions without a body of their own, and methods of a class with a base,
whose docstring may stand there. Nor is what a framework calls by a fixed protocol: views (their
first parameter is called `request`) and routes (`@app.get`, `@router.post`), pytest's fixtures and
hooks (`pytest_...`), receivers of signals, what is registered with a decorator called `register`,
the `setup(app)` of a Sphinx extension, and `main`. The commands of Click and Typer are judged,
since their docstring is the help text.

Classes count at the top of a module, from eleven lines on. Not judged: exceptions, dataclasses,
whose fields speak, and classes with a base, since `help` shows the docstring of the base.

Modules count that hold at least three such functions and classes at their top, documented or not.
Not judged: `__init__` and `__main__`.

## Why it matters
The docstring is where a caller learns what goes in, what comes out and what may go wrong. Without
it each of them reads the body, and takes what the code happens to do for what it promises.

## How to fix it
Say in one line what it is for, then what the types cannot say: units, shapes, errors.

Bad:

    def total(lines, rate):
        net = sum(line.price for line in lines)
        ...  # vouchers, rounding, and ten lines more
        return net * (1 + rate)

Good:

    def total(lines, rate):
        \"\"\"The price of all lines with tax, in cents; the rate is 0.19 for 19 percent.\"\"\"
        net = sum(line.price for line in lines)
        ...
        return net * (1 + rate)

## When to accept it
Where the name and the types say everything, and the team has agreed on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from scanner.domain.facts import MODULE, Class, Function
from scanner.rules.contexts import ModuleContext
from scanner.rules.naming.symbols import (
    decorated,
    has_base,
    heirs,
    is_data,
    is_error,
    is_private_module,
    public_classes,
    public_functions,
    site_of,
)
from scanner.rules.offences import WHOLE_FILE, Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COST: Final = millionths(0.5)
_SAID_ELSEWHERE: Final = _words(
    "overload override overrides property cached_property setter getter deleter validator "
    "field_validator root_validator model_validator field_serializer model_serializer"
)
_CALLED_BY_FRAMEWORKS: Final = _words(
    "get post put patch delete head options trace route api_route websocket websocket_route "
    "api_view fixture hookimpl hookspec receiver register listens_for event_handler on_event "
    "exception_handler errorhandler before_request after_request middleware context_processor"
)
_FIRST_GIVEN: Final[Mapping[str, str]] = {"setup": "app"}
_HOOK: Final = "pytest_"


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if is_private_module(context.path) or context.module.has_main_guard:
        return
    counted = _counted(context)
    if _is_bare_module(context, counted):
        yield Offence(
            line=1,
            end_line=max(1, context.module.lines),
            symbol=MODULE,
            message=f"The module {brief(context.file_name)} has no docstring; say what it is for.",
            costs=(Cost(COST, WHOLE_FILE),),
        )
    for found in counted:
        if not found.has_docstring:
            yield _offence(found, "class" if isinstance(found, Class) else "function")


def _counted(context: ModuleContext) -> tuple[Class | Function, ...]:
    """The classes and functions that should have a docstring."""
    short = context.limits.undocumented_lines
    inherits = context.once(heirs)
    classes = (
        found
        for found in public_classes(context.module)
        if found.end_line - found.line + 1 > short and _should_say(found)
    )
    functions = (
        function
        for function in public_functions(context.module)
        if function.lines > short and _should_tell(function, inherits)
    )
    return (*classes, *functions)


def _offence(found: Class | Function, kind: str) -> Offence:
    return Offence(
        line=found.line,
        end_line=found.end_line,
        symbol=found.name,
        message=f"The public {kind} {brief(found.name)} has no docstring; say what a caller has to "
        "know.",
        costs=(Cost(COST, site_of(found)),),
    )


def _is_bare_module(context: ModuleContext, counted: Sequence[Class | Function]) -> bool:
    if context.module.has_docstring or context.file_name.startswith("__"):
        return False
    return sum("." not in found.name for found in counted) > context.limits.undocumented_names


def _should_say(found: Class) -> bool:
    """Whether nothing but its docstring says what a class is for."""
    if "." in found.name or is_error(found):
        return False
    return not has_base(found) and not is_data(found)


def _should_tell(function: Function, inherits: Mapping[str, bool]) -> bool:
    """Whether nothing but its docstring tells callers what a function does."""
    if function.is_stub or inherits.get(function.owner, False):
        return False
    return not (decorated(function, _SAID_ELSEWHERE) or _is_called_by_framework(function))


def _is_called_by_framework(function: Function) -> bool:
    """Whether a framework calls it by a protocol that says what it gets and what it gives."""
    name = function.name
    first = function.slots[0].name if function.slots else ""
    if name == "main" or name.startswith(_HOOK) or decorated(function, _CALLED_BY_FRAMEWORKS):
        return True
    return first == "request" or _FIRST_GIVEN.get(name) == first


RULE = module_rule("NM06", "missing-public-docstring", effort=5, page=__doc__, judge=_judge)
