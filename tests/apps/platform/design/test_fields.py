"""Bound fields drawn as components. The oracle is govuk-frontend-jinja, which follows GOV.UK's own templates."""

from html.parser import HTMLParser

import pytest
from django import forms

from lodestar.platform.design.bound import first_error
from lodestar.platform.design.jinja import govuk
from tests.offenders import each

CHOICES = [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]
HOSTILE = "\"><script>alert('x')</script>&amp;"


class Example(forms.Form):
    name = forms.CharField(label="Name", help_text="As they say it", max_length=80, required=False)
    sure = forms.ChoiceField(label="Sure?", help_text="Ask yourself", choices=CHOICES, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(label="Needs", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    place = forms.ChoiceField(label="Place", choices=CHOICES)
    account = forms.CharField(label="Account", widget=forms.Textarea, required=False)
    told = forms.BooleanField(label="Told", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    paper = forms.FileField(label="Paper", required=False)


class Tree(HTMLParser):
    """Tags with their attributes in any order, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        kept = {name: " ".join(sorted((value or "").split())) for name, value in attrs if name != "data-module"}
        self.parts.append((tag, tuple(sorted(kept.items()))))

    def handle_endtag(self, tag):
        self.parts.append(f"/{tag}")

    def handle_data(self, data):
        if data.strip():
            self.parts.append(data.strip())


def same(ours: str, theirs: str) -> bool:
    return Tree(ours).parts == Tree(theirs).parts


def items(chosen: set[str], key: str) -> list[dict[str, object]]:
    return [{"value": value, "text": text, key: value in chosen} for value, text in CHOICES]


@pytest.fixture
def wrong() -> Example:
    form = Example({"name": "K", "sure": "maybe", "needs": ["no"], "place": "no", "account": "a\nb", "told": "on"})
    form.add_error("name", "Write it again")
    return form


def test_each_field_is_its_component(draw, wrong):
    def label(text, **more):
        return {"text": text, "classes": "govuk-label--s", **more}

    def legend(text, size="s", **more):
        return {"legend": {"text": text, "classes": f"govuk-fieldset__legend--{size}", **more}}

    cannot_tell = {"value": "not_sure", "text": "Not sure", "hint": {"text": "Or cannot tell"}}
    alone = {"value": "not_sure", "text": "Not sure", "behaviour": "exclusive", "id": "id_needs-3"}
    for call, form, component, params in (
        ("text(f.name, width=20, inputmode='numeric')", wrong, "input", {
            "id": "id_name", "name": "name", "value": "K", "classes": "govuk-input--width-20", "label": label("Name"),
            "hint": {"text": "As they say it"}, "errorMessage": {"text": "Write it again"}, "autocomplete": "off",
            "inputmode": "numeric",
        }),
        ("radios(f.sure, inline=true, hints={'not_sure': 'Or cannot tell'})", wrong, "radios", {
            "idPrefix": "id_sure", "name": "sure", "classes": "govuk-radios--small lode-inline", "fieldset": legend("Sure?"),
            "hint": {"text": "Ask yourself"}, "errorMessage": {"text": first_error(wrong["sure"])},
            "items": [*items(set(), "checked")[:2], cannot_tell],
        }),
        ("radios(f.sure, hint='', size='l', heading=true, small=false)", Example(), "radios", {
            "idPrefix": "id_sure", "name": "sure", "fieldset": legend("Sure?", "l", isPageHeading=True),
            "items": items(set(), "checked"),
        }),
        ("checkboxes(f.needs, exclusive='not_sure')", wrong, "checkboxes", {
            "idPrefix": "id_needs", "name": "needs", "classes": "govuk-checkboxes--small", "fieldset": legend("Needs"),
            "items": [*items({"no"}, "checked")[:2], {"divider": "or"}, alone],
        }),
        ("select(f.place)", wrong, "select", {
            "id": "id_place", "name": "place", "label": label("Place"), "items": items({"no"}, "selected"),
        }),
        ("textarea(f.account)", wrong, "textarea", {
            "id": "id_account", "name": "account", "rows": 3, "label": label("Account"), "value": "a\nb",
        }),
        ("upload(f.paper)", Example(), "file-upload", {"id": "id_paper", "name": "paper", "label": label("Paper")}),
    ):  # fmt: skip
        assert same(draw(f"{{{{ fields.{call} }}}}", f=form), govuk(component, params)), call


def test_error_summary_is_the_components(draw, wrong):
    wrong.add_error(None, "Neither adds up")
    theirs = govuk(
        "error-summary",
        {
            "titleText": "Three things could not be read. What you typed is kept: correct it and save again.",
            "errorList": [
                {"text": "Neither adds up"},
                {"text": "Write it again", "href": "#id_name"},
                {"text": first_error(wrong["sure"]), "href": "#id_sure"},
            ],
        },
    )
    ours = draw("{{ fields.error_summary(f) }}", f=wrong)
    assert ' tabindex="-1" autofocus' in ours, "it takes the focus where no script does"
    assert same(ours.replace(' tabindex="-1" autofocus', ""), theirs)


def test_what_django_says_is_said_plainly(draw):
    class Short(forms.Form):
        name = forms.CharField(max_length=5)
        left = forms.CharField()
        own = forms.CharField(max_length=5, error_messages={"max_length": "Our own words"})
        needs = forms.MultipleChoiceField(choices=CHOICES)
        paper = forms.FileField()

    form = Short({"name": "x" * 1200, "left": "", "own": "x" * 6, "needs": ["y" * 50]})
    assert [first_error(form[name]) for name in ("name", "left", "own", "needs", "paper")] == [
        "This is 1,200 characters long, and 5 fit. Shorten it and save again; it is still here",
        "Write this, or choose an answer",
        "Our own words",
        f"“{'y' * 40}…” is not one of the answers. Choose from the list",
        "Write this, or choose an answer",
    ]
    summary = draw("{{ fields.error_summary(f) }}", f=form)
    assert "1,200 characters" in summary
    assert "Ensure" not in summary


def test_no_errors_no_summary(draw):
    assert draw("{{ fields.error_summary(f) }}", f=Example()) == ""


def test_the_errors_of_several_forms_are_in_one_summary(draw):
    forms_ = [Example({}, prefix="p1"), Example({}, prefix="p2")]
    html = draw("{{ fields.error_summary(f) }}", f=forms_)
    assert "Six things" in html
    assert 'href="#id_p2-sure"' in html


@each(
    "macro",
    ["text(f.name)", "textarea(f.account)", "hidden(f.key)", "password(f.name)", "time_text(f.name)", "date_text(f.name)"],
)
def test_what_is_typed_is_escaped(draw, macro):
    form = Example({"name": HOSTILE, "account": HOSTILE, "key": HOSTILE})
    html = draw(f"{{{{ fields.{macro} }}}}", f=form)
    assert "<script>" not in html
    if not macro.startswith("password"):
        assert "&#34;&gt;&lt;script&gt;" in html
        assert "&amp;amp;" in html


def test_labels_hints_choices_and_errors_are_escaped(draw):
    class Hostile(forms.Form):
        field = forms.ChoiceField(
            label=HOSTILE, help_text=HOSTILE, choices=[(HOSTILE, HOSTILE), ("Group" + HOSTILE, [("x", HOSTILE)])]
        )

    form = Hostile({"field": "y"})
    form.errors["field"][:] = [HOSTILE]
    for macro in ("radios", "checkboxes", "select", "sign"):
        assert "<script>" not in draw(f"{{{{ fields.{macro}(f.field) }}}}", f=form), macro
    assert "<script>" not in draw("{{ fields.error_summary(f) }}{% call fields.person(t) %}{% endcall %}", f=form, t=HOSTILE)


def test_typing_comes_back_as_it_was_typed(draw):
    typed = "\n  first line\n\n last  "
    html = draw("{{ fields.textarea(f.account) }}", f=Example({"account": typed}))
    # A browser drops the first line break of a textarea, so the macro writes one of its own.
    assert f">\n{typed}</textarea>" in html


def test_a_password_never_comes_back(draw):
    assert "secret" not in draw("{{ fields.password(f.name) }}", f=Example({"name": "secret"}))


def test_nothing_is_required_and_nothing_cuts_what_is_pasted(draw):
    html = draw("{{ fields.text(f.name) }}{{ fields.radios(f.sure) }}{{ fields.select(f.place) }}", f=Example())
    assert "required" not in html
    assert "maxlength" not in html


def test_the_widgets_own_attributes_stay(draw):
    class Coded(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}))

    html = draw("{{ fields.text(f.code) }}", f=Coded())
    assert 'autocomplete="one-time-code"' in html
    assert 'spellcheck="false"' in html


def test_a_sign_has_a_tick_for_each_person_and_the_first_can_be_led_to(draw):
    html = draw("{{ fields.sign(f.needs) }}", f=Example({"needs": ["not_sure"]}))
    assert html.count('type="checkbox"') == 3
    assert 'id="id_needs" name="needs" value="yes">' in html
    assert 'value="not_sure" checked>' in html


def test_a_tick_box_is_ticked_by_what_was_typed(draw):
    assert " checked" in draw("{{ fields.tick(f.told) }}", f=Example({"told": "on"}))
    assert " checked" not in draw("{{ fields.tick(f.told) }}", f=Example({}))


def test_a_form_without_ids_is_refused(draw):
    with pytest.raises(ValueError, match="auto_id"):
        draw("{{ fields.text(f.name) }}", f=Example(auto_id=False))


def test_a_hidden_list_sends_each_value(draw):
    class Several(forms.Form):
        chosen = forms.MultipleChoiceField(choices=CHOICES, widget=forms.MultipleHiddenInput)

    html = draw("{{ fields.hidden(f.chosen) }}", f=Several({"chosen": ["yes", "no"]}))
    assert html.count('type="hidden"') == 2
    assert 'value="no"' in html
