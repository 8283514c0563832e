"""Responses to reports: their paragraphs with evidence, frozen versions, documents, publication."""

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "lodestar.oversight.responses"

    def ready(self) -> None:
        from lodestar.oversight.responses import actions
        from lodestar.platform.notices.kinds import register_kind

        register_kind(actions.NEXT, "The response to a report is with you", "/responses/{subject}")
        register_kind(actions.BACK, "A response to a report came back to you", "/responses/{subject}")
