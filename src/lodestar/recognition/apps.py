"""Concerns, signs seen, and the decision on reasonable grounds."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "lodestar.recognition"

    def ready(self) -> None:
        from lodestar.cases import ledger, people_listeners
        from lodestar.recognition import queries, rules
        from lodestar.recognition.actions.prompts import meet_people

        ledger.register(
            ledger.Provider("recognition", owed=rules.owed, facts=queries.events, evidence=queries.evidence)
        )
        people_listeners.register(people_listeners.PeopleListener("earlier_records", named=meet_people))
