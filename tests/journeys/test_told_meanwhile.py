"""What says that a colleague was first is framed whole: the frame where the keyboard begins cuts no button."""

from lodestar.platform.tenancy.tenant_transaction import within
from tests.browser import DESK, PHONE
from tests.factories.cases import a_case, a_person
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, sign_in, somebody

# How far the frame is from the lower edge of the buttons in it, shadow and all; and from what comes after.
CLEAR = """section => {
  const frame = section.getBoundingClientRect().bottom + parseFloat(getComputedStyle(section).outlineOffset)
  const edges = [...section.querySelectorAll('button')].map(one => one.getBoundingClientRect().bottom + 2)
  return [frame - Math.max(...edges), section.nextElementSibling.getBoundingClientRect().top - frame]
}"""


def test_the_frame_around_a_colleagues_decision_cuts_no_button(phone):
    sergeant = somebody("supervisor")
    with within("fenmarch"):
        member = member_of(sergeant)
        her = a_person(member, a_case(member), name="Oksana", roles=["possible_victim"])
    sign_in(phone, sergeant)
    phone.wait_for_url("**/my-work")
    other = phone.context.new_page()
    for page in (phone, other):
        page.goto(f"/people/{her.id}/belief")
    for page, belief in ((other, "There are reasonable grounds"), (phone, "No reasonable grounds recorded yet")):
        page.get_by_label(belief).check()
        page.get_by_role("button", name="Save the decision").click()
    section = phone.locator("section:has(#two-versions)")
    for size in (PHONE, DESK):
        phone.set_viewport_size(size)
        within_it, below = section.evaluate(CLEAR)
        assert within_it >= 2
        assert below >= 8
        check_page(phone, "decided-meanwhile")
