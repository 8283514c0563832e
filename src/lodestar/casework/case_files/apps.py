"""What is recorded of a case and its people, their photographs and papers, and who has the case."""

from django.apps import AppConfig


class CaseFilesConfig(AppConfig):
    name = "lodestar.casework.case_files"
