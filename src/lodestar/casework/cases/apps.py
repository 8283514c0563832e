"""Cases, the people in them, and who may see them."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lodestar.casework.cases"

    def ready(self) -> None:
        """Has notices about a case shown to those who see the case, and to nobody else."""
        from lodestar.casework.cases.access import cases_of_notices
        from lodestar.platform.notices.kinds import register_case_access

        register_case_access(cases_of_notices)
