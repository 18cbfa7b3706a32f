"""What a keyboard needs of a page: each control is reached, and seen while it has the focus."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Page

_SCRIPT: Final = """() => {
  const looks = (element) => {
    const about = [element, element.closest("label"), ...element.querySelectorAll("*")];
    if (element.id) about.push(...document.querySelectorAll(`label[for="${element.id}"]`));
    return about.filter(Boolean).slice(0, 12).map((one) => {
      const style = getComputedStyle(one);
      const outline = style.outlineStyle === "none" ? "" : style.outline;
      return [outline, style.boxShadow, style.stroke, style.strokeWidth, style.fill,
        style.textDecoration, style.borderColor, style.insetBlockStart].join("|");
    }).join(" ");
  };
  const isShown = (one) => one.checkVisibility({visibilityProperty: true})
    && !one.closest("details:not([open]) > :not(summary)") && !one.disabled;
  const found = [];
  const controls = "a[href], button, input, select, textarea, summary, [tabindex]";
  for (const one of document.querySelectorAll(controls)) {
    if (one.type === "hidden" || !isShown(one)) continue;
    const name = one.outerHTML.slice(0, 160);
    if (one.tabIndex > 0) found.push(`tabindex above 0: ${name}`);
    if (one.tabIndex < 0 && !one.closest(".cell, main[tabindex]")) found.push(`no way: ${name}`);
    if (one.tabIndex < 0 || one.matches("main")) continue;
    document.activeElement.blur();
    const before = looks(one);
    one.focus({preventScroll: true});
    if (document.activeElement !== one) found.push(`takes no focus: ${name}`);
    else if (!one.matches(":focus-visible")) found.push(`focus is not for keys: ${name}`);
    else if (looks(one) === before) found.push(`focus is not seen: ${name}`);
  }
  document.activeElement.blur();
  return found;
}"""


def out_of_reach(page: Page) -> list[str]:
    """Controls that a keyboard cannot reach, or whose focus no style shows, each in words."""
    page.keyboard.press("Tab")  # from here on the browser shows the focus
    told: list[str] = page.evaluate(_SCRIPT)
    return told
