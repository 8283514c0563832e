"""The section 45 defence of the Modern Slavery Act 2015."""

from django.apps import AppConfig


class Section45Config(AppConfig):
    name = "lodestar.casework.section45"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.safety.queries import ShortQuestion, register
        from lodestar.casework.section45 import actions, queries, rules

        ledger.register(ledger.Provider("section45", owed=rules.owed, events_and_evidence=queries.events_and_evidence))
        register(ShortQuestion(answer=actions.answer_open_questions, answers=queries.answers_by_stage))
