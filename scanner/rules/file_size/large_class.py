"""A class does too many things.

## What it finds
Classes with more than ten methods of their own. The cost is half the lines of the class (at most
500), times the share of methods beyond ten. Over 20 methods the message says "god class".

Not counted: special methods, properties and overloads; abstract methods, those without a body and
those of one line, which hold no logic or hand it on; methods that are found by a prefix before the
name of a node, a hook, a field or a command (visit_, leave_, depart_ and pytest_; in a class with a
base also resolve_, clean_, validate_, filter_, do_, help_ and complete_); in a class with a base,
the hooks below, which frameworks call by name. Not judged: protocols and visitors, whose methods
are set by what they describe or visit.

{hooks}

## Why it matters
Every method of a class can touch all of its state. With ten methods a reader can
check that; with thirty, state is changed from places nobody thinks of, and no test can build the
object without all of its dependencies.

## How to fix it
Group the methods by the attributes they use. A group that shares few attributes with
the rest is a class of its own; give the old class one attribute that holds it. Methods that use no
attribute at all become functions of the module.

Bad:

    class Order:
        def add_line(self, line): ...
        def total(self): ...
        def render_pdf(self): ...
        def send_mail(self): ...
        # ... and nine more

Good:

    class Order:
        def add_line(self, line): ...
        def total(self): ...

    class OrderMailer:
        def __init__(self, sender): ...
        def confirm(self, order): ...

## When to accept it
A class whose methods mirror an outside interface one to one, such as the client
of a remote API, and hold no logic beyond the call.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from scanner.domain.facts import Class, Function
from scanner.rules.contexts import ModuleContext
from scanner.rules.file_size.hooks import HOOKS, documented_hooks
from scanner.rules.offences import WHOLE_FILE, Cost, Offence, millionths
from scanner.rules.records import module_rule
from scanner.rules.wording import brief

SHARE: Final = 0.5
MINUTES_A_METHOD: Final = 5
_NOT_COUNTED: Final = frozenset(
    {
        "property",
        "cached_property",
        "abstractmethod",
        "abstractproperty",
        "classproperty",
        "hybrid_property",
        "setter",
        "getter",
        "deleter",
        "overload",
    }
)
_OF_NODES: Final = ("visit_", "leave_", "depart_", "pytest_")
_OF_FIELDS: Final = ("resolve_", "clean_", "validate_", "filter_", "do_", "help_", "complete_")


def _judge(context: ModuleContext) -> Iterator[Offence]:
    if len(context.module.functions) <= context.limits.class_methods:
        return
    derived = {found.name for found in context.module.classes if _has_base(found)}
    methods = _methods(context.module.functions, derived)
    for found in context.module.classes:
        if methods[found.name] > context.limits.class_methods and not _is_mirror(found):
            yield _offence(context, found, methods)


def _offence(context: ModuleContext, found: Class, methods: Mapping[str, int]) -> Offence:
    limits, count = context.limits, methods[found.name]
    lines = found.end_line - found.line + 1
    beyond = 1 - limits.class_methods / count
    kind = "is a god class: it " if count > limits.god_class_methods else ""
    return Offence(
        line=found.line,
        end_line=found.end_line,
        symbol=found.name,
        message=(
            f"{brief(found.name)} {kind}has {count} methods in {lines:,} lines, limit "
            f"{limits.class_methods}. Move methods that share state into a class of their own."
        ),
        costs=(Cost(millionths(SHARE * min(lines, limits.class_lines) * beyond), WHOLE_FILE),),
        effort=RULE.effort + MINUTES_A_METHOD * (count - limits.class_methods),
    )


def _methods(functions: Iterable[Function], derived: Collection[str]) -> Counter[str]:
    """The methods that count, by class. Conditional definitions of one name are one method."""
    names = {
        (function.owner, function.name)
        for function in functions
        if function.owner and not _is_special(function, function.owner in derived)
    }
    return Counter(owner for owner, _ in names)


def _is_special(function: Function, is_derived: bool) -> bool:
    name = function.name.rpartition(".")[2]
    if function.lines <= 1 or function.is_stub or (name[:2] == name[-2:] == "__"):
        return True
    if name.startswith(_OF_NODES):
        return True
    if is_derived and (name in HOOKS or name.startswith(_OF_FIELDS)):
        return True
    return any(dec.rpartition(".")[2] in _NOT_COUNTED for dec in function.decorators)


def _has_base(found: Class) -> bool:
    return any(base != "object" for base in found.bases)


def _is_mirror(found: Class) -> bool:
    """A protocol or a visitor: what it describes or visits sets its methods."""
    names = [base.rpartition(".")[2] for base in (found.name, *found.bases)]
    return "Protocol" in names[1:] or any("Visitor" in name for name in names)


RULE = module_rule(
    "FS02",
    "large-class",
    effort=60,
    page=(__doc__ or "").replace("{hooks}", documented_hooks()),
    judge=_judge,
)
