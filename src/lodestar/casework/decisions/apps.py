"""What the Home Office decides on a referral: decisions, letters, and the register of referrals."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "lodestar.casework.decisions"

    def ready(self) -> None:
        from lodestar.casework.decisions.queries.ledger import events_and_evidence
        from lodestar.casework.decisions.rules import owed
        from lodestar.casework.ledger import ledger
        from lodestar.casework.redaction.access import references_from
        from lodestar.casework.referrals.queries.outgoing import references_in
        from lodestar.platform.notices.kinds import register_kind

        ledger.register(ledger.Provider("referrals", owed=owed, events_and_evidence=events_and_evidence))
        references_from(references_in)
        register_kind("home_office_decision", "A decision came from the Home Office", "/people/{person}/referral")
