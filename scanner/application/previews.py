"""Questions of people about a rubric that they have not saved, and their answers.

A question is a row. What the stored sums can answer is answered at once; the rest is work for a
worker, told of over the broker. An answer holds as long as nothing new was judged, so the same
values asked again, by a reload or by somebody else, cost nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Final, Protocol

from scanner.application.attempts import failure_of
from scanner.application.document import Json
from scanner.application.records import Failure
from scanner.application.rubrics import Seen
from scanner.application.what_if import Question, WhatIf
from scanner.application.what_if_document import answer_document
from scanner.domain.errors import UserError

LEASE: Final = timedelta(minutes=3)  # progress extends it
TOLD_EVERY: Final = 0.5  # seconds
logger = logging.getLogger(__name__)

FAULT: Final = Failure(
    "what-if.fault",
    "The preview broke off for a reason that is not the rubric's.",
    "Save without it, or ask the operator to look for it in the worker's log.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the form it came from, so that its page can save what was asked."""

    question: Question
    seen: Seen
    sent: Mapping[str, str]


class PreviewStore(Protocol):
    """The questions and their answers."""

    def known(self, question: Question) -> int | None:
        """The same question, waiting or answered, if nothing was judged since."""
        ...

    def add(self, asked: Asked) -> int:
        """Store a question; older ones of the same rubric that are over are forgotten."""
        ...

    def claim(self, preview_id: int, lease: timedelta) -> Question | None:
        """The right to answer it, unless somebody answers it or did."""
        ...

    def note(self, preview_id: int, phase: str, done: int, total: int) -> None:
        """Show progress, and extend the lease."""
        ...

    def finish(self, preview_id: int, answer: Mapping[str, Json]) -> None:
        """Store the answer."""
        ...

    def fail(self, preview_id: int, failure: Failure) -> None:
        """There is no answer."""
        ...

    def release(self, preview_id: int) -> None:
        """Let it wait again."""
        ...


class Previews:
    """The use case behind the page that comes before saving."""

    def __init__(
        self,
        store: PreviewStore,
        what_if: WhatIf,
        wake: Callable[[int], None],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._store = store
        self._what_if = what_if
        self._wake = wake
        self._clock = clock

    def ask(self, asked: Asked) -> int:
        """The number of the preview; answered already where no rule has to judge."""
        known = self._store.known(asked.question)
        if known is not None:
            return known
        preview_id = self._store.add(asked)
        if self._what_if.must_judge(asked.question):
            self._wake(preview_id)
        else:
            self.run(preview_id)
        return preview_id

    def wake(self, preview_id: int) -> None:
        """Tell a worker once more; one that is answered is not asked again."""
        self._wake(preview_id)

    def run(self, preview_id: int) -> None:
        """Answer it; do nothing when it is not to be had."""
        question = self._store.claim(preview_id, LEASE)
        if question is None:
            logger.info("the preview is not waiting")
            return
        try:
            answer = self._what_if.answer(question, self._notes(preview_id))
            self._store.finish(preview_id, answer_document(answer))
        except UserError as error:
            logger.warning("no preview: %s %s", error.code, error.detail or error.message)
            self._store.fail(preview_id, failure_of(error))
        except Exception:
            logger.exception("the preview broke off")
            self._store.fail(preview_id, FAULT)
        except BaseException:
            self._store.release(preview_id)
            raise

    def _notes(self, preview_id: int) -> Callable[[str, int, int], None]:
        """Progress, written not more often than somebody looks."""
        told = [self._clock()]

        def note(phase: str, done: int, total: int) -> None:
            now = self._clock()
            if now - told[0] >= TOLD_EVERY:
                told[0] = now
                self._store.note(preview_id, phase, done, total)

        return note
