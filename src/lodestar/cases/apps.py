"""Cases, the people in them, and the ledger of what is owed to each."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lodestar.cases"

    def ready(self) -> None:
        from lodestar.cases import ledger, people_listeners, rules
        from lodestar.cases.actions import identities, matching
        from lodestar.cases.actions.settings import after_each_approval
        from lodestar.cases.queries.disclosures import events_and_evidence

        ledger.register(ledger.Provider("cases", owed=rules.owed_looks_at_addresses))
        ledger.register(ledger.Provider("disclosures", events_and_evidence=events_and_evidence))
        after_each_approval(ledger.recalculate_later_cases)
        people_listeners.register(
            people_listeners.PeopleListener(
                "identities", recorded=matching.index_people, changed=matching.index_changed_people,
                compared=identities.compare_people, sealed=matching.sealed_meanwhile,
            )
        )  # fmt: skip
