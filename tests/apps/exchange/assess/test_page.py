"""The page on which the rules are tried: facts person by person, and nothing kept of them."""

import json
import re
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lodestar.casework.cases.models import Case, Person
from lodestar.exchange.assess.forms import facts as forms
from lodestar.exchange.assess.forms.facts import faults
from lodestar.exchange.assess.presenters.answers import person_rows
from lodestar.exchange.assess.queries import answer_in_force
from lodestar.platform.accounts.models import Draft, Submission
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.encounter_form import PERSON_KEYS, encounter_form, read_encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.time.days import LONDON
from tests.factories.accounts import a_member
from tests.factories.settings import an_agreed_change, days_ahead
from tests.factories.signed_in import signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
SAMPLES = Path(__file__).parents[3] / "rules" / "data" / "encounters-sample.jsonl"
LINES = [json.loads(line) for line in SAMPLES.read_text().splitlines() if line.strip()]
HEAVIEST = 30_000
PERSON = {"id": "p1", "roles": ["possible_victim"], "belief": "reasonable_grounds"}


@pytest.fixture
def sheet(client):
    return Sheet(signed_in(client, a_member("policy_owner")))


class Fields(HTMLParser):
    """What a browser would send of a page: hidden and text fields, ticks, choices, text boxes."""

    def __init__(self, html):
        super().__init__()
        self.sent, self.box, self.select = {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        kind, name = told.get("type"), told.get("name")
        if tag == "input" and kind in ("hidden", "text"):
            self.sent[name] = told.get("value") or ""
        elif tag == "input" and "checked" in told:
            self.sent.setdefault(name, []).append(told["value"])
        elif tag == "select":
            self.select, self.sent[name] = name, ""
        elif tag == "option" and "selected" in told:
            self.sent[self.select] = told["value"]
        elif tag == "textarea":
            self.box, self.sent[name] = name, ""

    def handle_data(self, data):
        if self.box:
            self.sent[self.box] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.sent[self.box] = self.sent[self.box].removeprefix("\n").replace("\n", "\r\n")
            self.box = None


class Sheet:
    """The page as a browser has it: what it sends is what stood there, with what was typed and the button pressed."""

    def __init__(self, client):
        self.client = client
        self.take(client.get("/assess"))

    def take(self, response):
        self.status, self.html = response.status_code, response.content.decode()
        self.text = unescape(re.sub(r"<[^>]+>", " ", self.html))
        assert len(response.content) <= HEAVIEST, len(response.content)
        self.sent = Fields(self.html).sent

    def press(self, button, **typed):
        sent = {name: value for name, value in (self.sent | typed | {"do": button}).items() if value is not None}
        self.take(self.client.post("/assess", sent))
        return self

    def facts(self):
        return forms.facts_from(self.sent["facts"])

    def hold(self, facts):
        facts = {key: value for key, value in facts.items() if key != "encountered_at"}
        return self.press("edit", facts=forms.signed(facts), filled=None)


def met(facts):
    return read_encounter(facts | {"encountered_at": LINES[0]["encountered_at"]})


def errors_of(facts):
    try:
        read_encounter(facts)
    except FormErrors as fault:
        return fault.errors
    return []


def test_a_first_person_is_there_and_the_force_is_named(sheet):
    assert sheet.facts() == {"force": "fenmarch", "people": [PERSON]}


def fields_of(group):
    return [field.path for field in forms.FIELDS if field.group == group]


def test_every_key_of_assess_has_a_field():
    own = {path[0] for group in ("person", "answers") for path in fields_of(group)}
    assert own | {"exploitation", "suspected_of"} == set(PERSON_KEYS)
    written = encounter_form(read_encounter(LINES[0]))
    assert {path for path in fields_of("case") if len(path) > 1} == {("case", key) for key in written["case"]}
    person = next(one for line in LINES for one in line["people"] if one.get("suspected_of") and one.get("exploitation"))
    told = encounter_form(met({"people": [person]}))["people"][0]
    assert {path[0] for path in fields_of("act")} == set(told["suspected_of"][0])
    assert {path[0] for path in fields_of("exploitation")} == set(told["exploitation"][0])
    for key in ("birth", "consent"):
        assert {field.path[1] for field in forms.FIELDS if field.path[0] == key} == set(told[key])
    assert len({field.name for field in forms.FIELDS}) == len(forms.FIELDS)


def of_the_page(line):
    """A sample with as much of each person as the page has room for: one exploitation, one act."""
    people = [
        {key: value[:1] if key in ("exploitation", "suspected_of") and value else value for key, value in person.items()}
        for person in line["people"]
    ]
    return line | {"people": people}


def in_order(told):
    """Lists of ticks have no order of their own: the page gives them its own."""
    if isinstance(told, dict):
        return {key: in_order(value) for key, value in told.items()}
    if isinstance(told, list):
        return sorted(told) if all(isinstance(one, str) for one in told) else [in_order(one) for one in told]
    return told


@each("line", LINES, ids=lambda line: line["reference"])
def test_facts_come_through_the_page_unchanged(sheet, line):
    sheet.hold(of_the_page(line))
    before = in_order(encounter_form(met(sheet.facts())))
    for place in range(len(line["people"])):
        sheet.press(f"show:{place}")
        assert (sheet.status, sheet.sent["shown"]) == (200, str(place))
    sheet.press("show:0")
    assert in_order(encounter_form(met(sheet.facts()))) == before


@each("line", LINES, ids=lambda line: line["reference"])
def test_page_shows_what_the_api_answers_within_the_weight_of_a_page(sheet, line):
    line = of_the_page(line)
    told = answer_in_force(read_encounter(line))
    at = datetime.fromisoformat(line["encountered_at"]).astimezone(LONDON)
    sheet.hold(line).press("run", encountered=f"{at:%d %B %Y %H%M}")
    for place, person in enumerate(told["people"]):
        sheet.press(f"answer:{place}")
        assert sheet.status == 200
        for what, words in person_rows(person):
            assert what in sheet.text
            assert words in sheet.text
    sheet.press("edit")
    assert sheet.facts()["reference"] == line["reference"]


def test_nothing_is_kept_but_that_somebody_tried(sheet):
    before = Case.objects.count(), Person.objects.count()
    sheet.press("run", encountered="2 March 2026 2340", birth_age_min="16").press("answer:0").press("edit").press("add")
    assert (Case.objects.count(), Person.objects.count()) == before
    assert (Draft.objects.count(), Submission.objects.count()) == (0, 0)
    event = Event.objects.get()
    assert (event.code, event.fields, event.people, event.subject, event.reason) == ("assess.tried", [], [], "", "")


def test_hiding_the_page_keeps_nothing_of_it(sheet):
    sheet.client.post("/hide", sheet.sent | {"birth_age_min": "16"})
    assert Draft.objects.count() == 0


def test_a_change_of_a_setting_answers_from_its_day_and_the_page_says_whose_settings(sheet):
    day = days_ahead(7)
    an_agreed_change(a_member("policy_owner"), a_member("policy_owner"), key="pip3_victims", value="1", from_date=day)
    sheet.press("run", encountered=f"{days_ahead(6):%d %B %Y} 1200")
    assert "the settings shipped with Lodestar" in sheet.text
    assert "Consider a PIP3" not in sheet.text
    sheet.press("edit").press("run", encountered=f"{day:%d %B %Y} 1200")
    assert f"(fenmarch {day.isoformat()})" in sheet.text
    assert "Consider a PIP3" in sheet.text


def test_people_are_added_and_taken_out(sheet):
    sheet.press("add", birth_age_min="30").press("show:0", act="Theft Act 1968", section="1", type="labour")
    facts = sheet.facts()
    assert [person["id"] for person in facts["people"]] == ["p1", "p2"]
    assert facts["people"][0]["birth"] == {"age_min": 30}
    act = {"suspected_of": [{"act": "Theft Act 1968", "section": "1"}], "exploitation": [{"type": "labour"}]}
    assert facts["people"][1] == {"id": "p2"} | act
    sheet.press("drop")
    assert sheet.facts()["people"] == [{"id": "p2"} | act]
    sheet.press("drop").press("run", encountered="2 March 2026 2340")
    assert sheet.facts()["people"] == []
    assert sheet.status == 200


def test_the_page_takes_no_more_people_than_it_can_show(sheet):
    typed = {"roles": ["possible_victim", "suspect"], "belief": "signs_only", "birth_age_min": "16", "birth_basis": "stated"}
    for _ in range(forms.MOST_PEOPLE + 3):
        sheet.press("add", **typed)
    assert len(sheet.facts()["people"]) == forms.MOST_PEOPLE
    sheet.press("run", encountered="2 March 2026 2340")
    assert sheet.status == 200


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"encountered": ""}, "Write a day and a time"),
        ({"encountered": "soon"}, "“soon” is not a day and a time"),
        ({"encountered": "31 February 2026 2340"}, "“31 February 2026 2340” is not a day and a time"),
        ({"encountered": "2 March 2340"}, "“2 March 2340” is not a day and a time"),
        ({"encountered": "2 March 2026 25:00"}, "“2 March 2026 25:00” is not a day and a time"),
        ({"birth_age_min": "sixteen"}, "“sixteen” must be a whole number from 0 to 130, or blank"),
        ({"birth_age_min": "20", "birth_age_max": "16"}, "“20” must not be above the oldest"),
        ({"birth_date": "2050"}, "“2050” must not be after the day they are met"),
        ({"birth_date": "last May"}, "“last May” must be a year, a month or a day"),
        ({"contact_lost": "maybe"}, "“maybe” must be a date and time"),
        ({"id": ""}, "Is needed"),
    ],
)
def test_what_cannot_be_read_is_said_in_words_beside_its_field(sheet, typed, says):
    sheet.press("run", **({"encountered": "2 March 2026 2340"} | typed))
    assert sheet.status == 422
    assert sheet.text.count(says) == 2  # in the summary, and beside the field
    assert "Error: Try the rules" in sheet.text
    assert Event.objects.count() == 0
    for name, value in typed.items():
        assert sheet.sent[name] == value


