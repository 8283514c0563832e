"""What is recorded of a case and its people, their photographs and papers, and who has the case."""

from django.apps import AppConfig


class CaseFilesConfig(AppConfig):
    name = "lodestar.casework.case_files"

    def ready(self) -> None:
        from lodestar.platform.notices.kinds import register_kind

        register_kind("case_given", "A colleague gave you a case to work on", "/cases/{reference}")
        register_kind("case_handed_over", "Handed over to you", "/cases/{reference}")
