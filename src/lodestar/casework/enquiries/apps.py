"""The investigation plan with its lines of enquiry, the decision log, unused material."""

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "lodestar.casework.enquiries"

    def ready(self) -> None:
        from lodestar.casework.enquiries.presenters import MATERIAL, MY_LINES
        from lodestar.casework.enquiries.queries import done_rows
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        read_with_answers(done_rows)
        register_due_items(MY_LINES, MATERIAL)
        register_kind("material_waits", "Third-party material waits for your decision", "/material-requests/{subject}")
