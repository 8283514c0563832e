"""The section 45 defence of the Modern Slavery Act 2015."""

from django.apps import AppConfig


class Section45Config(AppConfig):
    name = "lodestar.casework.section45"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.safety.queries import SHORT_QUESTION
        from lodestar.casework.section45 import actions, queries
        from lodestar.casework.section45.queries.ledger import events_and_evidence
        from lodestar.casework.section45.rules.duties import owed
        from lodestar.platform.notices.kinds import register_kind

        ledger.register(ledger.Provider("section45", owed=owed, events_and_evidence=events_and_evidence))
        SHORT_QUESTION.update(answer=actions.answer_open_questions, answers=queries.answers_by_stage)
        register_kind("section45_yes", "Section 45 of the Modern Slavery Act 2015: yes or cannot rule out", "/people/{person}")
        register_kind(
            "section45_countersign", "To countersign: section 45 of the Modern Slavery Act 2015",
            "/people/{person}/section-45/{subject}/countersign",
        )  # fmt: skip
        register_kind(
            "section45_sent_back", "Sent back to you: section 45 of the Modern Slavery Act 2015",
            "/people/{person}/section-45/{subject}",
        )  # fmt: skip
