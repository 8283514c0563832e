"""The page on which the rules are tried: facts part by part, two dates, and nothing kept of them."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lodestar.casework.cases.models import Case, Person
from lodestar.exchange.assess.forms import facts as forms
from lodestar.exchange.assess.forms.facts import faults
from lodestar.exchange.assess.presenters.compared import answered
from lodestar.exchange.assess.queries import answer_in_force, settings_for
from lodestar.platform.accounts.models import Draft, Submission
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.obligations.encounter_form import PERSON_KEYS, encounter_form, read_encounter
from lodestar.platform.obligations.form_values import FormErrors
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
        self.take(self.client.post("/assess", self.sent | typed | {"do": button}))
        return self

    def facts(self):
        return json.loads(self.sent["json"])

    def paste(self, facts):
        return self.press("use", json=json.dumps(facts))


def errors_of(facts):
    try:
        read_encounter(facts)
    except FormErrors as fault:
        return fault.errors
    return []


def test_a_first_person_is_there_and_the_force_is_named(sheet):
    assert sheet.facts() == {"force": "fenmarch", "people": [PERSON]}


def test_every_key_of_assess_has_a_field():
    paths = {kind: {field.path[0] for field in fields} for kind, fields in forms.FIELDS.items()}
    assert paths["person"] | paths["answers"] | {"exploitation", "suspected_of"} == set(PERSON_KEYS)
    written = encounter_form(read_encounter(LINES[0]))
    assert {field.path for field in forms.FIELDS["case"] if len(field.path) > 1} == {("case", key) for key in written["case"]}
    person = next(one for line in LINES for one in line["people"] if one.get("suspected_of") and one.get("exploitation"))
    told = encounter_form(read_encounter({"encountered_at": LINES[0]["encountered_at"], "people": [person]}))["people"][0]
    assert {field.path[0] for field in forms.FIELDS["act"]} == set(told["suspected_of"][0])
    assert {field.path[0] for field in forms.FIELDS["exploitation"]} == set(told["exploitation"][0])
    everything = [field.path for part in forms.FIELDS.values() for field in part]
    for key in ("birth", "consent"):
        assert {path[1] for path in everything if path[0] == key} == set(told[key])


def in_order(told):
    """Lists of ticks have no order of their own: the page gives them its own."""
    if isinstance(told, dict):
        return {key: in_order(value) for key, value in told.items()}
    if isinstance(told, list):
        return sorted(told) if all(isinstance(one, str) for one in told) else [in_order(one) for one in told]
    return told


@each("line", LINES, ids=lambda line: line["reference"])
def test_facts_come_through_every_part_of_the_page_unchanged(sheet, line):
    sheet.paste(line)
    before = in_order(encounter_form(read_encounter(sheet.facts())))
    for part in list(forms.parts_of(sheet.facts())):
        sheet.press(f"open:{part.id}")
        assert sheet.status == 200
    sheet.press("close")
    assert in_order(encounter_form(read_encounter(sheet.facts()))) == before


@each("line", LINES, ids=lambda line: line["reference"])
def test_page_and_api_answer_the_same_and_within_the_weight_of_a_page(sheet, line):
    encounter = read_encounter(line)
    told = answered(encounter, settings_for(encounter)).answers
    assert told == answer_in_force(line)
    sheet.paste(line).press("compare", second_day="1 May 2014")
    assert sheet.status == 200
    assert "The same facts on two dates" in sheet.text
    for place, person in enumerate(line["people"][1:], 1):
        sheet.press(f"show:{place}")
        assert f"{person['id']} and the case" in sheet.text
    sheet.press("edit")
    assert sheet.facts()["reference"] == line["reference"]


def test_nothing_is_kept_but_that_somebody_tried(sheet):
    before = Case.objects.count(), Person.objects.count()
    sheet.press("compare", first_day="2 March 2026", birth_age_min="16").press("show:0").press("edit").press("add:act-0")
    assert (Case.objects.count(), Person.objects.count()) == before
    assert (Draft.objects.count(), Submission.objects.count()) == (0, 0)
    event = Event.objects.get()
    assert (event.code, event.fields, event.people, event.subject, event.reason) == ("assess.tried", [], [], "", "")


def test_hiding_the_page_keeps_nothing_of_it(sheet):
    sheet.client.post("/hide", sheet.sent | {"birth_age_min": "16"})
    assert Draft.objects.count() == 0


def test_a_change_of_a_setting_shows_as_a_difference_and_says_whose_settings_answer(sheet):
    day = days_ahead(7)
    an_agreed_change(a_member("policy_owner"), a_member("policy_owner"), key="pip3_victims", value="1", from_date=day)
    sheet.press("compare", first_day=days_ahead(6).isoformat(), second_day=day.isoformat())
    assert "the settings shipped with Lodestar" in sheet.text
    assert f"(fenmarch {day.isoformat()})" in sheet.text
    row = sheet.text.partition("Consider a PIP3")[2][:400]
    assert "Second date only" in row
    assert "Not required." in row


def test_a_time_that_is_later_only_because_the_meeting_was_is_no_difference(sheet):
    sheet.press("compare", first_day="2 March 2026", second_day="9 March 2026")
    assert "Nothing differs here between the two dates." in sheet.text
    assert "3 March 2026, 12:00" in sheet.text
    assert "10 March 2026, 12:00" in sheet.text


def test_one_date_gives_one_answer(sheet):
    sheet.press("compare", first_day="2026-03-02", first_time="2340")
    assert "What the rules answer" in sheet.text
    assert "2 March 2026, 23:40" in sheet.text
    assert "What differs" not in sheet.text


def test_people_acts_and_exploitation_are_added_and_taken_out(sheet):
    sheet.press("add:person", birth_age_min="30").press("add:act-1")
    sheet.press("add:exploitation-1", act="Theft Act 1968", section="1")
    facts = sheet.facts()
    assert [person["id"] for person in facts["people"]] == ["p1", "p2"]
    assert facts["people"][0]["birth"] == {"age_min": 30}
    assert facts["people"][1] == {"id": "p2", "suspected_of": [{"act": "Theft Act 1968", "section": "1"}], "exploitation": [{}]}
    sheet.press("drop:act-1-0").press("drop:person-0")
    assert sheet.facts()["people"] == [{"id": "p2", "suspected_of": [], "exploitation": [{}]}]


def test_the_page_takes_no_more_people_than_it_can_show(sheet):
    typed = {"roles": ["possible_victim", "suspect"], "belief": "signs_only", "birth_age_min": "16", "birth_basis": "stated"}
    for _ in range(forms.MOST_PEOPLE + 3):
        sheet.press("add:person", **typed)
    assert len(sheet.facts()["people"]) == forms.MOST_PEOPLE
    for _ in range(forms.MOST_EACH + 3):
        sheet.press("add:act-0", act="Misuse of Drugs Act 1971", title="possession with intent to supply", stage="arrest")
    assert len(sheet.facts()["people"][0]["suspected_of"]) == forms.MOST_EACH
    sheet.press("compare", first_day="2 March 2026", second_day="1 May 2014")
    assert sheet.status == 200


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"first_day": ""}, "Write the first day"),
        ({"first_day": "soon"}, "“soon” is not a day"),
        ({"first_day": "31 February 2026"}, "“31 February 2026” is not a day"),
        ({"first_day": "2 March"}, "“2 March” is not a day"),
        ({"first_time": "25:00"}, "“25:00” is not a time"),
        ({"second_time": "2340"}, "Write the day as well"),
        ({"birth_age_min": "sixteen"}, "“sixteen” must be a whole number from 0 to 130, or blank"),
        ({"birth_age_min": "20", "birth_age_max": "16"}, "“20” must not be above the oldest"),
        ({"birth_date": "2050"}, "“2050” must not be after the day they are met"),
        ({"birth_date": "last May"}, "“last May” must be a year, a month or a day"),
        ({"birth_date": "2020", "second_day": "1 May 2014"}, "“2020” must not be after the day they are met on the second date"),
        ({"contact_lost": "maybe"}, "“maybe” must be a date and time"),
        ({"id": ""}, "Is needed"),
    ],
)
def test_what_cannot_be_read_is_said_in_words_beside_its_field(sheet, typed, says):
    sheet.press("compare", **({"first_day": "2 March 2026"} | typed))
    assert sheet.status == 422
    assert sheet.text.count(says) == 2  # in the summary, and beside the field
    assert "Error: Try the rules" in sheet.text
    assert Event.objects.count() == 0
    for name, value in typed.items():
        assert sheet.sent[name] == value


def test_a_fault_in_a_part_that_is_not_open_opens_it(sheet):
    sheet.press("open:case").press("compare", force="fenmrach", case_deaths="many", first_day="2 March 2026")
    assert "“fenmrach” is no force or area that Lodestar knows; near it: fenmarch" in sheet.text
    sheet.press("open:person-0")
    assert "Needs a look" in sheet.text
    sheet.press("compare")
    assert sheet.sent["open"] == "case"
    assert sheet.text.count("“many” must be a whole number") == 2


@each(
    ("text", "says"),
    [
        ("", "It is not JSON"), ("{", "It is not JSON"), ("[]", "one object"), ("7", "one object"),
        ('{"a": NaN}', "NaN is no value"), ('{"a": 1, "a": 2}', "a key is given twice"),
        ('{"reference": "\\ud800"}', "half a character"), ("[" * 9000 + "]" * 9000, "nested too deep"),
        ('{"people": 5}', "people must be a list"), ('{"people": [5]}', "people must be a list"),
        ('{"people": [{"suspected_of": {}}]}', None), ('{"people": [{"suspected_of": 7}]}', "suspected_of must be a list"),
        (json.dumps({"people": [{}] * 11}), "This page takes 10 people"), ("x" * 64_001, "longer than 64000"),
        ('{"reference": "</textarea><script>alert(1)</script>"', "It is not JSON"),
    ],
)  # fmt: skip
def test_json_that_cannot_be_taken_up_comes_back_with_the_reason(sheet, text, says):
    if len(text) > 20_000:
        assert sheet.client.post("/assess", sheet.sent | {"json": text, "do": "use"}).status_code == 422
        return
    sheet.press("compare", json=text, first_day="2 March 2026")
    assert sheet.status == 422
    assert says is None or says in sheet.text
    assert "<script>alert" not in sheet.html
    assert says is None or sheet.sent["json"] == text


def test_pasted_facts_with_faults_are_named_by_the_labels_of_the_page(sheet):
    act = {"act": "x", "on": "May", "stage": "charged"}
    people = [{"id": "p1", "birth": {"age_min": -1}, "suspected_of": [act], "hat": 1}, {"id": "p2", "consent": {"nrm": "yes"}}]
    facts = {"encountered_at": "2026-03-02T23:40:00Z", "colour": 1, "people": people}
    sheet.paste(facts)
    assert sheet.status == 422
    for words in (
        "The case: Colour is not a name that the rules know",
        "Person 1: hat is not a name",
        "“-1” must be a whole number",
        "Person 1: act 1 they are suspected of, done on, or from: “May” must be a year",
        "Person 2: what they answered, and referrals before, agrees to the NRM: “yes” must be yes or no, or blank",
    ):
        assert words.lower() in sheet.text.lower(), words
    assert sheet.sent["first_day"] == "2 Mar 2026"
    assert sheet.sent["first_time"] == "23:40"


def test_markup_in_facts_is_text(sheet):
    sheet.paste({"reference": "</textarea><b id=x>\"&amp;'", "people": [PERSON | {"id": "<i>p</i>"}]})
    assert "<b id=x>" not in sheet.html
    assert sheet.facts()["reference"] == "</textarea><b id=x>\"&amp;'"
    sheet.press("compare", first_day="2 March 2026")
    assert "<i>p</i>" not in sheet.html
    assert sheet.status == 200, sheet.text


@each("sent", [{}, {"do": "show:99"}, {"do": "open:person-9"}, {"do": "add:act-99"}, {"do": "drop:case"},
                                  {"do": "add:"}, {"do": "x" * 500}, {"open": "person-0"}, {"do": "show:٥"}])  # fmt: skip
def test_odd_requests_do_no_harm(sheet, sent):
    assert sheet.client.post("/assess", sent).status_code == 422
    assert sheet.client.post("/assess", sheet.sent | sent).status_code == 200


def test_every_message_of_the_rules_has_plain_words():
    jargon = re.compile(r"\bnull\b|age_|birth\.|encountered_at|slug|\bkey\b|\btrue\b")
    bad = {
        "encountered_at": "2026-03-02T23:40:00Z", "force": "suffok", "nation": "wessex", "extra": 1, "reference": 5,
        "case": {"deaths": -1, "police_areas": ["x", 3], "organised_group": 2, "diplomat": "no"},
        "people": [
            PERSON | {"birth": {"date": "2030", "age_min": 9, "age_max": 5, "basis": "guess"}, "alive": 0, "contact_lost": 7},
            PERSON | {"roles": "x", "exploitation": [{"from": "2026", "to": "2025"}], "consent": {"capacity": 1}},
            PERSON | {"id": "z", "birth": {"date": "2010-01-01"}, "contact_lost": "2026-01-01T10:00", "suspected_of": [
                {"on": "2020-01-01", "age_then_min": 30, "age_then_max": 3}, {"on": 5}, {"on": {"from": "x", "till": 3}}]},
        ],
    }  # fmt: skip
    found = errors_of(bad)
    assert len(found) > 20
    for fault in faults(bad, found):
        assert not jargon.search(fault.full_message), fault.full_message


def test_who_may_try(client):
    for role, told in ROLES.items():
        signed_in(client, a_member(role))
        assert client.get("/assess").status_code == (200 if Permission.ASSESS in told.permissions else 404), role
    client.logout()
    assert client.get("/assess").url.startswith("/sign-in")
    assert client.post("/assess", {"do": "compare"}).status_code == 403
