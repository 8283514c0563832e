"""What the invented force stored of its measures, and the totals of its crime system."""

from collections.abc import Mapping
from datetime import datetime

from lodestar.casework.cases.models import Case
from lodestar.casework.disclosures.actions import record_nothing_disclosed
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.oversight.measures.actions import record_crime_totals, store_values
from lodestar.oversight.measures.rules.facts import last_quarter, last_twelve_months
from lodestar.oversight.measures.rules.values import series_to
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import london_date


def store_and_import(members: Mapping[str, Member], now: datetime) -> None:
    """What the coordinator did: looked through every second case of the last year for disclosures to immigration and found none,
    stored the last quarter, and imported a year and a half of the crime system's totals."""
    today, by = london_date(now), members["coordinator"]
    year = Case.objects.filter(encountered_at__gte=last_twelve_months(today).begins, sealed=False)
    undisclosed = year.exclude(id__in=ImmigrationDisclosure.objects.values("person__case"))
    for case in undisclosed.order_by("reference")[::2]:
        record_nothing_disclosed(by=by, at=now, case=case, note="No referral, check or visit in the case or the mailbox")
    totals = {period.first: 9 + place % 6 for place, period in enumerate(series_to(today, 1, 19)[:-1])}
    record_crime_totals(by=by, at=now, totals=totals)
    store_values(by=by, at=now, period=last_quarter(today))


register_demo_part(DemoPart("measures", store_and_import, needs=(YEARS, "deep_dives", "training")))
