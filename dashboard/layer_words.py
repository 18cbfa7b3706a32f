"""What the page of layers says: its sentence, why layers are not known, how to declare them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from dashboard.queries.layers import LayersPage
from dashboard.visible import visible
from scanner.domain.architecture import Architecture, LayerFolder, Suggestion

PARTS: Final = {"app": "apps", "project": "projects", "package": "parts"}
_EXAMPLE: Final = Suggestion(
    (
        ("domain", ("app/core/**",)),
        ("application", ("app/usecases/**",)),
        ("infrastructure", ("app/db/**", "app/mail/**")),
        ("presentation", ("app/web/**",)),
    ),
    0,
    0,
)


def sentence(page: LayersPage) -> str:
    """What the page opens with."""
    picture = page.picture
    if picture is None:
        return f"Layers are drawn with the {'next' if page.frame.commit else 'first'} scan."
    if not picture.layered:
        return "No layers are known here."
    if not picture.breach_total:
        return "Every import between layers points inwards."
    if picture.breach_total == 1:
        return "One import breaks the layers."
    return f"{picture.breach_total:,} imports break the layers."


def cause(picture: Architecture) -> str:
    """How the layers came to be known, and what stands in none."""
    if not picture.layered:
        return "Outward imports and infrastructure in the domain are not judged; circles are."
    how = "Declared in pyproject.toml" if picture.is_declared else "Recognised by their folders"
    rest = picture.modules - picture.layered
    if not rest:
        return f"{how}; every module stands in one."
    words = "module stands" if rest == 1 else "modules stand"
    return f"{how}. {rest:,} of {picture.modules:,} {words} in none and may import anything."


def why_unknown(picture: Architecture) -> Iterator[str]:
    """Why no layers were recognised, a paragraph each."""
    if picture.parts.kind == "app":
        yield (
            "This is a Django project: its apps are parts, not layers. A folder named after what "
            "an app is about says nothing of a direction of imports, so none is guessed."
        )
    elif picture.services:
        yield (
            f"This is a FastAPI service, made in {visible(picture.services[0])}. Its usual folders "
            "(api, core, models) say nothing certain of a direction of imports, so none is guessed."
        )
    yield (
        "Layers are recognised where a folder named `domain` stands beside `application` or "
        "`infrastructure`, or a usual synonym, and where `ports` stand beside `adapters`."
    )
    if picture.named:
        listed = ", ".join(_named(each) for each in picture.named)
        yield f"What stands here bears some of these names, but not so: {listed}."


def _named(folder: LayerFolder) -> str:
    return f"`{visible(folder.folder)}` ({folder.layer})"


def declaration(suggestion: Suggestion | None) -> str:
    """The suggestion as it is to stand in pyproject.toml, or an example."""
    lines = ["[tool.codevitals.layers]"]
    for layer, globs in (suggestion or _EXAMPLE).layers:
        patterns = ",\n    ".join(json.dumps(visible(glob), ensure_ascii=False) for glob in globs)
        listed = f"[{patterns}]" if len(globs) == 1 else f"[\n    {patterns},\n]"
        lines.append(f"{layer} = {listed}")
    return "\n".join(lines)


def trial(suggestion: Suggestion | None) -> str:
    """What the suggestion would say of the imports."""
    if suggestion is None:
        return (
            "Nothing here speaks for one division rather than another, so this is an example only: "
            "name the folders of your own project, from the inside out."
        )
    return (
        "A first guess, made from the folders and imports found here. With it, "
        f"{suggestion.breaking:,} of {suggestion.judged:,} imports between layers would point "
        "outwards. Take what fits, and leave out what does not."
    )
