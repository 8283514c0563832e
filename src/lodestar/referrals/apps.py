"""The route of each person: the National Referral Mechanism or the Duty to Notify."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "lodestar.referrals"

    def ready(self) -> None:
        from lodestar.cases import ledger
        from lodestar.cases.access.redaction import references_from
        from lodestar.referrals import queries, rules

        ledger.register(ledger.Provider("referrals", owed=rules.owed, events_and_evidence=queries.events_and_evidence))
        references_from(queries.references_in)
