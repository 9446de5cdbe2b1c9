"""A real browser: Debian's Chromium, driven by Playwright, whose every complaint counts."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, expect, sync_playwright

from tests.service.pages.visiting import Course

SCREENSHOTS = os.environ.get("GRADER_SCREENSHOTS")  # a folder; they cost more than what is tried on the pages
# The shell is the same Chromium without windows of its own, at three fifths of the processor time.
_CHROMIUMS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-prefers-reduced-motion",
    # One process for all that is shown: every page is ours, and each process more costs as much as a page.
    "--in-process-gpu",
    "--disable-site-isolation-trials",
    "--disable-features=SpareRendererForSitePerProcess,site-per-process,IsolateOrigins",
    "--renderer-process-limit=1",
]
_PATIENCE = 30_000  # milliseconds: a machine that runs other tests at the same time is slow, not wrong
WINDOW: ViewportSize = {"width": 1180, "height": 800}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Where there is none, CI fails."""
    found = next((path for path in _CHROMIUMS if path.exists()), None)
    if found is None:
        missing = (
            f"there is no {' or '.join(map(str, _CHROMIUMS))} (Debian: apt install chromium-headless-shell), "
            "so the pages are not tried in a browser"
        )
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Tab:
    """A page in the browser; `complaints` holds errors of scripts and whatever the security policy has stopped."""

    context: BrowserContext
    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def shot(self, name: str) -> None:
        """A picture of the page to look at, where somebody wants them (`make screenshots`)."""
        if SCREENSHOTS:
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)

    def barriers(self, *rules: str) -> list[str]:
        """What axe finds in the way of people who see, hear or move differently; by all of its rules, or these."""
        options = {"runOnly": list(rules)} if rules else None
        found = Axe().run(self.page, options=options).response["violations"]
        return [f"{rule['id']} {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]

    def overflow(self) -> int:
        """Pixels by which the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))

    def note(self, *selectors: str) -> None:
        """Remember which of these are ever on the page, however short."""
        self.page.evaluate(
            """(selectors) => {
                window.noted = new Set();
                const look = () => selectors.filter((s) => document.querySelector(s)).forEach((s) => noted.add(s));
                new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
                look();
            }""",
            selectors,
        )

    def noted(self) -> set[str]:
        return set(self.page.evaluate("[...window.noted]"))

    def watch(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")


def open_tab(browser: Browser, course: Course, name: str = "", *, by_link: bool = False, **more: Any) -> Tab:
    """Signed in as one of the course, or as nobody; by a link, as they do it, or already, which spares two pages."""
    context = browser.new_context(**{"viewport": WINDOW, **more})
    context.set_default_timeout(_PATIENCE)
    tab = Tab(context, context.new_page(), course.service.url)
    tab.watch()
    if name and not by_link:
        cookies = course.visit(name).client.cookies.jar
        context.add_cookies([{"name": one.name, "value": one.value or "", "url": tab.base} for one in cookies])
    elif name:
        tab.go(f"/sign-in#{course.tokens[name]}")
        tab.page.get_by_role("button", name="Sign in").press("Enter")
        tab.page.wait_for_url(lambda url: "/sign-in" not in url)
    return tab


def open_file(browser: Browser, path: Path) -> Tab:
    """A page from the disk, as somebody opens what came by mail."""
    context = browser.new_context(viewport=WINDOW)
    context.set_default_timeout(_PATIENCE)
    tab = Tab(context, context.new_page(), "")
    tab.watch()
    tab.go(path.as_uri())
    return tab
