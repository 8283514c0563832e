"""What is due and is no task of a case stands on the first page of who does it, late first, and on nobody else's."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.information_governance.retention.models import BreachStep
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.notices.due_items import DueItem, Kind, due_items, register_due_items
from lodestar.web.presenters.work import DUE_SHOWN, due_panels
from tests.factories.accounts import a_member
from tests.factories.cases import StandardsAlertFactory, user_of
from tests.factories.guidance import a_draft, a_published_version
from tests.factories.keeping import BreachFactory, ReviewDueFactory, SubjectRequestFactory, SubjectRequestStepFactory
from tests.factories.signed_in import html_of, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
DAY = timedelta(days=1)


def due_of(client, member):
    """The addresses in the panel, and how many of them are late."""
    signed_in(client, member)
    with at_most(15):
        html = html_of(client, "/my-work")
    panel = html.partition('id="panel-due"')[2].partition("</section>")[0]
    return re.findall(r'class="govuk-link" href="([^"]+)"', panel), panel.count(">Late<")


def test_data_protection_sees_breaches_requests_and_reviews_late_first(client):
    now, today = timezone.now(), timezone.localdate()
    running, late = BreachFactory(aware_at=now - 2 * DAY), BreachFactory(aware_at=now - 4 * DAY)
    over = BreachFactory(aware_at=now - 5 * DAY)
    BreachStep.objects.create(breach=over, kind="closed", happened_at=now, recorded_at=now, recorded_by=over.recorded_by)
    asked, soon = (SubjectRequestFactory(received_on=today - days * DAY) for days in (40, 20))
    SubjectRequestStepFactory(request=SubjectRequestFactory(received_on=today - 50 * DAY), kind="withdrawn")
    review, ahead, hidden = (ReviewDueFactory(due_on=today + days * DAY) for days in (-9, 3, -9))
    ReviewDueFactory(due_on=today + 40 * DAY)
    Case.objects.filter(id=hidden.person.case_id).update(sealed=True)
    hrefs, how_many_late = due_of(client, a_member("data_protection"))
    assert hrefs == [
        f"/breaches/{late.id}", f"/requests/{asked.id}", f"/keeping/people/{review.person_id}",
        f"/breaches/{running.id}", f"/requests/{soon.id}", f"/keeping/people/{ahead.person_id}",
    ]  # fmt: skip
    assert how_many_late == 3
    assert due_of(client, a_member("frontline")) == ([], 0)


def test_an_editor_sees_what_a_second_person_approves_and_pages_past_their_review(client):
    editor, other = a_member("guidance_editor"), a_member("guidance_editor")
    draft, page = a_draft(other), a_published_version(other, review_by=timezone.localdate() - DAY)
    a_draft(editor)  # waits for somebody else
    hrefs, how_many_late = due_of(client, editor)
    about = f"/guidance/documents/{page.document_id}/about"
    assert (hrefs, how_many_late) == ([about, *(f"/guidance/versions/{row.id}/stage" for row in (draft, page))], 1)


def test_standards_sees_open_alerts_but_none_about_themselves(client):
    member = a_member("professional_standards")
    alert, _ = StandardsAlertFactory(), StandardsAlertFactory(about=user_of(member))
    assert due_of(client, member) == ([f"/standards/{alert.id}"], 0)


def test_of_many_a_few_of_each_kind_stand_there_with_the_way_to_all(monkeypatch):
    monkeypatch.setattr("lodestar.platform.notices.due_items.KINDS", kinds := {})
    monkeypatch.setattr("lodestar.web.presenters.work.DUE_KINDS", kinds)
    member, now = a_member("administrator"), timezone.now()
    for code, days in (("grave", 1), ("many", -1)):
        items = [DueItem(code, code, f"/{code}/{number}", now + (days + number) * DAY) for number in range(DUE_SHOWN + 1)]
        register_due_items(Kind(code, code, f"/{code}", Permission.STAFF_MANAGE, lambda _, until, items=items: items))
    found = due_items(member, now + DAY, now)
    assert [item.href for item in found[:2]] == ["/many/0", "/grave/0"]
    panel = due_panels(found)["due"]
    assert (len(panel["items"]), [kind.code for kind in panel["all"]]) == (2 * DUE_SHOWN, ["many", "grave"])
    assert due_items(a_member(), now, now) == []
