"""The picture of layers, circles and parts stays small and true, whatever the tree."""

from __future__ import annotations

from scanner.analysis.extraction import module_facts
from scanner.domain.architecture import (
    MOST_BREACHES,
    MOST_CIRCLES,
    MOST_FOLDERS,
    MOST_PAIRS,
    MOST_PARTS,
    MOST_STEPS,
    Architecture,
    from_plain,
)
from scanner.domain.project import ProjectConfig, ProjectFacts
from scanner.domain.scope import sort_out
from scanner.rules.contexts import Survey
from scanner.rules.layering.architecture import architecture


def drawn(files: dict[str, str], config: ProjectConfig | None = None) -> Architecture:
    """The picture of these sources."""
    project = ProjectFacts(tuple(sorted(files)), config or ProjectConfig())
    facts = {path: module_facts(text.encode()) for path, text in files.items()}
    scope = sort_out(facts, project.config)
    return architecture(Survey(project, scope.production, scope.others))


def test_of_very_much_the_beginning_is_kept_and_all_is_counted() -> None:
    count = 400
    files = {f"shop/p{n}/db/__init__.py": "" for n in range(count)}
    files |= {f"shop/p{n}/__init__.py": "" for n in range(count)}
    files |= {
        f"shop/p{n}/domain/a.py": f"import shop.p{n}.db\nimport shop.p{n}.domain.b\n"
        for n in range(count)
    }
    files |= {
        f"shop/p{n}/domain/b.py": f"import shop.p{n}.domain.a\nimport shop.p{(n ^ 1)}.db\n"
        for n in range(count)
    }
    files["shop/__init__.py"] = ""

    picture = drawn(files)

    assert picture.breach_total == 2 * count
    assert len(picture.breaches) == MOST_BREACHES
    assert picture.circle_total == count
    assert len(picture.circles) == MOST_CIRCLES
    assert len(picture.folders) == MOST_FOLDERS
    assert picture.parts.total == count + 1
    assert len(picture.parts.parts) == MOST_PARTS
    assert picture.parts.pair_total == count // 2
    assert len(picture.parts.pairs) == MOST_PAIRS


def test_a_very_long_circle_is_cut() -> None:
    count = MOST_STEPS + 40
    files = {f"m{n}.py": f"import m{(n + 1) % count}\n" for n in range(count)}

    (circle,) = drawn(files).circles

    assert (circle.modules, len(circle.steps)) == (count, MOST_STEPS)


def test_imports_for_the_type_checker_are_no_flow() -> None:
    picture = drawn(
        {
            "shop/domain/a.py": "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from shop.db import b\n",
            "shop/db/b.py": "def f():\n    from shop.domain import a\n",
        }
    )
    assert picture.breaches == ()
    assert [(flow.layer, flow.to_layer, flow.count) for flow in picture.flows] == [
        ("infrastructure", "domain", 1)
    ]


def test_declared_layers_are_drawn_by_folder() -> None:
    config = ProjectConfig(
        layers=(("domain", ("shop/core/**",)), ("infrastructure", ("shop/db.py",)))
    )
    picture = drawn(
        {"shop/core/a/b.py": "import shop.db\n", "shop/core/c.py": "", "shop/db.py": ""}, config
    )
    assert picture.is_declared
    assert {(each.layer, each.folder, each.modules) for each in picture.folders} == {
        ("infrastructure", "shop", 1),
        ("domain", "shop/core/a", 1),
        ("domain", "shop/core", 1),
    }
    assert picture.suggestion is None
    assert picture.breach_total == 1


def test_without_layers_the_folders_that_bear_their_names_are_told() -> None:
    picture = drawn({"shop/api/views.py": "import shop.models\n", "shop/models.py": ""})
    assert (picture.layered, picture.folders, picture.breaches) == (0, (), ())
    assert [(each.folder, each.layer) for each in picture.named] == [("shop/api", "presentation")]


def test_a_folder_of_two_that_all_import_is_no_outside() -> None:
    files = {
        "shop/db/session.py": "",
        "shop/orders.py": "import shop.db.session\n",
        "shop/people.py": "import shop.db.session\n",
        "shop/web/views.py": "import shop.orders\n",
    }
    suggested = drawn(files).suggestion
    assert suggested is not None
    assert dict(suggested.layers) == {
        "application": ("shop/**",),
        "presentation": ("shop/web/**",),
    }


def test_folders_of_one_name_make_one_pattern() -> None:
    files = {
        f"shop/{part}/{name}": text
        for part in ("orders", "people")
        for name, text in {
            "models.py": "",
            "views/list.py": f"import shop.{part}.models\n",
            "__init__.py": "",
        }.items()
    }
    suggested = drawn(files).suggestion
    assert suggested is not None
    assert dict(suggested.layers)["presentation"] == ("shop/**/views/**",)
    assert suggested.breaking == 0


def test_without_a_name_the_parts_that_nobody_imports_are_the_outside() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/front/a.py": "import shop.back.b\n",
        "shop/back/b.py": "",
        "shop/back/c.py": "import shop.back.b\n",
    }
    suggested = drawn(files).suggestion
    assert suggested is not None
    assert dict(suggested.layers)["presentation"] == ("shop/front/**",)
    hidden = files | {"shop/back/c.py": "def f():\n    import shop.front.a\n"}
    assert drawn(hidden).suggestion is None


def test_modules_beside_packages_make_no_circle_together() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/main.py": "import shop.api.views\n",
        "shop/models.py": "",
        "shop/api/views.py": "import shop.models\n",
        "shop/api/more/deep.py": "",
    }
    parts = drawn(files).parts
    assert (parts.circles, parts.pairs) == ((), ())
    named = {part.name: (part.modules, part.is_module) for part in parts.parts}
    assert named["shop.models"] == (1, True)
    assert named["shop.api"] == (2, False)


def test_small_packages_side_by_side_are_parts() -> None:
    files = {"cli/a.py": "import config.b\n", "cli/c.py": "", "config/b.py": "", "main.py": ""}
    assert {part.folder for part in drawn(files).parts.parts} == {"cli", "config", "main.py"}


def test_a_tree_of_nothing_has_an_empty_picture() -> None:
    assert drawn({}) == Architecture()


def test_what_another_engine_wrote_is_not_read() -> None:
    assert from_plain({"modules": "many"}) is None
    assert from_plain(None) is None
