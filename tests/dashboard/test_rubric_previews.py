"""What a rubric would do, as the page before saving tells it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from scanner.domain.rubric import DEFAULT
from scanner.storage.models import Preview, Repository, Team
from tests.dashboard.answers import Answer
from tests.dashboard.rubric_form import address, sent
from tests.portfolio import store_repository

HTMX = {"HX-Request": "true"}


def asked(client: Client, repository: Repository | None, **values: str) -> Answer:
    """The page that comes before saving these values."""
    response = client.post(address(repository), sent(repository, **values))
    assert response.status_code == 200
    return response


def page_of(repository: Repository, preview: Preview) -> str:
    """Where a preview is told."""
    place = [repository.team.slug, repository.slug, preview.pk]
    return reverse("repository-rubric-preview", args=place)


@pytest.fixture
def answer(repository: Repository) -> dict[str, object]:
    """An answer as a worker stores it."""
    scores = {"typing": 80.0, "complexity": 90.0}
    sides = [
        {"score": score, "grade": grade, "principles": {**scores, "complexity": score}}
        for score, grade in ((91.0, "A"), (84.25, "B"))
    ]
    rule = {"rule": "CX02", "came": 4, "went": 1, "findings": 7}
    effect = {
        "repository": repository.pk,
        "before": sides[0],
        "after": sides[1],
        "rules": [{**rule, "points_before": 0.5, "points_after": 7.25}],
    }
    points = [
        {
            "commit": f"{number:040x}",
            "committed_at": f"2025-0{number}-03T09:00:00Z",
            "coverage": 1.0,
            "before": 90.0 + number,
            "after": 83.0 + number,
        }
        for number in range(1, 4)
    ]
    return {"repositories": [effect], "points": points, "left_out": 2, "missing": 0}


def test_weights_are_told_at_once(owner_client: Client, repository: Repository) -> None:
    repository.snapshots.update(rubric=DEFAULT.version)
    text = asked(owner_client, repository, principles__complexity__weight="50").content.decode()

    assert "What it would do" in text
    assert "The score would go from" in text
    assert "3\N{NO-BREAK SPACE}points of the history" in text
    assert Preview.objects.get().status == "done"


def test_a_limit_is_asked_of_a_worker_and_the_page_waits(
    owner_client: Client, repository: Repository
) -> None:
    text = asked(owner_client, repository, limits__nesting="6").content.decode()
    preview = Preview.objects.get()
    there = page_of(repository, preview)

    assert "It waits for a worker." in text
    assert f'hx-get="{there}"' in text
    assert f'<a href="{there}">' in text
    alone = owner_client.get(there).content.decode()
    assert '<noscript><meta http-equiv="refresh"' in alone
    assert 'name="limits.nesting" value="6"' in alone
    Preview.objects.update(status="running", phase="judge", done=30, total=120)
    assert "Judging: 25 %." in owner_client.get(there, headers=HTMX).content.decode()


def test_an_answer_is_told_in_figures(
    owner_client: Client, repository: Repository, answer: dict[str, object]
) -> None:
    asked(owner_client, repository, limits__nesting="6")
    Preview.objects.update(status="done", answer=answer)
    response = owner_client.get(page_of(repository, Preview.objects.get()))
    text = response.content.decode()

    assert "The score would go from 91.0 to 84.2: a B instead of A." in text
    assert "3\N{NO-BREAK SPACE}points of the history" in text
    assert "2\N{NO-BREAK SPACE}points are left out" in text
    row = text.partition("Long function")[2].partition("</tr>")[0]
    assert [cell.rpartition(">")[2] for cell in row.split("</td>")[:5]] == [
        *("4", "1", "7", "0.5", "7.2"),
    ]
    assert response.context["told"].chart.twin.rows[0] == (
        "3 Mar 2025",
        "93.0",
        "86.0",
        "\N{MINUS SIGN}7.0",
    )


def test_what_went_wrong_is_told_with_a_next_step(
    owner_client: Client, repository: Repository
) -> None:
    asked(owner_client, repository, limits__nesting="6")
    Preview.objects.update(status="failed", error_message="Gone.", error_next_step="Scan it.")
    text = owner_client.get(page_of(repository, Preview.objects.get())).content.decode()

    assert "There is no preview. Gone." in text
    assert "Scan it." in text
    assert "Save and judge again" in text


def test_the_same_values_are_asked_once(owner_client: Client, repository: Repository) -> None:
    asked(owner_client, repository, limits__nesting="6")
    asked(owner_client, repository, limits__nesting="6")
    asked(owner_client, repository, limits__nesting="7")

    assert Preview.objects.count() == 2


def test_only_who_may_change_it_sees_it(
    owner_client: Client, lead_client: Client, repository: Repository, team: Team
) -> None:
    asked(owner_client, repository, limits__nesting="6")
    there = page_of(repository, Preview.objects.get())
    other = store_repository(team, name="other")

    assert lead_client.get(there).status_code == 404
    assert owner_client.get(page_of(other, Preview.objects.get())).status_code == 404


def test_a_default_is_told_as_a_ranking(
    admin_client: Client,
    team: Team,
    repository: Repository,
    answer: dict[str, object],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    other = store_repository(team, name="other")
    repositories = answer["repositories"]
    assert isinstance(repositories, list)
    (effect,) = repositories
    still = {"score": 88.0, "grade": "B", "principles": {}}
    rest = {"repository": other.pk, "before": still, "after": still, "rules": []}
    asked(admin_client, None, limits__nesting="6")
    Preview.objects.update(
        status="done", answer={**answer, "repositories": [effect, rest], "points": []}
    )
    there = reverse("rubric-default-preview", args=[Preview.objects.get().pk])
    with django_assert_num_queries(5):
        response = admin_client.get(there)

    ranking = response.context["told"].ranking
    assert [(one.repository.name, one.place, one.moved) for one in ranking] == [
        ("other", 1, "up 1"),
        (repository.name, 2, "down 1"),
    ]
    text = response.content.decode()
    assert "1 of 2 repositories would have another score; 1 would have another grade." in text
