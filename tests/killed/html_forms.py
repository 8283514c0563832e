"""The forms of a page as a browser would send them: what is hidden in them, ticked, chosen and written already."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]


@dataclass
class HtmlForm:
    """One form: where it goes, and what it sends if nobody touches it."""

    action: str
    method: str
    id: str = ""
    values: Pairs = field(default_factory=list)
    buttons: Pairs = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # the names of boxes to write in
    choices: dict[str, list[str]] = field(default_factory=dict)
    other_actions: list[str] = field(default_factory=list)  # where its buttons send it instead

    def goes_to(self, address: str, here: str) -> bool:
        actions = [self.action or here, *self.other_actions]
        return address in [action.partition("?")[0] for action in actions]

    def filled(self, **typed: str | list[str]) -> Pairs:
        """What is sent once these are written, ticked or pressed instead of what stood there."""
        kept = [(name, value) for name, value in self.values if name not in typed]
        new = [(name, part) for name, value in typed.items() for part in ([value] if isinstance(value, str) else value)]
        return [*kept, *new]


class _Reader(HTMLParser):
    def __init__(self, by_id: dict[str, HtmlForm]) -> None:
        super().__init__()
        self.forms: list[HtmlForm] = []
        self.by_id = by_id  # a control may name a form that comes later: the page is read twice
        self.current: HtmlForm | None = None
        self.owner: HtmlForm | None = None
        self.select = self.area = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.current = HtmlForm(given.get("action", ""), given.get("method", "get").lower(), given.get("id", ""))
            self.current = self.by_id.setdefault(given.get("id") or f"form {len(self.forms)}", self.current)
            self.forms.append(self.current)
        form, name = self.by_id.get(given["form"]) if "form" in given else self.current, given.get("name", "")
        if form is None:
            return
        if tag == "input":
            self._input(form, name, given)
        elif tag == "button":
            form.other_actions += [given["formaction"]] if "formaction" in given else []
            form.buttons += [(name, given.get("value", ""))] if name else []
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select:
            form.choices.setdefault(self.select, []).append(given.get("value", ""))
            if "selected" in given:
                form.values.append((self.select, given.get("value", "")))
        elif tag == "textarea":
            self.area, self.text, self.owner = name, "", form
            form.texts.append(name)

    def _input(self, form: HtmlForm, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.values.append((name, value or "on"))
        elif name and kind not in ("submit", "file"):
            form.values.append((name, value))
            if kind != "hidden":
                form.texts.append(name)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea" and self.owner is not None:
            self.owner.values.append((self.area, self.text.removeprefix("\n")))
        elif tag == "form":
            self.current = None


def forms_of(html: str) -> list[HtmlForm]:
    """The forms that a page sends with POST."""
    first = _Reader({})
    first.feed(html)
    reader = _Reader({name: HtmlForm(form.action, form.method, form.id) for name, form in first.by_id.items()})
    reader.feed(html)
    return [form for form in reader.forms if form.method == "post"]


def form_to(html: str, address: str, here: str) -> HtmlForm:
    """The form of a page (which stands at `here`) that goes to this address; of several, the page's own."""
    found = [form for form in forms_of(html) if form.goes_to(address, here)]
    assert found, f"no form goes to {address}: {[(form.action, form.other_actions) for form in forms_of(html)]}"
    return max(found, key=lambda form: form.id == "f")
