"""A peer reviewer's visit on a telephone without JavaScript, what she cannot see, and what the force makes of it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.oversight.peer_review import actions
from lodestar.oversight.peer_review.models import PeerReview
from lodestar.oversight.peer_review.rules import THEMES
from lodestar.platform.accounts.models import Membership
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.administering import administering
from tests.factories.cases import a_case, a_person
from tests.factories.peer_review import assessment
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody


@pytest.fixture
def force(live):
    """A case of a detective, a coordinator, and a peer reviewer whose posting ends."""
    roles = {"F. Quist": "coordinator", "DCI Ekholm": "peer_reviewer", "DC Marchetti": "investigator"}
    people = {name: somebody(role, name=name) for name, role in roles.items()}
    with within("fenmarch"):
        detective = member_of(people["DC Marchetti"])
        case = a_case(detective, at=timezone.now())
        a_person(detective, case, at=timezone.now(), name="Ardita Hoxha")
        with administering():
            Membership.objects.filter(user=people["DCI Ekholm"]).update(to_date=timezone.localdate() + timedelta(days=30))
    return people | {"case": case.reference}


def assessed(user, *themes):
    """Has somebody assess these themes as they would by page."""
    with within("fenmarch"):
        for theme in themes:
            review = PeerReview.objects.get()
            answers = assessment()[theme]
            actions.assess(
                by=member_of(user), at=timezone.now(), review=review, theme=theme, answers=answers, seen=review.version
            )


@pytest.fixture
def enter(phone, live, force):
    """Has somebody open a page on the telephone."""

    def open_page(name, path):
        with within("fenmarch"):
            key = str(session_of(member_of(force[name])).session_key)
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
        phone.goto(path)
        check_page(phone)

    return open_page


def save(phone):
    phone.get_by_role("button", name="Save").click()


def fill(phone, typed):
    """Fills in boxes by their labels."""
    for label, words in typed.items():
        phone.get_by_label(label).fill(words)


def score(phone, code, remark):
    """Gives every activity of the theme on the page one score."""
    for box in phone.locator("select[name^=l]").all():
        box.select_option(code)
    fill(phone, {"What supports this": remark})
    save(phone)


def planned(phone, force):
    """The coordinator plans a review, draws its sample, assesses the force and opens it; its address."""
    today = timezone.localdate()
    fill(phone, {"What is to be reviewed?": "The whole response", "Force or body asked": "Saltmere Police"})
    fill(phone, {"Who was asked there?": "Det Supt Harcastle", "First day": str(today), "Last day": str(today + timedelta(14))})
    phone.get_by_label("Reviewer").select_option(label="DCI Ekholm")
    save(phone)
    here = phone.url
    phone.get_by_role("link", name="Draw the sample").click()
    fill(phone, {"Cases from": str(today - timedelta(days=5)), "How many cases?": "5"})
    phone.get_by_label("To", exact=True).fill(str(today))
    save(phone)
    phone.get_by_role("link", name="Leadership and governance").click()
    check_page(phone, "peer-review-theme")
    score(phone, "in_place", "The board meets each quarter")
    assessed(force["F. Quist"], *list(THEMES)[1:])
    phone.goto(here)
    phone.get_by_label("Under way").check()
    save(phone)
    expect(phone.locator("[data-state=under_way]")).to_be_visible()
    return here


def test_a_peer_reviewers_visit(phone, force, enter):
    enter("F. Quist", "/peer-reviews/new")
    here = planned(phone, force)

    enter("DCI Ekholm", "/peer-reviews")
    phone.get_by_role("table").get_by_role("link").first.click()
    check_page(phone, "peer-review")
    phone.locator("[data-case='1']").click()
    check_page(phone)
    for hidden in ("Ardita", force["case"]):
        expect(phone.locator("body")).not_to_contain_text(hidden)
    for path in (f"/cases/{force['case']}", "/cases", "/find", "/measures", "/requirements", "/deep-dives", f"{here}/change"):
        answer = phone.goto(path)
        assert answer is not None
        assert answer.status == 404, path
    assessed(force["DCI Ekholm"], *list(THEMES)[1:])
    phone.goto(f"{here}/themes/leadership")
    expect(phone.locator("[data-remark]")).to_contain_text("The board meets each quarter")
    score(phone, "partly", "The board has no measure of its own")
    phone.get_by_role("link", name="Add a finding").click()
    check_page(phone)
    for label, option in (("Theme", "victims"), ("What is it?", "area"), ("Case of the sample", "1")):
        phone.get_by_label(label).select_option(option)
    fill(phone, {"What did you find?": "Nobody rings back"})
    save(phone)
    phone.get_by_label("Reported").check()
    save(phone)
    expect(phone.locator("[data-case]")).to_have_count(0)

    enter("F. Quist", here)
    phone.get_by_role("link", name="Nobody rings back").click()
    check_page(phone)
    phone.get_by_role("link", name="Take it into the plan").click()
    check_page(phone)
    fill(phone, {"What will be done?": "Ring back", "Who does it?": "DC Marchetti", "By which day?": "1 March 2030"})
    phone.get_by_label("Domain of the plan").select_option("victims")
    phone.get_by_label("Pursue, prevent").select_option("protect")
    save(phone)
    expect(phone.locator("[data-state=in_plan]")).to_be_visible()
    phone.goto(here)
    phone.get_by_label("Closed").check()
    save(phone)
    expect(phone.locator("[data-state=closed]")).to_be_visible()
