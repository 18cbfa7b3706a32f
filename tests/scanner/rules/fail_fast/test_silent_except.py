"""FF01 silent-except."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.scanner.rules.harness import check, judge


def handler(body: str, clause: str = "except Exception as error:") -> str:
    """A function whose handler holds this body; its clause stands on line 4."""
    return f"def f():\n    try:\n        work()\n    {clause}\n{indent(body, ' ' * 8)}\n"


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        ("except Exception:", "`except Exception`"),
        ("except BaseException as error:", "`except BaseException`"),
        ("except (ValueError, Exception):", "`except (ValueError, Exception)`"),
        ("except:", "Bare `except:`"),
    ],
)
def test_all_that_is_broad(clause: str, named: str) -> None:
    (finding,) = check("FF01", handler("pass", f"{clause}  # offends 3"))
    assert finding.message == (
        f"{named} around `work` does nothing: every error is swallowed and nobody is told. "
        "Catch the errors you expect, by type."
    )
    assert (finding.symbol, finding.end_line) == ("f", 5)


@pytest.mark.parametrize(
    "clause",
    [
        "except ValueError:",
        "except (OSError, KeyError):",
        "except exit.Exception:",
        "except kinds:",
    ],
)
def test_typed_handlers_are_fine(clause: str) -> None:
    check("FF01", handler("pass", clause))


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("...", "does nothing"),
        ("return None", "returns None"),
        ("return []", "returns a constant"),
        ("count = 0", "goes on with another value"),
        ("session.rollback()\nreturn fallback()", "goes on"),
        ("x = isinstance(error, OSError)", "goes on with another value"),
    ],
)
def test_bodies_that_pass_over_every_error(body: str, outcome: str) -> None:
    (finding,) = check("FF01", handler(body, "except Exception as error:  # offends 3"))
    assert f"around `work` {outcome}: every error" in finding.message


def test_in_loops_the_jump_is_named() -> None:
    (finding,) = check(
        "FF01",
        """
        for item in items:
            try:
                json.loads(item)
                store(item)
            except Exception:  # offends 3
                continue
        """,
    )
    assert "around `json.loads` and `store` goes on with the next turn" in finding.message


@pytest.mark.parametrize(
    ("tried", "named"),
    [
        ("super().destroy(x)", " around `destroy`"),
        ("shop.db.orders.find(x)", " around `orders.find`"),
        ("log.debug('x')\n    x = list(y)", ""),
        ("log.debug('x')\n    go(list(y))\n    go(2)\n    a()\n    b()", " around `go` and `a`"),
        ("x = y[0]", ""),
        ("factory()()", " around `factory`"),
    ],
)
def test_the_message_names_what_may_fail(tried: str, named: str) -> None:
    source = f"try:\n    {tried}\nexcept Exception:\n    pass\n"
    found = [f for f in judge({"shop/a.py": source}).findings if f.rule.startswith("FF")]
    assert found[0].message.startswith(f"`except Exception`{named} does nothing: ")


@pytest.mark.parametrize(
    "body",
    [
        "raise",
        "raise ShopError() from error",
        "if fatal:\n    raise",
        "sys.exit(1)",
        "pytest.fail('no')",
        "logger.exception('failed')",
        "logging.getLogger(__name__).error('failed')",
        "self.log.warning('failed')",
        "print('failed')",
        "warnings.warn('failed')",
        "sys.stderr.write('failed')",
        "traceback.print_exc()",
        "sentry_sdk.capture_exception()",
        "debug('failed')",
        "return error",
        "self.error = error",
        "errors.append(error)",
        "yield str(error)",
        "message = f'failed: {error}'",
        "return {'error': str(error)}",
        "future.set_exception(error)",
        "callback(error)",
        "self.handle_error()",
        "report_failure()",
        "return sys.exc_info()",
    ],
)
def test_what_raises_tells_or_uses_the_error_is_fine(body: str) -> None:
    check("FF01", handler(body))


def test_a_raise_in_a_nested_function_is_not_the_handlers() -> None:
    check("FF01", handler("def g():\n    raise error", "except Exception as error:  # offends"))


def test_math_is_no_logging() -> None:
    check("FF01", handler("x = math.log(2)", "except Exception:  # offends 3"))


@pytest.mark.parametrize(
    "comment",
    [
        "pass  # the host must go on",
        "# the host must go on\npass",
    ],
)
def test_a_comment_that_explains_makes_it_cheaper(comment: str) -> None:
    (finding,) = check("FF01", handler(comment, "except Exception:  # offends 1"))
    assert finding.detail == "costs less: a comment explains it"


def test_a_comment_for_a_tool_explains_nothing() -> None:
    check("FF01", handler("pass  # noqa: BLE001", "except Exception:  # offends 3"))
    check("FF01", handler("pass  # pragma: no cover", "except Exception:  # offends 3"))


@pytest.mark.parametrize(
    "tried", ["import ujson as json", "json = importlib.import_module('ujson')"]
)
def test_an_optional_import_is_cheaper(tried: str) -> None:
    source = (
        f"import importlib\ntry:\n    {tried}\nexcept Exception:  # offends 1\n    json = None\n"
    )
    (finding,) = check("FF01", source)
    assert finding.detail == "costs less: an optional import"


@pytest.mark.parametrize(
    ("name", "answer", "cost"),
    [
        ("is_ready", "False", 1),
        ("_has_key", "False", 1),
        ("shouldRun", "True", 1),
        ("validate", "{}", 1),
        ("is_ready", "None", 3),
        ("issue_token", "False", 3),
        ("canvas", "False", 3),
        ("ready", "False", 3),
    ],
)
def test_a_predicate_that_answers_with_a_constant_is_cheaper(
    name: str, answer: str, cost: int
) -> None:
    check(
        "FF01",
        f"""
        def {name}(x):
            try:
                return ask(x)
            except Exception:  # offends {cost}
                return {answer}
        """,
    )


@pytest.mark.parametrize(
    "name",
    [
        "__del__",
        "__exit__",
        "__repr__",
        "close",
        "aclose",
        "_close_all",
        "shutdown",
        "stop",
        "tearDown",
        "force_close_all",
        "on_disconnect",
    ],
)
def test_closing_is_exempt(name: str) -> None:
    check(
        "FF01",
        f"""
        class Pool:
            def {name}(self):
                try:
                    self.work()
                except Exception:
                    pass
        """,
    )


def test_so_is_a_try_that_only_closes() -> None:
    check(
        "FF01",
        """
        def swap(old, new):
            try:
                old.socket.shutdown()
                old.close()
            except Exception:
                pass
            try:
                new.open()
                old.close()
            except Exception:  # offends 3
                pass
        """,
    )


@pytest.mark.parametrize("name", ["closest", "closed_loop", "stopwords", "delta", "exiting"])
def test_words_that_only_begin_like_closing_are_not(name: str) -> None:
    source = (
        f"def {name}():\n    try:\n        work()\n    except Exception:  # offends\n        pass\n"
    )
    check("FF01", source)


def test_clean_up_in_a_handler_that_raises_is_exempt() -> None:
    check(
        "FF01",
        """
        def write(path):
            try:
                save(path)
            except OSError:
                try:
                    path.unlink()
                except Exception:
                    pass
                raise
        """,
    )


def test_one_finding_a_site_names_the_others() -> None:
    (finding,) = check("FF01", "try:\n    work()\nexcept:  # offends 3\n    pass\n")
    assert finding.detail == "also FF02 bare-except"
    found = judge({"shop/a.py": "try:\n    work()\nexcept:\n    pass\n"}).findings
    assert [item.rule for item in found if item.principle == "fail-fast"] == ["FF01"]


def test_handlers_conform_one_by_one() -> None:
    good = "try:\n    work()\nexcept ValueError:\n    pass\n"
    bad = good.replace("ValueError", "Exception")
    tally = next(
        principle.tally
        for principle in judge({"shop/a.py": good * 3 + bad}).principles
        if principle.key == "fail-fast"
    )
    assert (tally.n, tally.conforming, tally.debt) == (4, 3_000_000, 3_000_000)


def test_the_same_handler_keeps_its_identity_when_it_moves() -> None:
    one = check("FF01", handler("pass", "except Exception:  # offends"))
    moved = "import os\n\n\n" + handler("pass", "except  Exception :  # offends")
    assert one[0].fingerprint == check("FF01", moved)[0].fingerprint


@pytest.mark.parametrize(
    "tried",
    [
        "return hash(x)",
        "return repr(x)",
        "return not isinstance(x, type)",
        "iter(x)",
        "pickle.loads(pickle.dumps(x))",
    ],
)
def test_a_foreign_object_may_raise_anything(tried: str) -> None:
    source = "import pickle\ndef f(x):\n    try:\n        {}\n    except {}:{}\n        return 0\n"
    check("FF01", source.format(tried, "Exception", ""))
    check("FF01", source.format(f"{tried}; work()", "Exception", "  # offends 3"))


def test_but_not_the_wish_to_stop() -> None:
    check("FF02", "def f(x):\n    try:\n        hash(x)\n    except:  # offends 2\n        pass\n")


@pytest.mark.parametrize(
    ("tried", "cost"),
    [
        ("port = settings['port']", 1),
        ("name = user.name", 1),
        ("size = int(text)", 1),
        ("size = parse(text)", 3),
        ("name = user.name\n    size = user.size", 3),
    ],
)
def test_one_look_at_a_value_can_hide_little(tried: str, cost: int) -> None:
    (finding,) = check(
        "FF01", f"try:\n    {tried}\nexcept Exception:  # offends {cost}\n    pass\n"
    )
    assert finding.detail == ("costs less: one look at a value" if cost == 1 else "")


@pytest.mark.parametrize(
    ("name", "cost"),
    [("safe_load", 1), ("_try_load", 1), ("load_or_none", 1), ("load", 3), ("trying", 3)],
)
def test_a_name_may_say_that_errors_are_passed_over(name: str, cost: int) -> None:
    check(
        "FF01",
        f"""
        def {name}(x):
            try:
                return load(x)
            except Exception:  # offends {cost}
                return None
        """,
    )


def test_a_comment_above_a_short_try_explains_it() -> None:
    source = "{}\ntry:\n    copy_dates(a, b)\nexcept Exception:  # offends {}\n    pass\n"
    check("FF01", source.format("# it is fine when dates cannot be kept", 1))
    check("FF01", source.format("# keep the dates", 3))


@pytest.mark.parametrize(
    "body",
    [
        "return {'error': 'no such order'}",
        "return json_response('invalid body')",
        "invalid_ids.append(1)",
        "state = State.FAILED",
        "flash('no luck')",
        "display.vvv('no luck')",
        "signals.status_message.send('no luck')",
    ],
)
def test_a_failure_that_is_spoken_of_is_not_silent(body: str) -> None:
    check("FF01", handler(body))
    check("FF03", handler(body, "except Exception as error:  # offends 1"))


@pytest.mark.parametrize(
    "body",
    [
        "assert 'gone' in str(error)",
        "rows.append(type(error).__name__)",
        "with safe_reraise(): undo()",
    ],
)
def test_so_are_an_assertion_a_name_of_the_kind_and_a_context_that_raises(body: str) -> None:
    check("FF01", handler(body))
    check("FF03", handler(body))


@pytest.mark.parametrize("name", ["force_close", "safe_shutdown", "_maybe_close_all", "do_exit"])
def test_closing_by_force_is_closing(name: str) -> None:
    source = f"def {name}():\n    try:\n        work()\n    except Exception:\n        pass\n"
    check("FF01", source)
