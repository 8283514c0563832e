"""Crimes recorded, reviews with directions."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "lodestar.casework.investigations"

    def ready(self) -> None:
        from lodestar.casework.decisions.queries.decisions import why_no_crime_from
        from lodestar.casework.investigations import rules
        from lodestar.casework.investigations.actions import directions_answered
        from lodestar.casework.investigations.queries import crime_numbers_in, events_and_evidence, numbers_of, why_no_crime
        from lodestar.casework.ledger import ledger
        from lodestar.casework.ledger.actions import after_answers
        from lodestar.casework.redaction.access import references_from
        from lodestar.casework.referrals.queries.prefilled import crimes_from
        from lodestar.platform.notices.kinds import register_kind

        ledger.register(ledger.Provider("investigations", owed=rules.owed, events_and_evidence=events_and_evidence))
        after_answers(directions_answered)
        references_from(crime_numbers_in)
        crimes_from(numbers_of)
        why_no_crime_from(why_no_crime)
        register_kind("directions_given", "A review of your case gave directions", "/cases/{reference}/owed")
        register_kind("directions_answered", "Your directions were answered", "/cases/{reference}/review")
