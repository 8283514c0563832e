"""What passes with the CPS in a case of the demo force in which somebody is suspected, from the demo's own list."""

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

SHARE = 0.4  # of the suspected offences of how many something is asked of the CPS before the outcome


def consult(by: Member, at: datetime, offence: AllegedOffence, chance: Random) -> None:
    """Early advice, a conference and a reply; then the summary, where no text of it waits to be checked."""
    if chance.random() > SHARE:
        return
    case, rows = offence.person.case, listed("cps")["passed"]
    with ledger.acting_on(case.id, by=by.user, at=at, code="prosecutions.recorded"):
        request = None
        for row in rows[: chance.randint(1, len(rows))]:
            facts: dict[str, Any] = {name: row[name] for name in ("who", "how", "words")} | {"offence": offence}
            answers = {"answers": request} if row["kind"] == "reply" else {}
            when = at - timedelta(days=row["days_before"])
            entry = record_entry(by=by, at=when, case=case, kind=row["kind"], facts=facts | answers)
            request = entry if row["kind"] == "advice_asked" else request
        acts = offences_in(case)
        summary = summary_of(offence, [act for act in acts if act.person_id == offence.person_id], acts.index(offence) + 1)
        if summary and all(text.is_clear for text in check_summary(summary)):
            give_summary(
                by=by, at=at, summary=summary, recipient="CPS East, charging team", reason="Charging decision", kind="pdf"
            )
