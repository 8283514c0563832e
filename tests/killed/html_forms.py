"""The forms of a page as a browser would send them: what is hidden in them, ticked, chosen and written already."""

from dataclasses import dataclass, field

from lxml import html

Pairs = list[tuple[str, str]]


@dataclass
class HtmlForm:
    """One form: where it goes, and what it sends if nobody touches it."""

    id: str
    actions: list[str]  # where it goes, and where its buttons send it instead
    values: Pairs = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # the names of boxes to write in
    choices: dict[str, list[str]] = field(default_factory=dict)

    def goes_to(self, address: str, here: str) -> bool:
        return address in [(action or here).partition("?")[0] for action in self.actions]

    def filled(self, **typed: str | list[str]) -> Pairs:
        """What is sent once these are written, ticked or pressed instead of what stood there."""
        kept = [(name, value) for name, value in self.values if name not in typed]
        new = [(name, part) for name, value in typed.items() for part in ([value] if isinstance(value, str) else value)]
        return [*kept, *new]


def read(form: html.FormElement) -> HtmlForm:
    found = HtmlForm(form.get("id", ""), [form.get("action", ""), *form.xpath(".//button/@formaction")])
    for control in form.xpath(".//input[@name] | .//select | .//textarea"):
        name, value, kind = control.get("name"), control.get("value", ""), control.get("type", control.tag)
        if control.tag == "select":
            found.choices[name] = [option.get("value", "") for option in control.iter("option")]
            found.values += [(name, value) for value in control.xpath(".//option[@selected]/@value")]
        elif kind in ("radio", "checkbox"):
            found.choices.setdefault(name, []).append(value or "on")
            found.values += [(name, value or "on")] if "checked" in control.attrib else []
        elif kind not in ("submit", "file"):
            found.values.append((name, (control.text or "").removeprefix("\n") if kind == "textarea" else value))
            found.texts += [name] if kind != "hidden" else []
    return found


def form_to(page: str, address: str, here: str) -> HtmlForm:
    """The form of a page (which stands at `here`) that is sent to this address; of several, the page's own."""
    tree = html.fromstring(page)
    for control in tree.xpath("//*[@form]"):  # it may stand outside the form that it names
        tree.get_element_by_id(control.get("form")).append(control)
    forms = [read(form) for form in tree.forms if form.method == "POST"]
    found = [form for form in forms if form.goes_to(address, here)]
    assert found, f"no form goes to {address}: {[form.actions for form in forms]}"
    return max(found, key=lambda form: form.id == "f")