def test_a_fault_of_a_person_who_is_not_shown_shows_them(sheet):
    sheet.press("add").press("show:0", birth_age_min="many")
    assert sheet.sent["shown"] == "0"
    sheet.press("run", force="fenmrach", case_deaths="some", encountered="2 March 2026 2340")
    assert sheet.sent["shown"] == "1"
    assert "“fenmrach” is no force or area that Lodestar knows; near it: fenmarch" in sheet.text
    for typed in ("many", "some"):
        assert sheet.text.count(f"“{typed}” must be a whole number") == 2


def test_facts_that_are_not_the_pages_own_begin_anew(sheet):
    sheet.press("run", facts=json.dumps({"people": 5}))
    assert sheet.status == 422
    assert sheet.facts() == {"force": "fenmarch", "people": [PERSON]}


def test_markup_in_facts_is_text(sheet):
    sheet.hold({"reference": "</textarea><b id=x>\"&amp;'", "people": [PERSON | {"id": "<i>p</i>"}]})
    assert "<b id=x>" not in sheet.html
    assert sheet.facts()["reference"] == "</textarea><b id=x>\"&amp;'"
    sheet.press("run", encountered="2 March 2026 2340")
    assert "<i>p</i>" not in sheet.html
    assert sheet.status == 200, sheet.text


