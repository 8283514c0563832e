"""First reports, earlier records, cases and references that come in as files."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "lodestar.exchange.imports"

    def ready(self) -> None:
        from lodestar.platform.notices.kinds import register_kind

        register_kind("report_is_yours", "A case of yours came in from another system", "/cases/{reference}")
        register_kind("report_added", "Something was added to a case of yours from another system", "/cases/{reference}")
        register_kind(
            "report_again", "A report of a sealed case of yours came in. Say nothing of it when you ring the sender",
            "/cases/{reference}",
        )  # fmt: skip
