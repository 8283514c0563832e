"""Support: the stage of a person, what it owes, whom to reach today, offers, and what is ready before help ends."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "lodestar.casework.support"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.needs.queries import register_records, register_stages
        from lodestar.casework.support import actions, rules
        from lodestar.casework.support.queries import of_person
        from lodestar.platform.notices.kinds import register_kind

        ledger.register(
            ledger.Provider(
                "support", owed=rules.owed, events_and_evidence=of_person.events_and_evidence, keep=actions.keep_stages
            )
        )
        register_stages(of_person.stage_at)
        register_records(of_person.refusals_of)
        register_kind("support_given", "A colleague gave you someone to support", "/people/{person}/support")
