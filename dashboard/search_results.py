"""All that a search finds, by kind, and the one page that its words may be the name of."""

from __future__ import annotations

from dataclasses import dataclass, field

from dashboard.queries import search
from dashboard.queries.access import Viewer
from dashboard.queries.search import FileHit, FolderHit, Found, Part, Place, RepositoryHit
from dashboard.rule_search import RuleHit, rule_of, rules_with
from dashboard.search_words import Asked


@dataclass(frozen=True, slots=True)
class Results:
    """Hits of each kind; empty where a kind was not asked for."""

    repositories: Found[RepositoryHit] = field(default_factory=Found)
    rules: Found[RuleHit] = field(default_factory=Found)
    folders: Found[FolderHit] = field(default_factory=Found)
    files: Found[FileHit] = field(default_factory=Found)

    @property
    def totals(self) -> dict[str, int]:
        """How many there are of each kind."""
        return {
            "repositories": self.repositories.total,
            "rules": self.rules.total,
            "folders": self.folders.total,
            "files": self.files.total,
        }

    @property
    def has_more(self) -> bool:
        """Whether the totals are those of what was counted, and there is more."""
        return self.repositories.has_more or self.folders.has_more or self.files.has_more

    def pages(self, kind: str) -> int:
        """Pages of the list of one kind; one where all kinds stand together."""
        lists = {
            "repositories": self.repositories.pages,
            "rules": self.rules.pages,
            "folders": self.folders.pages,
            "files": self.files.pages,
        }
        return lists.get(kind, 1)

    def called(self, asked: Asked) -> Place | None:
        """The repository of exactly this address or name, where no other is called so."""
        text = asked.text.lower()
        same = [
            hit.place
            for hit in self.repositories.rows
            if text in {hit.place.slug.lower(), hit.place.name.lower()}
        ]
        return same[0] if len(same) == 1 and not asked.stays else None


def results(user: Viewer, asked: Asked, number: int) -> Results:
    """What is there for this user: the best of every kind, or one page of the kind asked for."""
    if not asked.words:
        return Results()
    part = Part.of(asked, number)
    files: Found[FileHit] = Found()
    folders: Found[FolderHit] = Found()
    if asked.wants("files"):
        files = search.files_with(user, asked, part)
    if asked.kind == "folders" or (files.total and asked.wants("folders")):
        folders = search.folders_with(user, asked, part)  # with no file there is no folder
    return Results(
        search.repositories_with(user, asked, part) if asked.wants("repositories") else Found(),
        _rules(asked, part) if asked.wants("rules") else Found(),
        folders,
        files,
    )


def rule_called(asked: Asked) -> str:
    """The code of the rule that the words are the code or the name of; "" where there is none."""
    return "" if asked.stays else rule_of(asked.text)


def _rules(asked: Asked, part: Part) -> Found[RuleHit]:
    hits = rules_with(asked.words)
    return Found(tuple(part.cut(hits)), len(hits))
