"""axe: a machine's half of the accessibility review."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_ARRIVE = (
    "document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < Infinity)"
    ".forEach(each => each.finish())"
)
_RUN = "async options => 'axe' in window ? (await axe.run(options)).violations : null"
_EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(_TAGS)}}
# What the size of the screen and the theme decide; all else follows from what stands on the page and is shown.
_LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
_LOOKS_ONLY = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": list(_LOOKS)}}


def bring_along(page: Page) -> None:
    """Have axe in every page from its beginning: half a megabyte is sent to the browser once, not for each page."""
    page.add_init_script(Axe().axe_script)


def violations(page: Page, *, looks_only: bool = False) -> list[str]:
    """What axe finds on the page as it stands, one line for each element at fault; `looks_only`: in its look."""
    options = _LOOKS_ONLY if looks_only else _EVERYTHING
    found = page.evaluate(_RUN, options)
    if found is None:
        page.evaluate(Axe().axe_script)
        found = page.evaluate(_RUN, options)
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail with everything axe finds once what moves in has arrived: a word half faded in has no contrast yet."""
    page.evaluate(_ARRIVE)
    found = violations(page)
    assert not found, f"axe on {page.url}:\n" + "\n".join(found)
