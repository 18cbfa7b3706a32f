"""Except handlers: what they catch, do and keep."""

from __future__ import annotations

import pytest

from tests.scanner.child.facts import facts, handler


def test_a_handler_in_its_place() -> None:
    found = facts("""
        import os as o, errno
        async def f():
            for x in y:
                try:
                    await x.run()
                    import fast
                except (ValueError, o.error, make(), *more) as error:
                    log.warning("no", exc_info=True)
                else:
                    done()
    """).handlers[0]
    assert (found.line, found.end_line, found.symbol) == (7, 8, "f")
    assert found.types == ("ValueError", "os.error", "?", "?")
    assert found.tried == ("x.run",)
    assert found.tried_statements == 2
    assert found.tries_import
    assert found.tries_await
    assert found.in_async
    assert found.in_loop
    assert found.has_else
    assert not found.in_reraising_handler


def test_places_that_are_elsewhere() -> None:
    found = facts("""
        for x in y:
            def f():
                try:
                    def g():
                        import a
                        call()
                    class B:
                        import c
                except E:
                    def h():
                        raise
    """).handlers[0]
    assert not found.in_loop
    assert not found.in_async
    assert not found.tries_import
    assert found.tried == ()
    assert not found.raises


def test_calls_that_are_tried_come_in_order_and_are_cut() -> None:
    calls = "\n".join(f"    c{number}(d{number}())" for number in range(9))
    found = handler(f"try:\n{calls}\nexcept E: pass")
    assert found.tried == ("c0", "d0", "c1", "d1", "c2", "d2", "c3", "d3", "c4", "d4", "c5", "d5")


def test_nested_handlers() -> None:
    found = facts("""
        try:
            a()
        except A:
            try:
                b()
            except B:
                pass
            raise
        except C:
            try:
                c()
            except D:
                pass
    """).handlers
    assert [(each.types[0], each.raises, each.in_reraising_handler) for each in found] == [
        ("A", True, False),
        ("B", False, True),
        ("C", False, False),
        ("D", False, False),
    ]


SHAPES = {
    "pass": "pass",
    "...": "pass",
    "'why'": "pass",
    "continue": "continue",
    "break": "break",
    "return": "return-none",
    "return None": "return-none",
    "return False": "return-constant",
    "return []": "return-constant",
    "return {'a': (1, -2)}": "return-constant",
    "return [x]": "return-other",
    "return f()": "return-other",
    "x = 1": "assign",
    "x = f()\n        y: int = 2\n        z += 1": "assign",
    "f()": "other",
    "pass\n        pass": "other",
    "if x: pass": "other",
}


@pytest.mark.parametrize(("body", "shape"), SHAPES.items(), ids=SHAPES)
def test_shapes(body: str, shape: str) -> None:
    source = f"def f():\n  for x in y:\n    try: a\n    except E:\n        {body}\n"
    assert handler(source).shape == shape


CALLS = {
    "log.error('no')": (False, False),
    "log.error('no', exc_info=True)": (True, False),
    "log.error('no', exc_info=e)": (True, True),
    "log.error('no', exc_info=False)": (False, False),
    "log.error('no', exc_info=None)": (False, False),
    "log.error('no', exc_info=flag)": (True, False),
    "log.error(e)": (False, True),
    "log.error(f'no: {e.args[0]!r}')": (False, True),
    "log.error('no %s' % e)": (False, True),
    "log.error('no', extra={'why': str(e)})": (False, True),
    "log.error(traceback.format_exc())": (False, True),
    "log.error(sys.exc_info()[1])": (False, True),
    "log.error(isinstance(e, OSError))": (False, False),
    "log.error(*[x for x in e.errors])": (False, True),
    "log.error(lambda: e)": (False, True),
}


@pytest.mark.parametrize(("call", "said"), CALLS.items(), ids=CALLS)
def test_what_calls_are_given(call: str, said: tuple[bool, bool]) -> None:
    found = handler(f"import traceback, sys\ntry: a\nexcept E as e: {call}\n").calls[0]
    assert (found.has_exc_info, found.takes_error) == said


def test_text_made_of_the_error_carries_it() -> None:
    found = handler("""
        try:
            a()
        except E as e:
            text = f"no: {e}"
            first, *rest = e.errors()
            for one in rest:
                log.error(one)
            log.error(text)
            log.error(first)
            log.error(other)
    """)
    given = [call.takes_error for call in found.calls if call.name == "log.error"]
    assert given == [True, True, True, False]


