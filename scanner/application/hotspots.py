"""How often the files of a revision changed lately."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from scanner.application.ports import Recent
from scanner.domain.churn import WINDOWS, Churn, churn
from scanner.domain.errors import UserError
from scanner.domain.revisions import Tree

logger = logging.getLogger(__name__)


def churn_of(tree: Tree, recent: Recent | None) -> Mapping[str, Churn] | None:
    """Churn by path; None where there is no past, or git cannot tell: no verdict fails for it."""
    if tree.revision is None or recent is None:
        return None
    try:
        steps = recent.steps(tree.revision.commit, max(WINDOWS))
    except UserError as error:
        logger.warning("churn is not counted: %s %s", error.code, error.detail)
        return None
    return churn(steps, (entry.path for entry in tree.entries))