@each("sent", [{}, {"do": "answer:99"}, {"do": "show:99"}, {"do": "add"}, {"do": "drop"}, {"do": "x" * 500}, {"shown": "99"},
               {"do": "answer:٥"}])  # fmt: skip
def test_odd_requests_do_no_harm(sheet, sent):
    assert sheet.client.post("/assess", sent).status_code == 422
    assert sheet.client.post("/assess", sheet.sent | sent).status_code == 200


def test_every_message_of_the_rules_has_plain_words():
    jargon = re.compile(r"\bnull\b|age_|birth\.|encountered_at|slug|\bkey\b|\btrue\b")
    bad = {
        "encountered_at": "2026-03-02T23:40:00Z", "force": "suffok", "nation": "wessex", "reference": 5,
        "case": {"deaths": -1, "police_areas": ["x", 3], "organised_group": 2, "diplomat": "no"},
        "people": [
            PERSON | {"birth": {"date": "2030", "age_min": 9, "age_max": 5, "basis": "guess"}, "alive": 0, "contact_lost": 7},
            PERSON | {"exploitation": [{"from": "2026", "to": "2025"}], "consent": {"capacity": 1}},
            PERSON | {"id": "z", "birth": {"date": "2010-01-01"}, "contact_lost": "2026-01-01T10:00", "suspected_of": [
                {"on": "2020-01-01", "age_then_min": 30, "age_then_max": 3}, {"on": 5}]},
        ],
    }  # fmt: skip
    found = errors_of(bad)
    assert len(found) > 15
    for fault in faults(bad, found):
        assert not jargon.search(fault.message), fault.message


def test_who_may_try(client):
    for role, told in ROLES.items():
        signed_in(client, a_member(role))
        assert client.get("/assess").status_code == (200 if Permission.ASSESS in told.permissions else 404), role
    client.logout()
    assert client.get("/assess").url.startswith("/sign-in")
    assert client.post("/assess", {"do": "run"}).status_code == 403