KEPT = {
    "self.error = e": True,
    "errors[k] = e": True,
    "errors += [e]": True,
    "text: str = str(e)\n    return text": True,
    "text: str = str(e)\n    def g(): return text": True,
    "global text; text = str(e)": True,
    "text = str(e); log.warning(text)": False,
    "text = self.text = str(e)": True,
    "assert e.code == 404": True,
    "name = type(e).__name__; names.append(name)": False,
    "return type(e).__name__": True,
    "return e": True,
    "return {'error': e.code}": True,
    "yield e": True,
    "if (x := e.code): pass\n    print(x)": True,
    "tb = traceback.format_exc()\n    return tb": True,
    "tb = traceback.format_exc()": False,
    "ok = isinstance(e, OSError)": False,
    "handle(e)": False,
    "if e.code == 1: pass": False,
    "return None": False,
    "e = None": False,
}


@pytest.mark.parametrize(("body", "kept"), KEPT.items(), ids=KEPT)
def test_what_keeps_the_error(body: str, kept: bool) -> None:
    source = f"import traceback\ndef f():\n    try: a\n    except E as e:\n        {body}\n"
    assert handler(source).keeps_error is kept


FAILURES = {
    "return {'error': 'bad'}": True,
    "return f'{x} (invalid)'": True,
    "result = 'could not be read'": True,
    "state = State.FAILED": True,
    "failed = True": True,
    "self.errors = 1": True,
    "errors = []": False,
    "error = None": False,
    "return 'default'": False,
    "return b'error'": False,
    "return terror": False,
    "return 'terrors'": False,
    "state = failed": False,
}


@pytest.mark.parametrize(("body", "says"), FAILURES.items(), ids=FAILURES)
def test_what_speaks_of_a_failure(body: str, says: bool) -> None:
    source = f"def f():\n    try: a\n    except E:\n        {body}\n"
    assert handler(source).says_failed is says


EXCUSES = {
    "# it is fine if this fails\ntry:": True,
    "# best effort: the\n# copy keeps no dates\ntry:": True,
    "# copy the dates\ntry:": False,
    "x = 1  # may fail\ntry:": False,
    "# may fail\n\ntry:": False,
    "# noqa: may fail, said to no tool\ntry:": True,
    "try:\n    b()\n    c()": False,
}


@pytest.mark.parametrize(("text", "commented"), EXCUSES.items(), ids=EXCUSES)
def test_comments_above_a_short_try(text: str, commented: bool) -> None:
    above = "# it may fail\n" if "b()" in text else ""
    assert handler(f"{above}{text}\n    a()\nexcept E:\n    pass\n").commented is commented


COMMENTS = {
    "except E:  # it may be gone": True,
    "# it may be gone\nexcept E:": True,
    "b()  # it may be gone\nexcept E:": False,
    "except E:\n    # it may be gone": True,
    "except E:  # noqa: BLE001": False,
    "except E:  # pragma: no cover": False,
    "except E:  # type: ignore[misc]": False,
    "except E:  # noqa: BLE001 - a hook must not fail": True,
    "except E:  # pylint: disable=broad-except": False,
    "except E:  #": False,
    "except E:\n    x = '# no comment'": False,
    "except E:\n    x = '#'  # one": True,
    "except E:\n    x = f'{y}#'": False,
    '"""\n# in a text\n"""\nexcept E:': False,
}


@pytest.mark.parametrize(("clause", "commented"), COMMENTS.items(), ids=COMMENTS)
def test_comments(clause: str, commented: bool) -> None:
    before, except_, after = clause.partition("except E:")
    tried = "".join(f"    {line}\n" for line in before.splitlines() if not line.startswith("#"))
    above = "".join(f"{line}\n" for line in before.splitlines() if line.startswith("#"))
    source = f"try:\n    a()\n{tried}{above}{except_}{after}\n    pass\n"
    if '"""' in before:
        source = f"try:\n    {before}{except_}{after}\n    pass\n"
    assert handler(source).commented is commented


def test_jumps_out_of_finally() -> None:
    found = facts("""
        def f():
            while a:
                try:
                    b()
                finally:
                    if c:
                        return 1
                    for d in e:
                        break
                    else:
                        continue
                    with g:
                        break
                    def h():
                        return 2
    """).finally_jumps
    assert [(each.line, each.statement, each.symbol) for each in found] == [
        (7, "return", "f"),
        (11, "continue", "f"),
        (13, "break", "f"),
    ]
    assert len({each.digest for each in found}) == 3


def test_except_groups_have_handlers_too() -> None:
    assert handler("try: a\nexcept* (A, B): pass").types == ("A", "B")
