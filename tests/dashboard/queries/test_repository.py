"""One repository: its verdict, its past, and where its points went."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from dashboard.principles import LABELS
from dashboard.queries.fixes import gain_together, plan
from dashboard.queries.principle import principle_page
from dashboard.queries.repository import Overview, file_places, overview
from dashboard.queries.rubric import counts, occurrences
from scanner.domain.findings import MILLION
from scanner.domain.rubric import KEYS
from scanner.storage.models import Finding, PrincipleScore, Repository, Team
from tests.dashboard.latest import change_latest
from tests.portfolio import INAPPLICABLE, store_repository, store_scan, store_team, store_user


def page_of(user: User, repository: Repository) -> Overview:
    """The overview of a repository."""
    return overview(user, repository.team.slug, repository.slug)


def queries(user: User, repository: Repository) -> int:
    """How many queries the overview and its plan take."""
    with CaptureQueriesContext(connection) as seen:
        page = page_of(user, repository)
        plan(page.frame.id, page.standings)
    return len(seen)


def test_the_overview_holds_the_latest_verdict(lead: User, repository: Repository) -> None:
    page = page_of(lead, repository)
    latest = repository.latest
    assert latest is not None
    assert page.verdict is not None
    assert page.verdict.score == latest.score
    assert [one.label.key for one in page.standings] == list(KEYS)
    assert sum(one.share for one in page.standings) == pytest.approx(1)
    assert len(page.history.moments) == 3
    assert page.previous is not None
    assert page.previous.at < latest.committed_at


def test_queries_do_not_grow_with_the_past_or_the_findings(lead: User, team: Team) -> None:
    short = store_repository(team, "short", snapshots=2)
    long = store_repository(team, "long", snapshots=9)
    assert queries(lead, long) == queries(lead, short)


def test_a_change_is_told_by_rule(lead: User, repository: Repository) -> None:
    gone = repository.findings.filter(fixed_in=repository.latest)
    (cause,) = page_of(lead, repository).causes
    assert (cause.kind, cause.count) == ("fixed", gone.count())
    assert cause.effect == pytest.approx(sum(finding.points for finding in gone))


def test_the_first_scan_has_no_causes(lead: User, team: Team) -> None:
    page = page_of(lead, store_repository(team, "fresh", snapshots=1))
    assert page.causes == ()
    assert page.previous is None
    assert all(one.change is None for one in page.standings)


def test_rules_are_ranked_by_what_they_take(lead: User, repository: Repository) -> None:
    rules = page_of(lead, repository).rules
    open_findings = list(repository.findings.filter(fixed_in=None))
    assert [rule.points for rule in rules] == sorted((r.points for r in rules), reverse=True)
    assert sum(rule.count for rule in rules) == len(open_findings)
    assert sum(rule.points for rule in rules) == pytest.approx(
        sum(finding.points for finding in open_findings)
    )


def test_files_come_worst_first_and_sum_to_the_ledger(repository: Repository) -> None:
    files = file_places(repository)
    assert [file.points_lost for file in files] == sorted(
        (file.points_lost for file in files), reverse=True
    )
    assert len(files) == repository.files.count()


def test_what_is_left_out_is_grouped_by_reason(lead: User, repository: Repository) -> None:
    change_latest(
        repository,
        excluded=[
            {"path": "b/test_b.py", "reason": "test"},
            {"path": "a/migrations/0001.py", "reason": "migration"},
            {"path": "a/test_a.py", "reason": "test"},
        ],
    )
    verdict = page_of(lead, repository).verdict
    assert verdict is not None
    assert [(one.reason, one.paths) for one in verdict.excluded] == [
        ("test", ("a/test_a.py", "b/test_b.py")),
        ("migration", ("a/migrations/0001.py",)),
    ]
    assert verdict.left_out == 3
    assert verdict.unmeasured[0].line == 7


def test_a_repository_never_scanned_has_a_page(lead: User, team: Team) -> None:
    page = page_of(lead, store_repository(team, "fresh", snapshots=0))
    assert page.verdict is None
    assert page.standings == ()
    assert page.state.kind == "queued"


def test_a_failed_scan_leaves_the_last_verdict_standing(lead: User, repository: Repository) -> None:
    store_scan(repository, "failed")
    page = page_of(lead, repository)
    assert page.state.kind == "failed"
    assert page.verdict is not None


def test_pages_of_foreign_repositories_are_not_there(repository: Repository) -> None:
    stranger = store_user(store_team("Other"), "stranger")
    with pytest.raises(Http404):
        page_of(stranger, repository)
    with pytest.raises(Http404):
        principle_page(stranger, "shop", "orders", LABELS["typing"], 1)


class TestPlan:
    """The way to the next grade, from what is stored."""

    def test_it_reaches_the_grade_with_its_last_fix(
        self, lead: User, repository: Repository
    ) -> None:
        page = page_of(lead, repository)
        found = plan(repository.pk, page.standings)
        assert page.verdict is not None
        assert found is not None
        assert found.count == len(found.fixes) + found.more
        assert found.fixes[0].gain > 0
        gained = sum(fix.gain for fix in found.fixes)
        assert found.fixes[-1].score_after == pytest.approx(page.verdict.score + gained)

    def test_the_largest_fixes_are_told_too(self, lead: User, repository: Repository) -> None:
        page = page_of(lead, repository)
        found = plan(repository.pk, page.standings)
        assert page.verdict is not None
        assert found is not None
        assert found.largest[0].gain >= found.fixes[0].gain
        gained = sum(fix.gain for fix in found.largest)
        assert found.largest[-1].score_after == pytest.approx(page.verdict.score + gained)

    def test_some_together_gain_what_they_gain_in_turn(
        self, lead: User, repository: Repository
    ) -> None:
        found = plan(repository.pk, page_of(lead, repository).standings)
        assert found is not None
        both = found.largest[:2]
        places = [(fix.rule, fix.path, fix.line) for fix in both]
        chosen = [
            finding.fingerprint
            for finding in repository.findings.filter(fixed_in=None)
            if (finding.rule, finding.path, finding.line) in places
        ]
        gained = gain_together(repository, chosen)
        assert gained == pytest.approx(sum(fix.gain for fix in both))

    def test_at_the_best_grade_it_still_ranks_what_is_left(
        self, lead: User, repository: Repository
    ) -> None:
        rows = PrincipleScore.objects.filter(snapshot=repository.latest)
        rows.update(conforming=9_000_000 * MILLION)
        found = plan(repository.pk, page_of(lead, repository).standings)
        assert found is not None
        assert found.grade == ""
        scores = [fix.score_after for fix in found.fixes]
        assert scores == sorted(scores)

    def test_a_fix_of_a_site_makes_it_conform(self, lead: User, repository: Repository) -> None:
        finding = repository.findings.filter(fixed_in=None, rule="CX01").get()
        others = repository.findings.exclude(pk=finding.pk)
        others.update(points=0)
        finding.charges = [
            {
                "path": finding.path,
                "line": 1,
                "cost": finding.cost,
                "site": "1",
                "mass": finding.cost,
            }
        ]
        finding.save()
        page = page_of(lead, repository)
        found = plan(repository.pk, page.standings)
        assert found is not None
        standing = next(one for one in page.standings if one.label.key == "complexity")
        good = standing.conforming + finding.cost + standing.grace
        bad = standing.rigour * (standing.debt - finding.cost)
        score = 100 * good / (good + bad)
        assert standing.score is not None
        assert found.fixes[0].gain == pytest.approx(
            (score - standing.score) * standing.share, abs=1e-6
        )

    def test_nothing_open_needs_no_plan(self, lead: User, repository: Repository) -> None:
        repository.findings.all().delete()
        assert plan(repository.pk, page_of(lead, repository).standings) is None


class TestPrinciple:
    """The page of one principle."""

    @pytest.mark.parametrize("key", KEYS)
    def test_each_principle_has_one(self, key: str, lead: User, repository: Repository) -> None:
        page = principle_page(lead, "shop", "orders", LABELS[key], 1)
        assert page.standing is not None
        assert page.standing.applicable is (key not in INAPPLICABLE)
        open_here = repository.findings.filter(fixed_in=None, principle=key)
        assert page.offenders.total == open_here.count()
        assert sum(cost.count for cost in page.costs.values()) == open_here.count()

    def test_its_places_sum_the_points_of_a_file(self, lead: User, repository: Repository) -> None:
        page = principle_page(lead, "shop", "orders", LABELS["complexity"], 1)
        expected = repository.findings.filter(fixed_in=None, principle="complexity", cost__gt=0)
        assert sum(place.points for place in page.places) == pytest.approx(
            sum(finding.points for finding in expected)
        )

    def test_its_queries_do_not_grow(self, lead: User, team: Team) -> None:
        taken = []
        for name, snapshots in (("short", 2), ("long", 8)):
            store_repository(team, name, snapshots=snapshots)
            with CaptureQueriesContext(connection) as seen:
                principle_page(lead, "shop", name, LABELS["typing"], 1)
            taken.append(len(seen))
        assert taken[0] == taken[1]


def test_a_rule_is_counted_in_the_readers_repositories_alone(
    lead: User, repository: Repository
) -> None:
    store_repository(store_team("Other"), "secret")
    (place,) = occurrences(lead, "FS01")
    assert (place.name, place.team_slug, place.count) == ("orders", "shop", 1)
    assert counts(lead)["FS01"] == 1
    assert (
        sum(counts(lead).values())
        == Finding.objects.filter(repository=repository, fixed_in=None).count()
    )
