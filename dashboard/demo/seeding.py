"""Brings the stories into a portfolio: written as git repositories, scanned, backfilled."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from dashboard.config.environment import HOME
from dashboard.demo.chronicle import eras
from dashboard.demo.stories import STORIES, TEAMS, Story
from scanner.application.demonstrating import Demonstration
from scanner.domain.weeks import week_start
from scanner.git.writing import append, make_bare, rename_branch

PREFIX: Final = "demo-"
"""How the slugs of its teams begin."""

Told = Callable[[str], None]
"""Hears the name of a repository when it is done."""


def seed(
    demonstration: Demonstration,
    owner_id: int,
    now: datetime,
    told: Told,
    *,
    may_mix: bool = False,
    stories: Sequence[Story] = STORIES,
) -> None:
    """Make all of it. Raises UserError where there is one already, or real repositories are."""
    demonstration.check({str(HOME)}, may_mix=may_mix)
    shutil.rmtree(demonstration.folder, ignore_errors=True)  # what a broken-off one left
    store = demonstration.store
    teams = {key: store.team(PREFIX + key, name, owner_id) for key, name in TEAMS.items()}
    for story in stories:
        _tell(demonstration, story, teams[story.team], now)
        told(story.name)


def unseed(demonstration: Demonstration) -> int:
    """Take all of it away; how many repositories that were."""
    count = demonstration.remove([PREFIX + key for key in TEAMS])
    shutil.rmtree(demonstration.folder, ignore_errors=True)
    return count


def _tell(demonstration: Demonstration, story: Story, team_id: int, now: datetime) -> None:
    path = demonstration.folder / f"{story.name}.git"
    make_bare(path)
    if story.state == "never":
        unscanned = demonstration.register(team_id, story.name, path, None)
        demonstration.engine.label(unscanned, story.labels)
        return
    repository_id = _scanned(demonstration, story, path, team_id, now)
    demonstration.engine.label(repository_id, story.labels)
    if story.state == "failed":
        rename_branch(path)
        demonstration.scan(repository_id, now)


def _scanned(
    demonstration: Demonstration, story: Story, path: Path, team_id: int, now: datetime
) -> int:
    """Each era is committed, then scanned; at the end the past between them is read."""
    repository_id = 0
    for era in eras(story, week_start(now), now):
        append(path, era.commits, is_first=not repository_id)
        when = era.commits[-1].when
        if repository_id:
            demonstration.scan(repository_id, when)
        else:
            repository_id = demonstration.register(team_id, story.name, path, when)
    if story.state != "empty":
        demonstration.engine.backfill(repository_id)
    return repository_id
