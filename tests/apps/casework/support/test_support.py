"""The stage of a person as stored and shown, whom to reach today, and that a navigator sees support alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.cases.models import CaseMember
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.actions import record_referral
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.casework.support.actions import give_support, record_support
from lodestar.casework.support.models import SupportRecord, SupportStage
from lodestar.platform.notices.models import Notice
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person, contact_rule
from tests.factories.signed_in import html_of, sent, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")

NO = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}


def a_victim(name="Ardit", days=10, **facts):
    officer = a_member("frontline", name="PC Brandreth")
    at = timezone.now() - timedelta(days=days)
    return officer, a_person(officer, a_case(officer, at=at), at=at, name=name, **facts)


def refuses(officer, person, days=8, **answer):
    record_consent(by=officer, at=timezone.now() - timedelta(days=days), person=person, answer=NO | answer)


def stage_of(person):
    return SupportStage.objects.get(person=person).stage


def reached(html):
    """Who is on the reach list, in order, and whether a safe way is known."""
    return re.findall(r'data-reach="(\w+)"><h3><a class="govuk-link" href="/people/([^/]+)/support"', html)


def test_the_stage_follows_what_happened_and_its_history_stays(client):
    officer, person = a_victim()
    advisor = a_member("advisor")
    assert stage_of(person) == "before"
    refuses(officer, person)
    assert stage_of(person) == "declined_by_person"
    record_consent(by=officer, at=timezone.now() - timedelta(days=2), person=person, answer=NO | {"nrm": True})
    assert stage_of(person) == "before"
    sent_at = timezone.now() - timedelta(days=1)
    record_referral(by=officer, at=sent_at, person=person, seen=0, route="nrm", direction="made_by_us")
    assert stage_of(person) == "pending"
    page = html_of(signed_in(client, advisor), f"/people/{person.id}/support")
    assert 'data-stage="pending"' in page
    listed = re.search(r"data-history>(.*?)</ul>", page)[1]
    assert [line.split(",")[0] for line in re.findall("<li>(.*?)</li>", listed)] == [
        "Decision awaited",
        "Before a referral",
        "Declined by the person",
        "Before a referral",
    ]
    assert "/support" in html_of(client, f"/people/{person.id}")
    assert f"/people/{person.id}/support" not in html_of(signed_in(client, officer), f"/people/{person.id}")
    path = f"/people/{person.id}/support/record"
    assert sent(advisor, path, kind="ended").status_code == 422, "an end has a reason"
    assert sent(advisor, path, kind="ended", words="She moved abroad").status_code == 302
    assert stage_of(person) == "closed"
    assert sent(advisor, path, kind="came_back").status_code == 302
    assert stage_of(person) == "pending"
    assert ledger.differences([person.case]) == []


def test_a_move_of_support_is_owed_until_the_receiving_worker_confirms():
    _, person = a_victim()
    advisor = a_member("advisor")
    assert sent(advisor, f"/people/{person.id}/support/record", kind="transfer").status_code == 422, "to whom"
    sent(advisor, f"/people/{person.id}/support/record", kind="transfer", who="Norwich outreach")
    row = Obligation.objects.get(person=person, code="confirm_support_transfer", state="open")
    sent(advisor, f"/owed/{row.id}", kind="done", record_who="J. Obi, Norwich outreach", record_said="Takes over on Monday")
    row.refresh_from_db()
    assert (row.state, row.closed_with) == ("closed", "record")


def test_a_child_cannot_withdraw_and_a_contact_obeys_its_rule():
    _, person = a_victim(age_min=15, age_max=15, age_basis="stated")
    advisor = a_member("advisor")
    path = f"/people/{person.id}/support/record"
    assert sent(advisor, path, kind="withdrew", words="No more").status_code == 422
    assert sent(advisor, path, kind="reached").status_code == 422, "no rule is no contact"
    assert not SupportRecord.objects.exists()
    assert sent(advisor, path, kind="reached", they_came="on").status_code == 302
    assert sent(advisor, path, kind="not_reached", without="She asked us to ring").status_code == 302
    assert ContactWithout.objects.get(person=person).code == "support_contact"
    assert ledger.differences([person.case]) == []


def test_the_reach_list_is_late_and_grave_first_and_says_where_there_is_no_safe_way(client):
    officer, quiet = a_victim("Ardit", days=0)
    _, late = a_victim("Bao")
    _, child = a_victim("Cal", age_min=15, age_max=15, age_basis="stated")
    refuses(officer, quiet, days=7)
    agree_contact(by=officer, at=timezone.now(), person=child, rule=contact_rule(times="Mornings"))
    html = html_of(signed_in(client, a_member("advisor")), "/my-work")
    assert reached(html) == [("open", str(child.id)), ("closed", str(late.id)), ("closed", str(quiet.id))]
    assert "No safe way: do not contact" in html
    assert "07700" not in html
    assert reached(html_of(signed_in(client, a_member("victim_liaison")), "/my-work")) == [], "was given nobody"


def test_never_again_leaves_nobody_on_any_list(client):
    officer, person = a_victim(days=40)
    refuses(officer, person)
    client = signed_in(client, a_member("advisor"))
    page = f"/people/{person.id}/support"
    assert reached(html_of(client, "/my-work"))
    assert all(page in html_of(client, path) for path in ("/support", "/support?near=quiet", "/support?q=ardit"))
    refuses(officer, person, days=1, contact_again="unwanted")
    assert reached(html_of(client, "/my-work")) == []
    assert not any(page in html_of(client, path) for path in ("/support", "/support?near=quiet", "/support?q=ardit"))
    html = html_of(client, page)
    assert "data-peace" in html
    assert "data-owed" not in html
    assert not Obligation.objects.filter(person=person, state="open", code__in=["offer_again_later", "needs_assessment"]).exists()
    assert ledger.differences([person.case]) == []


def test_a_navigator_sees_the_support_of_whom_they_were_given_and_nothing_else(client):
    officer, person = a_victim(name="Ardit Hoxha")
    suspect = a_person(officer, person.case, name="Skender", roles=["suspect"], belief="none")
    advisor, navigator, liaison = a_member("advisor"), a_member("navigator", name="Ines Halloran"), a_member("victim_liaison")
    page = f"/people/{person.id}/support"
    client = signed_in(client, navigator)
    assert client.get(page).status_code == 404
    give = f"{page}/give"
    assert sent(liaison, give, to=navigator.user).status_code == 404
    assert sent(advisor, give, to=liaison.user).status_code == 422, "who sees cases is given cases, by others"
    assert sent(advisor, give, to=navigator.user).status_code == 302
    notice = Notice.objects.get(to_id=navigator.user)
    assert notice.kind == "support_given"
    assert page in html_of(client, "/my-work")
    html = html_of(client, page)
    assert person.case.reference not in html
    assert "/owed/" not in html
    assert page in html_of(client, "/support")
    assert sent(navigator, f"{page}/record", kind="reached", they_came="on").status_code == 302
    case = f"/cases/{person.case.reference}"
    walled = [
        case, f"{case}/owed", f"/people/{person.id}", f"/people/{person.id}/crime", f"/people/{person.id}/address",
        f"/people/{suspect.id}/support", "/my-cases", "/find?q=Ardit", give,
    ]  # fmt: skip
    assert [path for path in walled if client.get(path).status_code != 404] == []
    row = CaseMember.objects.get(user_id=navigator.user)
    assert sent(advisor, give, revoke=row.id).status_code == 302
    assert client.get(page).status_code == 404
    assert page not in html_of(client, "/my-work")
    assert page not in html_of(client, "/support")


def test_the_lists_are_narrowed_by_stage_worker_and_what_is_near(client):
    officer, person = a_victim(name="Ardit", days=40)
    _, other = a_victim(name="Bao", birth_date=(timezone.localdate() - timedelta(days=17 * 365 + 300)).isoformat())
    refuses(officer, person)
    navigator, advisor, liaison = a_member("navigator"), a_member("advisor"), a_member("victim_liaison")
    give_support(by=advisor, at=timezone.now(), person=other, to=navigator.user)
    give_case(by=officer, at=timezone.now(), case=person.case, to=liaison.user)
    client = signed_in(client, advisor)
    pages = [f"/people/{one.id}/support" for one in (person, other)]

    def shown(**asked):
        html = html_of(client, "/support", **asked)
        return [page in html for page in pages]

    assert shown() == [True, True]
    assert shown(stage="declined_by_person") == [True, False]
    assert shown(worker=navigator.user) == [False, True]
    assert shown(worker=liaison.user) == [True, False]
    assert shown(near="quiet") == [True, False]
    assert shown(near="turning_18") == [False, True]
    assert shown(q=other.case.reference) == [False, True]
    record_support(by=advisor, at=timezone.now(), person=person, kind="reached", they_came=True)
    assert shown(near="quiet") == [False, False]
    html = html_of(signed_in(client, liaison), "/support")
    assert [page in html for page in pages] == [True, False]


def test_what_an_advisor_planned_is_not_for_who_sees_no_support(client):
    officer, person = a_victim(needs=["medical"])
    advisor, words = a_member("advisor"), "A room in Eldham is full until May"
    row = Obligation.objects.get(person=person, code="refer_support_service")
    answer_duty(by=advisor, at=timezone.now(), case=person.case, obligations=[row], kind="not_possible", because=words)
    pages = (f"/owed/{row.id}", f"/people/{person.id}/happened", f"/cases/{person.case.reference}/happened")
    seen = [words in html_of(signed_in(client, member), page) for member in (advisor, officer) for page in pages]
    assert seen == [True] * 3 + [False] * 3
