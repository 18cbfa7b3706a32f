"""The search of the top bar: what it finds, where it leads, and what it never tells."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dashboard.queries.search import FEW, FURTHEST, PAGE_SIZE
from dashboard.rule_search import rules_with
from dashboard.search_results import Results, results
from dashboard.search_words import LONGEST, MOST_WORDS, Asked, pieces
from scanner.storage.models import FileScore, Label, Repository, Team
from tests.portfolio import store_repository, store_team

HOSTILE = ("%", "_", "\\", "'", '"', "<script>alert(1)</script>", "(", "[a-", "*", "\x00", "İ" * 40)


def found(user: User, text: str, kind: str = "", number: int = 1) -> Results:
    """What a search finds."""
    query = QueryDict(mutable=True)
    query.update({"q": text, "kind": kind})
    return results(user, Asked.read(query), number)


def paths(hits: Results) -> list[str]:
    """The files that were found, in order."""
    return [hit.path for hit in hits.files.rows]


def add_files(repository: Repository, *names: str) -> None:
    """Files that lose more the later they are named."""
    FileScore.objects.bulk_create(
        FileScore(repository=repository, path=name, blob="", lines=10, score=90.0, points_lost=rank)
        for rank, name in enumerate(names, 1)
    )


def test_it_works(lead_client: Client, repository: Repository) -> None:
    response = lead_client.get("/find/?q=pric")

    text = response.content.decode()
    assert response.status_code == 200
    assert "orders/domain/<mark>pric</mark>ing.py" in text
    assert "/r/shop/orders/file/orders/domain/pricing.py" in text
    assert "<h1>1 hit" not in text  # a rule tells of prices as well


def test_every_page_has_the_field(lead_client: Client, repository: Repository) -> None:
    for path in ("/", "/rubric/", "/r/shop/orders/"):
        text = lead_client.get(path).content.decode()
        assert '<form action="/find/">' in text
        assert 'placeholder="Find a repository, file or rule"' in text


def test_repositories_are_found_by_name_team_and_label(lead: User, team: Team) -> None:
    Label.objects.create(repository=store_repository(team, "ledger"), name="money")
    store_repository(team, "ledger-core")

    def names(text: str) -> list[str]:
        return [hit.place.name for hit in found(lead, text).repositories.rows]

    assert names("LEDGER") == ["ledger", "ledger-core"]
    assert names("core ledg") == ["ledger-core"]
    assert names("shop") == ["ledger", "ledger-core"]
    assert names("money") == ["ledger"]
    assert names("nothing") == []


def test_files_called_so_come_before_those_in_folders_called_so(lead: User, team: Team) -> None:
    repository = store_repository(team, "empty", snapshots=0)
    add_files(repository, "a/cart.py", "a/cart_rows.py", "cart/cart_a.py", "cart/b.py", "b.py")

    assert paths(found(lead, "cart")) == [
        "a/cart.py",
        "a/cart_rows.py",
        "cart/cart_a.py",
        "cart/b.py",
    ]
    assert paths(found(lead, "CART.py")) == ["a/cart.py"]
    assert paths(found(lead, "rows a/")) == ["a/cart_rows.py"]


def test_folders_end_where_the_word_stands(lead: User, team: Team) -> None:
    repository = store_repository(team, "empty", snapshots=0)
    add_files(repository, "Shop/cart/a.py", "Shop/cart/deep/b.py", "Shop/carts.py", "old/cart/a.py")

    def folders(text: str) -> list[tuple[str, int, float]]:
        hits = found(lead, text).folders.rows
        return [(hit.path, hit.files, hit.points) for hit in hits]

    assert folders("cart") == [("old/cart", 1, 4.0), ("Shop/cart", 2, 3.0)]
    assert folders("shop cart") == [("Shop/cart", 2, 3.0)]
    assert folders("cart/") == folders("cart")
    assert folders("cart/deep") == [("Shop/cart/deep", 1, 2.0)]
    assert folders("carts") == []


def test_rules_are_found_by_code_title_and_the_words_of_their_page() -> None:
    assert rules_with(("fs01",))[0].code == "FS01"
    assert rules_with(("broad", "except"))[0].title == "Broad except"
    titled = rules_with(("traceback",))
    assert {"OB04", "FF03"} & {hit.code for hit in titled}
    for hit in titled:
        assert "traceback" in f"{hit.code} {hit.title} {hit.summary} {hit.excerpt}".lower()
    nearest, *others = rules_with(("timeout",))
    assert (nearest.title, nearest.excerpt) == ("No timeout", "")
    assert any("timeout" in hit.excerpt for hit in others)
    assert rules_with(("nothing-has-this",)) == ()
    assert rules_with(()) == ()


@pytest.mark.parametrize("text", ["fs01", "FS01", " FS01 ", "long-file", "Long file"])
def test_a_rule_that_is_named_is_opened(text: str, lead_client: Client) -> None:
    response = lead_client.get("/find/", {"q": text})

    assert (response.status_code, response["Location"]) == (302, "/rubric/FS01/")


def test_a_repository_that_is_named_is_opened(
    lead_client: Client, repository: Repository, team: Team
) -> None:
    store_repository(team, "orders-archive", snapshots=0)
    asked = {"q": "Orders"}

    assert lead_client.get("/find/", asked)["Location"] == "/r/shop/orders/"
    assert lead_client.get("/find/", {**asked, "kind": "everything"}).status_code == 200
    assert lead_client.get("/find/", {"q": "order"}).status_code == 200


def test_two_repositories_of_one_name_are_listed(lead: User, repository: Repository) -> None:
    other = store_team("Other")
    store_repository(other, "orders", snapshots=0)
    other.memberships.create(user=lead)

    hits = found(lead, "orders")
    assert hits.called(Asked("orders", ("orders",))) is None
    assert hits.repositories.total == 2


def test_nothing_is_found_of_other_teams(
    foreign_client: Client, lead: User, repository: Repository
) -> None:
    Label.objects.create(repository=repository, name="money")
    for text in ("orders", "pricing", "money", "shop"):
        response = foreign_client.get("/find/", {"q": text, "kind": "everything"})
        assert response.status_code == 200
        page = response.context["found"]
        assert (page.repositories.total, page.folders.total, page.files.total) == (0, 0, 0)
    assert found(lead, "pricing").files.total == 1


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["", "files", "folders", "repositories", "nonsense"])
def test_hostile_words_are_words(
    text: str, kind: str, lead_client: Client, repository: Repository
) -> None:
    response = lead_client.get("/find/", {"q": text + "x", "kind": kind})

    body = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in body
    assert response.context["found"].files.total == 0


def test_a_percent_sign_is_no_wildcard(lead: User, team: Team) -> None:
    repository = store_repository(team, "empty", snapshots=0)
    add_files(repository, "odd/100%_sure.py", "odd/100_not_sure.py")

    assert paths(found(lead, "100%")) == ["odd/100%_sure.py"]
    assert paths(found(lead, "%_s")) == ["odd/100%_sure.py"]
    assert found(lead, "100%").files.rows[0].points == 1.0


def test_a_hostile_path_is_shown_and_never_markup(lead_client: Client, team: Team) -> None:
    repository = store_repository(team, "empty", snapshots=0)
    add_files(repository, "odd/<b>cart</b>\u202e.py")

    body = lead_client.get("/find/", {"q": "cart"}).content.decode()

    assert "odd/&lt;b&gt;<mark>cart</mark>&lt;/b&gt;[U+202E].py" in body
    assert "<b>cart" not in body


def test_a_long_search_is_cut_and_says_so(lead_client: Client, lead: User) -> None:
    response = lead_client.get("/find/", {"q": "a b c d e f " + "x" * 10_000})

    assert "Only the first 100 characters" in response.content.decode()
    asked = response.context["asked"]
    assert (len(asked.words), len(asked.text) <= LONGEST) == (MOST_WORDS, True)


def test_one_letter_is_not_looked_for_in_paths(lead: User, repository: Repository) -> None:
    assert found(lead, "o").files.total == 0
    assert found(lead, "o").repositories.total == 1
    assert found(lead, "o ri").files.total == 1


def test_lists_have_ends(lead_client: Client, lead: User, team: Team) -> None:
    repository = store_repository(team, "empty", snapshots=0)
    add_files(repository, *(f"many/cart_{number:04}.py" for number in range(FURTHEST + 30)))

    few, all_of_them = found(lead, "cart").files, found(lead, "cart", "files", 20).files
    assert (len(few.rows), few.total, few.has_more) == (FEW, FURTHEST, True)
    assert (len(all_of_them.rows), all_of_them.pages) == (PAGE_SIZE, 20)
    assert len(set(paths(found(lead, "cart", "files", 2)))) == PAGE_SIZE
    last = lead_client.get("/find/?q=cart&kind=files&page=99999")
    assert "Page 20 of 20" in last.content.decode()
    assert "more than 1,000" in last.content.decode()


def test_empty_and_fruitless_searches_say_how_to_go_on(lead_client: Client) -> None:
    empty, none = lead_client.get("/find/"), lead_client.get("/find/?q=zzzz+zzzz")

    assert "What are you looking for?" in empty.content.decode()
    assert "Nothing has “zzzz zzzz” in its name." in none.content.decode()
    for response in (empty, none):
        assert 'href="/rubric/">All rules' in response.content.decode()


def test_queries_do_not_grow_with_what_is_found(lead: User, team: Team) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            found(lead, "orders")
        return len(seen)

    store_repository(team, "orders")
    alone = count()
    for number in range(5):
        store_repository(team, f"orders-{number}")

    assert count() == alone


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Pricing", ("pri",), [("Pri", True), ("cing", False)]),
        ("aaa", ("aa", "a"), [("aaa", True)]),
        ("cart/cart", ("cart",), [("cart", True), ("/", False), ("cart", True)]),
        ("none", ("x",), [("none", False)]),
        ("", ("x",), []),
        ("İx", ("x",), [("İx", False)]),
    ],
)
def test_words_are_marked_where_they_stand(
    text: str, words: tuple[str, ...], expected: list[tuple[str, bool]]
) -> None:
    assert pieces(text, words) == expected
