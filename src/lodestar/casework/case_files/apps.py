"""What is recorded of a case and its people, their photographs and papers, and who has the case."""

from django.apps import AppConfig


class CaseFilesConfig(AppConfig):
    name = "lodestar.casework.case_files"

    def ready(self) -> None:
        """The page of a member of staff says how much they have; `/leavers` hands it over."""
        from lodestar.casework.case_files.queries import held_counts
        from lodestar.platform.notices.kinds import register_kind
        from lodestar.platform.staff.holdings import Holdings, register

        register(Holdings("case_files", counts=held_counts))
        register_kind("case_given", "A colleague gave you a case to work on", "/cases/{reference}")
        register_kind("case_handed_over", "Handed over to you", "/cases/{reference}")
