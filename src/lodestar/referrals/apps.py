"""The route of each person: the National Referral Mechanism or the Duty to Notify."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "lodestar.referrals"

    def ready(self) -> None:
        from lodestar.cases import ledger
        from lodestar.cases.access.redaction import references_from
        from lodestar.referrals.queries.ledger import events_and_evidence
        from lodestar.referrals.queries.sent import references_in
        from lodestar.referrals.rules.obligations import owed

        ledger.register(ledger.Provider("referrals", owed=owed, events_and_evidence=events_and_evidence))
        references_from(references_in)
