"""What passes with the CPS in the demo force."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from lodestar.casework.cases.models import AllegedOffence
from lodestar.casework.ledger import ledger
from lodestar.casework.prosecutions.actions import give_summary, record_entry
from lodestar.casework.prosecutions.presenters import check_summary
from lodestar.casework.prosecutions.queries import summary_of
from lodestar.casework.section45.access import offences_in
from lodestar.demo.concerns import listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, register_demo_part

SHARE = 0.4  # of the suspected offences of how many something is asked of the CPS before the outcome
WITH_REPLIES = (3, 5)  # how many of the entries are recorded: each ends with a reply to what was asked


def consult(by: Member, at: datetime, offence: AllegedOffence, chance: Random) -> None:
    """Early advice, a conference and a reply, then a charging decision that is asked for and given; then the summary, where no
    text of it waits to be checked."""
    if chance.random() > SHARE:
        return
    case, rows = offence.person.case, listed("cps")["passed"]
    with ledger.acting_on(case.id, by=by.user, at=at, code="prosecutions.recorded"):
        request = None
        for row in rows[: chance.choice(WITH_REPLIES)]:
            facts: dict[str, Any] = {name: row[name] for name in ("who", "how", "words")} | {"offence": offence}
            answers = {"answers": request} if row["kind"] == "reply" else {}
            when = at - timedelta(days=row["days_before"])
            entry = record_entry(by=by, at=when, case=case, kind=row["kind"], facts=facts | answers)
            request = entry if row["kind"] in ("advice_asked", "charging_request") else request
        acts = offences_in(case)
        summary = summary_of(offence, [act for act in acts if act.person_id == offence.person_id], acts.index(offence) + 1)
        if summary and all(text.is_clear for text in check_summary(summary)):
            give_summary(
                by=by, at=at, summary=summary, recipient="CPS East, charging team", reason="Charging decision", kind="pdf"
            )


register_demo_part(DemoPart("prosecutions"))
