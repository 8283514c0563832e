"""A hand that counts, for the budgets of screens, taps and typing."""

from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page


class Hand:
    """One person using one page.

    * `screens`: how often another page came up. The same page shown again after a tap is the same screen; a page
      gone back to counts again. The first page opened counts.
    * `taps`: buttons, links, ticks, unfolding. A choice from a list is two. Going into a text box is no tap of its own.
    * `typed`: the words put into each box; `sentences`: those of more than one word.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.screens = 0
        self.loads = 0
        self.taps = 0
        self.typed: list[str] = []
        self._shown = ""
        page.on("domcontentloaded", self._count)

    def _count(self, page: Page) -> None:
        self.loads += 1
        path = urlsplit(page.url).path
        if path != self._shown:
            self.screens += 1
            self._shown = path

    @property
    def sentences(self) -> list[str]:
        return [words for words in self.typed if len(words.split()) > 1]

    def open(self, path: str) -> None:
        """Goes to an address, as from a bookmark."""
        self.page.goto(path)

    def tap(self, what: str | Locator, role: str = "button") -> None:
        """Taps what is named so (exactly) and has that role, or the element given."""
        self.taps += 1
        self._found(what, role).click()

    def tick(self, what: str | Locator, role: str = "radio") -> None:
        """Ticks a radio button or a checkbox by its label."""
        self.taps += 1
        self._found(what, role).check()

    def unfold(self, summary: str) -> None:
        """Opens a folded part."""
        self.taps += 1
        self.page.locator("summary", has_text=summary).click()

    def choose(self, label: str, option: str) -> None:
        """Picks from a list: one tap opens it, one picks."""
        self.taps += 2
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def type(self, label: str | Locator, words: str) -> None:
        """Writes into the box with that label."""
        self.typed.append(words)
        box = self.page.get_by_label(label, exact=True) if isinstance(label, str) else label
        box.fill(words)

    def _found(self, what: str | Locator, role: str) -> Locator:
        return self.page.get_by_role(role, name=what, exact=True) if isinstance(what, str) else what  # type: ignore[arg-type]
