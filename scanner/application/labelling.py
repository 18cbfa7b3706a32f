"""Label repositories: words by which a team finds and groups them, of its own choosing."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, Protocol

from scanner.application.naming import tidy_name
from scanner.application.stores import Atomic, RepositoryStore
from scanner.domain.errors import UserError

LONGEST_LABEL: Final = 30  # characters
MOST_LABELS: Final = 12  # of one repository


class LabelStore(Protocol):
    """The labels of repositories."""

    def put(self, repository_id: int, labels: Collection[str]) -> None:
        """Let it have these and no others."""
        ...


class Labelling:
    """The use case behind the form."""

    def __init__(self, repositories: RepositoryStore, labels: LabelStore, atomic: Atomic) -> None:
        self._repositories = repositories
        self._labels = labels
        self._atomic = atomic

    def label(self, repository_id: int, text: str) -> Sequence[str]:
        """Replace the labels by those of a text; what they are now.

        Raises UserError "labels.long", "labels.many" or "repository.gone".
        """
        found = checked_labels(text)
        with self._atomic():
            self._repositories.get(repository_id)
            self._labels.put(repository_id, found)
        return found


def checked_labels(text: str) -> tuple[str, ...]:
    """The labels in a text with commas between: small letters, each once, in order."""
    words = (tidy_name(part).lower() for part in re.split(r"[,;\n]", text))
    found = tuple(dict.fromkeys(re.sub(r"\s+", "-", word) for word in words if word))
    for label in found:
        if len(label) > LONGEST_LABEL:
            raise UserError(
                "labels.long",
                f"The label {label[:LONGEST_LABEL]}… is too long.",
                f"A label has at most {LONGEST_LABEL} letters; put commas between them.",
            )
    if len(found) > MOST_LABELS:
        raise UserError(
            "labels.many",
            f"{len(found)} labels are too many to tell repositories apart.",
            f"Keep the {MOST_LABELS} that you filter by.",
        )
    return found
