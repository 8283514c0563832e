"""What was decided on referrals of cases that were got through `access.py`, and what follows from it."""

from django.db.models import F

from lodestar.cases.models import Obligation, Person
from lodestar.referrals.models import Decision, Referral

FOLLOWS = (
    "recovery_period_minimum", "consider_reconsideration", "plan_before_support_ends", "tell_cps",
    "section45_full_record", "tell_decision_safely", "answer_further_information", "watch_reconsideration_reply",
    "watch_reasonable_grounds_decision", "refer_nrm",
)  # fmt: skip


def decisions_of(referral: Referral) -> list[Decision]:
    """Every decision filed for a referral, in the order in which they were, the mistaken ones among them."""
    rows = Decision.objects.select_related("filed_by").filter(referral=referral)
    return list(rows.order_by("number"))


def following(person: Person) -> list[Obligation]:
    """What is open for a person that decisions bring or end, the soonest first, also what opens later."""
    rows = Obligation.objects.filter(person=person, code__in=FOLLOWS, state="open").exclude(
        code="tell_cps", moment__startswith="arrest"
    )
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "code", "moment", "id"))
