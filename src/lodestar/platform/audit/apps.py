"""The log of every act and look."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lodestar.platform.audit"

    def ready(self) -> None:
        """Has `./lodestar check --log` check the chain, and `--papers` name papers that could not be made."""
        from lodestar.platform.audit.heads import check_log
        from lodestar.platform.audit.queries import check_papers
        from lodestar.platform.tenancy.force_checks import register_check

        register_check("log", check_log)
        register_check("papers", check_papers)
