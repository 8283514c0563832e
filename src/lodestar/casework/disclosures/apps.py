"""Telling somebody outside: Immigration Enforcement, a safe address, a use outside a purpose."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "lodestar.casework.disclosures"

    def ready(self) -> None:
        from lodestar.casework.disclosures.queries import events_and_evidence
        from lodestar.casework.ledger import ledger
        from lodestar.platform.notices.kinds import register_kind

        register_kind("immigration_waits", "An immigration disclosure waits for your decision", "/immigration/{subject}")
        register_kind("immigration_decided", "Your immigration disclosure was decided", "/immigration/{subject}")
        register_kind("address_waits", "An address disclosure waits for your decision", "/addresses-told/{subject}")
        register_kind("address_decided", "Your address disclosure was decided", "/addresses-told/{subject}")
        ledger.register(ledger.Provider("disclosures", events_and_evidence=events_and_evidence))
