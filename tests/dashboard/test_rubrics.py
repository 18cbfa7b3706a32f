"""The rubric of a repository and the default: who may change them, what is told, what is kept."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dashboard.queries.rubrics import standing_of
from scanner.domain.rubric import DEFAULT, KEYS
from scanner.domain.rubric_file import RUBRIC_BYTES, load, write_whole
from scanner.domain.rubric_values import settled
from scanner.rules.catalogue import read_rubric
from scanner.storage.models import Repository, RubricVersion, Scan
from tests.dashboard.answers import Answer
from tests.dashboard.rubric_form import address, sent
from tests.scanner.rubrics import change_rubric


def errors(response: Answer) -> dict[str, list[str]]:
    """What is told at which field."""
    assert response.status_code == 422
    return dict(response.context["form"].errors)


def values(response: Answer) -> list[tuple[str, str, str]]:
    """What a page of confirmation says will change."""
    assert response.status_code == 200
    return [(one.title, one.before, one.after) for one in response.context["values"]]


def test_it_works(owner_client: Client, repository: Repository) -> None:
    page = owner_client.get(address(repository))
    wanted = sent(repository, limits__nesting="6", rules__CX01="no")
    confirmed = owner_client.post(address(repository), wanted)
    nothing = RubricVersion.objects.count()
    saved = owner_client.post(
        address(repository), {**wanted, "action": "save", "note": "A parser."}, follow=True
    )

    assert page.status_code == 200
    assert values(confirmed) == [("depth of nesting", "4", "6"), ("Complex function", "on", "off")]
    assert nothing == 0
    rubric = standing_of(repository.pk).rubric
    assert (rubric.limits.nesting, rubric.rules_off) == (6, frozenset({"CX01"}))
    row = RubricVersion.objects.get()
    assert (row.note, row.author_name, row.number) == ("A parser.", "owner", 1)
    assert repository.scans.get(status="queued").trigger == Scan.Trigger.RUBRIC
    assert "A scan that judges by it is on its way." in saved.content.decode()


def test_the_page_shows_each_value_beside_the_default(
    viewer_client: Client, repository: Repository
) -> None:
    change_rubric({"limits.nesting": 6}, repository)
    page = viewer_client.get(address(repository))
    (row,) = [
        row
        for chapter in page.context["chapters"]
        for row in chapter.limits
        if row.title == "Depth of nesting"
    ]
    assert (row.value, row.inherited, row.differs) == ("6", "4", True)
    assert "orders is judged by 1\N{NO-BREAK SPACE}value of its own." in page.content.decode()


def test_a_rule_is_shown_with_what_it_costs_now(
    viewer_client: Client, repository: Repository
) -> None:
    page = viewer_client.get(address(repository))
    rows = {row.code: row for each in page.context["chapters"] for row in each.switches}
    finding = repository.findings.get(rule="CX01")
    assert rows["CX01"].cost.count == 1
    assert rows["CX01"].cost.points == pytest.approx(finding.points)
    assert rows["FF08"].cost is None


@pytest.mark.parametrize("role", ["viewer_client", "lead_client"])
def test_others_than_owners_only_read(
    role: str, repository: Repository, request: pytest.FixtureRequest
) -> None:
    client: Client = request.getfixturevalue(role)
    page = client.get(address(repository)).content.decode()
    assert 'name="limits.nesting"' not in page
    assert 'type="checkbox"' not in page.replace('<input type="checkbox">Dismiss', "")
    wanted = sent(repository, action="save", limits__nesting="6", note="Mine.")
    assert client.post(address(repository), wanted).status_code == 403
    assert not RubricVersion.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("limits.nesting", "many", "Input should be a valid integer."),
        ("limits.nesting", "2.5", "Input should be a valid integer."),
        ("limits.nesting", "0", "Input should be greater than or equal to 1."),
        ("principles.typing.rigour", "0", "Input should be greater than 0."),
        ("principles.typing.weight", "-1", "Input should be greater than or equal to 0."),
        ("principles.fail-fast.grace", "inf", "Input should be a finite number."),
    ],
)
def test_a_mistake_is_told_at_its_field(
    name: str, typed: str, said: str, owner_client: Client, repository: Repository
) -> None:
    response = owner_client.post(address(repository), {**sent(repository), name: typed})
    assert errors(response) == {name: [said]}
    page = response.content.decode()
    assert f'id="id_{name}_error"' in page
    assert f'value="{typed}"' in page


def test_a_rubric_that_weighs_nothing_is_told_above_the_form(
    owner_client: Client, repository: Repository
) -> None:
    nothing = {f"principles.{key}.weight": "0" for key in KEYS}
    response = owner_client.post(address(repository), {**sent(repository), **nothing})
    assert errors(response) == {"__all__": ["At least one principle needs a weight above 0."]}
    assert "At least one principle needs a weight above 0." in response.content.decode()


def test_a_change_needs_a_reason(owner_client: Client, repository: Repository) -> None:
    wanted = sent(repository, action="save", limits__nesting="6", note=" ")
    response = owner_client.post(address(repository), wanted)
    assert response.status_code == 422
    assert list(response.context["note_form"].errors) == ["note"]
    assert 'name="limits.nesting" value="6"' in response.content.decode()
    assert not RubricVersion.objects.exists()


def test_the_way_back_keeps_what_was_typed(owner_client: Client, repository: Repository) -> None:
    wanted = sent(repository, action="back", limits__nesting="6", rules__CX01="no")
    page = owner_client.post(address(repository), wanted)
    assert page.status_code == 200
    assert page.context["form"]["limits.nesting"].value() == "6"
    assert page.context["form"]["rules.CX01"].value() is False


@pytest.mark.parametrize("action", ["check", "save"])
@pytest.mark.parametrize("whose", ["own", "default"])
def test_the_second_of_two_keeps_his_values_and_is_told(
    action: str, whose: str, owner_client: Client, repository: Repository
) -> None:
    wanted = sent(repository, action=action, limits__nesting="6", note="Mine.")
    change_rubric({"limits.imports": 9}, repository if whose == "own" else None)
    response = owner_client.post(address(repository), wanted)

    page = response.content.decode()
    who = "ann changed this rubric" if whose == "own" else "An administrator changed the default"
    assert response.status_code == 409
    assert f"{who}" in page
    assert response.context["form"]["limits.nesting"].value() == "6"
    assert RubricVersion.objects.count() == 1
    again = {**sent(repository, limits__nesting="6", limits__imports="9"), "action": "check"}
    assert values(owner_client.post(address(repository), again))[0][2] == "6"


def test_nothing_different_is_said(owner_client: Client, repository: Repository) -> None:
    wanted = sent(repository, limits__nesting="4")
    response = owner_client.post(address(repository), wanted, follow=True)
    assert response.redirect_chain
    assert "Nothing is different from the rubric that holds." in response.content.decode()


def test_back_to_the_default(owner_client: Client, repository: Repository) -> None:
    change_rubric({"limits.nesting": 6, "rules.CX01": False}, repository)
    response = owner_client.post(address(repository), {"action": "reset"})
    assert values(response) == [("depth of nesting", "6", "4"), ("Complex function", "off", "on")]
    carried = dict(response.context["form"].carried)
    owner_client.post(address(repository), {**carried, "action": "save", "note": "Enough."})
    assert standing_of(repository.pk).rubric == DEFAULT


def test_an_older_version_can_be_taken_again(owner_client: Client, repository: Repository) -> None:
    change_rubric({"limits.nesting": 6}, repository)
    change_rubric({"limits.nesting": 8, "rules.CX01": False}, repository)
    response = owner_client.post(address(repository), {"action": "restore", "number": "1"})
    assert values(response) == [("depth of nesting", "8", "6"), ("Complex function", "off", "on")]


@pytest.mark.parametrize("number", ["", "7", "x", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(
    number: str, owner_client: Client, repository: Repository
) -> None:
    response = owner_client.post(address(repository), {"action": "restore", "number": number})
    assert response.status_code == 404


def test_who_changed_what_and_why_is_listed(viewer_client: Client, repository: Repository) -> None:
    change_rubric({"limits.nesting": 6}, repository, "<script>alert(1)</script>")
    change_rubric({"limits.nesting": 8}, repository, "Still too strict.")
    page = viewer_client.get(address(repository))
    (second, first) = page.context["versions"]
    assert [(one.before, one.after) for one in second.differences] == [(6, 8)]
    assert [(one.before, one.after) for one in first.differences] == [(None, 6)]
    text = page.content.decode()
    assert "Still too strict." in text
    assert "<script>alert" not in text
    assert "Complexity depth of nesting as inherited → 6" in text


class TestFiles:
    """Rubrics as files, both ways."""

    def test_a_download_is_what_the_command_takes(
        self, viewer_client: Client, repository: Repository
    ) -> None:
        change_rubric({"rules.TY05": False, "limits.imports": 9})
        change_rubric({"rules.TY05": True, "principles.typing.weight": 0.1 + 0.2}, repository)
        response = viewer_client.get(address(repository, "-file"))
        assert read_rubric(response.content) == standing_of(repository.pk).rubric
        assert response["Content-Disposition"] == 'attachment; filename="orders-rubric.toml"'

    def test_what_differs_reads_back_over_the_default(
        self, viewer_client: Client, repository: Repository
    ) -> None:
        change_rubric({"rules.TY05": False})
        change_rubric({"rules.TY05": True, "limits.nesting": 6}, repository)
        response = viewer_client.get(address(repository, "-file") + "?part=own")
        standing = standing_of(repository.pk)
        assert load(response.content, standing.base) == standing.rubric
        assert b"function_lines" not in response.content

    @pytest.mark.parametrize("way", ["file", "text"])
    def test_a_file_comes_back_as_it_went(
        self, way: str, owner_client: Client, repository: Repository
    ) -> None:
        change_rubric({"rules.TY05": False})
        change_rubric({"limits.nesting": 6}, repository)
        wanted = settled(DEFAULT, {"principles.typing.weight": 0.1 + 0.2, "limits.imports": 9})
        text = write_whole(wanted, "Another", {"TY05"})
        given = SimpleUploadedFile("r.toml", text.encode()) if way == "file" else text
        response = owner_client.post(address(repository), {"action": "file", way: given})
        assert response.status_code == 200
        carried = dict(response.context["form"].carried)
        owner_client.post(address(repository), {**carried, "action": "save", "note": "A file."})
        assert standing_of(repository.pk).rubric == wanted

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("limits = [", "not valid TOML"),
            ("[limits]\nstatements = 3", "limits.statements: there is no such value"),
            ('[rules]\noff = ["ZZ99"]', "there is no rule ZZ99"),
            ("", "Choose a file, or paste its text."),
        ],
    )
    def test_what_is_no_rubric_is_told_beside_the_file(
        self, text: str, said: str, owner_client: Client, repository: Repository
    ) -> None:
        response = owner_client.post(address(repository), {"action": "file", "text": text})
        assert response.status_code == 422
        (told,) = (
            each for several in response.context["file_form"].errors.values() for each in several
        )
        assert said in told

    @pytest.mark.parametrize("content", [b"\xff\xfe", b"#" * (RUBRIC_BYTES + 1)])
    def test_bytes_that_are_no_text_are_told(
        self, content: bytes, owner_client: Client, repository: Repository
    ) -> None:
        given = SimpleUploadedFile("r.toml", content)
        response = owner_client.post(address(repository), {"action": "file", "file": given})
        assert list(response.context["file_form"].errors) == ["file"]

    def test_a_wrong_value_of_a_file_is_told_at_its_field(
        self, owner_client: Client, repository: Repository
    ) -> None:
        text = "[limits]\nnesting = 2.5\n[principles.typing]\nweight = true\n"
        response = owner_client.post(address(repository), {"action": "file", "text": text})
        assert set(errors(response)) == {"limits.nesting", "principles.typing.weight"}


class TestDefault:
    """What every repository inherits."""

    def test_an_administrator_changes_it(
        self, admin_client: Client, repository: Repository
    ) -> None:
        wanted = sent(None, action="save", limits__nesting="6", note="House rule.")
        response = admin_client.post(address(None), wanted, follow=True)
        assert "1 repository is judged again." in response.content.decode()
        assert standing_of(repository.pk).rubric.limits.nesting == 6
        assert repository.scans.filter(status="queued", trigger="rubric").exists()

    @pytest.mark.parametrize("role", ["owner_client", "viewer_client"])
    def test_others_only_read(
        self, role: str, repository: Repository, request: pytest.FixtureRequest
    ) -> None:
        client: Client = request.getfixturevalue(role)
        assert 'name="limits.nesting"' not in client.get(address(None)).content.decode()
        wanted = sent(None, action="save", limits__nesting="6", note="Mine.")
        response = client.post(address(None), wanted)
        assert response.status_code == 403
        assert "Only administrators may do this." in response.content.decode()
        assert not RubricVersion.objects.exists()

    def test_the_catalogue_shows_its_figures(self, viewer_client: Client) -> None:
        change_rubric({"limits.nesting": 7, "principles.async.weight": 9, "rules.CX01": False})
        page = viewer_client.get(reverse("rubric")).content.decode()
        assert "depth of nesting 7" in page
        assert "weight 9, rigour 4" in page
        assert page.count("off by default") == 1

    def test_a_refusal_of_the_use_case_is_told(
        self, admin_client: Client, repository: Repository
    ) -> None:
        change_rubric({f"principles.{key}.weight": 0.0 for key in KEYS[1:]}, repository)
        nothing = {"principles.file-size.weight": "0", "note": "x", "action": "save"}
        response = admin_client.post(address(None), {**sent(None), **nothing})
        assert response.status_code == 422
        assert "nothing would have a weight in orders" in response.content.decode()


def test_a_stored_rubric_that_is_none_any_more_can_be_mended(
    owner_client: Client, repository: Repository
) -> None:
    change_rubric({"limits.nesting": 6}, repository)
    RubricVersion.objects.update(changes={"limits.nesting": -1})
    page = owner_client.get(address(repository)).content.decode()
    assert "The stored rubric is not valid: limits.nesting" in page
    wanted = sent(repository, action="save", note="Mended.")
    assert owner_client.post(address(repository), wanted).status_code == 302
    assert standing_of(repository.pk).problem is None


def test_the_tab_is_for_all_members(viewer_client: Client, repository: Repository) -> None:
    page = viewer_client.get(reverse("repository", args=[repository.team.slug, repository.slug]))
    assert re.search(rf'href="{address(repository)}"[^>]*>Rubric', page.content.decode())
