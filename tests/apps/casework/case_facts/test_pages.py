"""What becomes known after the first hour is recorded on pages, and opens and closes what it must."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.models import Case, EarlierReferral, Exploitation, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, html_of, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")


class Night:
    """An officer signed in, a case an hour old, a possible victim and an exploiter; what it posts must be taken."""

    def __init__(self, client, **victim):
        self.officer = a_member("frontline", name="PC Brandreth")
        met = timezone.now() - timedelta(hours=1)
        self.case = a_case(self.officer, at=met)
        known = {"belief": "reasonable_grounds", "age_min": 30, "age_max": 30, "age_basis": "stated"} | victim
        self.victim = a_person(self.officer, self.case, at=met, name="Ardit", roles=["possible_victim"], **known)
        self.suspect = a_person(self.officer, self.case, at=met, name="Skip", roles=["exploiter"], age_min=40, age_max=40)
        self.client = signed_in(client, self.officer)

    def page(self, name):
        owner = f"/cases/{self.case.reference}" if name in ("case-more", "what-happened") else f"/people/{self.victim.id}"
        return f"{owner}/{name.removeprefix('case-')}"

    def posts(self, name, **answers):
        if name in ("more", "case-more"):
            row = (Case if name == "case-more" else Person).objects.get(
                id=self.case.id if name == "case-more" else self.victim.id
            )
            answers = {"version": str(row.version), "deaths": "0"} | answers
        page = self.client.post(self.page(name), form(**answers))
        assert page.status_code == 302, page.content.decode()

    def happened(self, kind, person=None, **answers):
        self.posts("what-happened", kind=kind, person=str((person or self.victim).id), **answers)

    def states(self, *codes):
        rows = Obligation.objects.filter(case=self.case, code__in=codes).exclude(state="not_owed")
        return sorted((row.code, row.state) for row in rows)

    def open_codes(self):
        return set(Obligation.objects.filter(case=self.case, state="open").values_list("code", flat=True))


OPENED = {
    "report_missing": lambda night: night.posts("missing", at="now"),
    "missing_person_steps": lambda night: night.posts("more", found_after_missing="yes"),
    "phone_and_tracking_check": lambda night: night.posts("exploitation", type="labour", still_in_situation="yes"),
    "record_incident_overseas": lambda night: night.posts("exploitation", type="labour", where="overseas"),
    "mention_earlier_referral": lambda night: night.posts("earlier-referral", route="dtn", same_events="no"),
    "tell_competent_authority_and_referrer": lambda night: night.posts("earlier-referral", route="nrm", same_events="yes"),
    "consider_senior_investigator_pip3": lambda night: night.posts("case-more", deaths="1"),
    "tell_coroner": lambda night: night.posts("more", alive="no"),
    "tell_national_agency": lambda night: night.posts("case-more", diplomat="yes"),
    "tell_foreign_office_protocol": lambda night: night.posts("case-more", diplomat="yes"),
    "tell_legal_adviser_about_appeal": lambda night: night.client.post(
        f"/people/{night.victim.id}/offences", form(pick="other", title="Cannabis farm", stage="convicted")
    ),
    "victim_update": lambda night: night.happened("suspect_bailed", night.suspect),
    "tell_victim_before_release": lambda night: night.happened("suspect_to_be_released", night.suspect, at="tomorrow 0900"),
    "seek_adult_consent": lambda night: night.happened("found_adult"),
    "forced_marriage_steps": lambda night: night.happened("forced_marriage_known"),
    "di_review_before_no_further_action": lambda night: night.posts("what-happened", kind="closing_proposed"),
    "adult_safeguarding": lambda night: night.posts("more", care_and_support_needs="yes"),
    "threat_to_life_assessment": lambda night: night.posts("more", threats="family_abroad"),
    "who_sent_the_helper": lambda night: night.posts("more", helpers="solicitor"),
    "explain_home_office_role": lambda night: night.posts("more", british="no"),
    "sexual_assault_referral": lambda night: night.happened("rape_reported"),
}
AS_A_CHILD = {"seek_adult_consent", "mention_earlier_referral"}


def test_what_only_an_import_opened_is_opened_by_a_page(client):
    closed_to_pages = []
    for code, records in OPENED.items():
        night = Night(client, **{"age_min": 16, "age_max": 17, "age_basis": "disputed"} if code in AS_A_CHILD else {})
        assert code not in night.open_codes()
        records(night)
        if code not in night.open_codes():
            closed_to_pages.append(code)
        assert ledger.differences([Case.objects.get(id=night.case.id)]) == []
    assert closed_to_pages == []


def test_missing_is_reported_found_and_missing_again(client):
    night = Night(client)
    night.posts("more", found_after_missing="yes")
    night.posts("missing", at="now", by_whom="Control room", reference="M 12")
    assert Person.objects.get(id=night.victim.id).found_after_missing is True, "losing contact takes back no other fact"
    assert "data-lost" in html_of(night.client, f"/people/{night.victim.id}")
    assert night.states("report_missing") == [("report_missing", "closed")], "to whom it was reported is recorded"
    assert Person.objects.get(id=night.victim.id).contact_lost_at
    night.posts("missing", at="now", locality="A bus station")
    person = Person.objects.get(id=night.victim.id)
    assert (person.contact_lost, person.found_after_missing, person.roles) == (False, True, ["possible_victim"])
    assert night.states("report_missing") == []
    night.posts("missing", at="now")
    both = ("missing_person_steps", "report_missing")
    assert night.states(*both) == [(code, "open") for code in both]
    latest = CaseEvent.objects.order_by("-happened_at", "-id")[0]
    night.posts("missing", take_back=str(latest.id))
    night.posts("missing", take_back=str(latest.id))  # a colleague had the same thought
    assert Person.objects.get(id=night.victim.id).contact_lost is False
    assert Event.objects.filter(code="cases.event_taken_back", case=night.case.id).count() == 1


def test_a_victim_is_told_of_each_step_and_before_each_release(client):
    night = Night(client)
    night.happened("suspect_arrested", night.suspect, at="now")
    night.happened("suspect_to_be_released", night.suspect, at="tomorrow 0900")
    update, release = "victim_update", "tell_victim_before_release"
    assert night.states(update, release) == [(release, "open"), (update, "open")]
    told = Obligation.objects.get(case=night.case, code=release)
    assert (told.person_id, told.due_at) == (night.victim.id, CaseEvent.objects.get(kind="suspect_to_be_released").happened_at)
    night.happened("victim_updated")
    night.happened("victim_told_of_release")
    assert night.states(update, release) == [(release, "closed"), (update, "closed")]
    night.happened("suspect_charged", night.suspect)
    night.happened("suspect_to_be_released", night.suspect, at="tomorrow 1000")
    assert ("victim_update", "open") in night.states(update)
    assert night.states(release) == [(release, "closed"), (release, "open")]
    night.happened("release_planned", at="tomorrow 1100")
    assert len(night.states(release)) == 2, "one's own release is no exploiter's"


def test_exploitation_is_added_changed_ended_and_removed(client):
    night = Night(client)
    night.posts(
        "exploitation", type="labour", from_date="2025", still_in_situation="yes", still_since="March 2026", where="uk",
        locality="A farm", police_areas="Norfolk", by_whom="Skip", organised="yes",
    )  # fmt: skip
    row = Exploitation.objects.get(person=night.victim)
    assert (row.where, row.police_areas, row.by_whom, row.organised) == (["uk"], ["norfolk"], "Skip", True)
    assert "consider_pip3" in night.open_codes()
    path = f"/people/{night.victim.id}/exploitation"
    html = html_of(night.client, path, row=str(row.id))
    version = html.split('name="version" value="')[1].split('"')[0]
    answers = {"row": str(row.id), "type": "labour", "still_in_situation": "no", "to_date": "yesterday", "organised": ""}
    assert night.client.post(path, form(**answers, version="stale")).status_code == 422
    night.posts("exploitation", **answers, version=version)
    row.refresh_from_db()
    assert (row.still_in_situation, row.organised, bool(row.to_date)) == (False, None, True)
    night.posts("exploitation", row=str(row.id), remove="1")
    assert not Exploitation.objects.filter(person=night.victim).exists()
    other = a_person(night.officer, a_case(a_member("frontline")), name="Else")
    stranger = Exploitation.objects.create(person=other, type="labour")
    assert night.client.get(path, {"row": str(stranger.id)}).status_code == 404


def test_not_known_stays_null_and_a_colleagues_change_is_not_overwritten(client):
    night = Night(client)
    night.posts("more", alive="yes")
    person = Person.objects.get(id=night.victim.id)
    assert (person.alive, person.british, person.care_and_support_needs) == (True, None, None)
    night.posts("more", alive="not_known")
    assert Person.objects.get(id=night.victim.id).alive is None, "an answer can be taken back"
    assert night.client.post(night.page("more"), form(alive="no", version="1")).status_code == 422
    night.posts("earlier-referral", route="nrm", by="Refuge", decision="rg_negative", new_evidence="yes")
    row = EarlierReferral.objects.get(person=night.victim)
    assert (row.by, row.decision, row.same_events, row.new_evidence) == ("Refuge", "rg_negative", None, True)
    for page in ("more", "missing", "exploitation", "earlier-referral", "case-more", "what-happened"):
        html_of(night.client, night.page(page))
    for wrong in ({"kind": "suspect_arrested"}, {"kind": "hearing_planned", "person": str(night.victim.id), "at": "yesterday"}):
        assert night.client.post(night.page("what-happened"), form(**wrong)).status_code == 422
    assert not CaseEvent.objects.filter(case=night.case).exists()


def test_an_age_that_was_settled_becomes_the_age_and_asks_an_adult(client):
    night = Night(client, age_min=None, age_max=None, birth_date="2010-05-01", age_basis="disputed")
    night.happened("found_adult", by_whom="Children’s services")
    person = Person.objects.get(id=night.victim.id)
    assert (person.age_basis, person.age_min, person.birth_date) == ("assessed", 18, "")
    assert {"seek_adult_consent", "explain_who_will_know"} <= night.open_codes()
    night.happened("found_child")
    assert "refer_nrm" in night.open_codes()
    latest = CaseEvent.objects.get(kind="found_child")
    back = night.client.post(night.page("what-happened"), form(take_back=str(latest.id)))
    assert back["Location"] == f"/people/{night.victim.id}/age", "the age that it set is put right there"
    again = Night(client)
    again.happened("found_adult")
    assert "seek_adult_consent" not in again.open_codes(), "an adult all along was never treated as a child"
