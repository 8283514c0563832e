"""A form as a browser would send it: what stands in the page, with what a person types and ticks over it."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """Collects the values that the form with id `f` would send untouched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: dict[str, list[str]] = {}
        self._area = ""
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        name = told.get("name", "")
        if tag == "input" and name and name != "csrfmiddlewaretoken":
            is_tick = told.get("type") in ("radio", "checkbox")
            if not is_tick or "checked" in told:
                self.sent.setdefault(name, []).append(told.get("value", "on" if is_tick else ""))
        elif tag == "textarea":
            self._area = name
            self.sent.setdefault(name, []).append("")
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in self.sent or "selected" in told):
            self.sent[self._select] = [told.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self._area][-1] = self.sent[self._area][-1].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""


def fields(html: str) -> dict[str, list[str]]:
    """What the page's form would send untouched."""
    parser = _Fields()
    parser.feed(html)
    return parser.sent


def sent(response: Any, **typed: Any) -> dict[str, Any]:
    """What is sent from this page after typing; a name's hyphen is written as two underscores, a key given stands alone."""
    given = {name.replace("__", "-"): value for name, value in typed.items()}
    return {**fields(response.content.decode()), **given}


def people_in(response: Any) -> list[str]:
    """The ids of the people on the page, in their order."""
    return fields(response.content.decode()).get("person", [])
