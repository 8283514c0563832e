"""Courses, attendance, required training and knowledge checks."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "lodestar.knowledge.training"

    def ready(self) -> None:
        from lodestar.knowledge.training.presenters import DUE
        from lodestar.platform.notices.due_items import register_due_items

        register_due_items(*DUE)
