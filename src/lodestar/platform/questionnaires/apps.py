"""Sets of questions as dated lists, and their answers."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "lodestar.platform.questionnaires"
