"""Boards: terms, members, meetings, packs as at a date, minutes, decisions and actions."""

from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "lodestar.oversight.boards"

    def ready(self) -> None:
        from lodestar.oversight.boards import actions, queries
        from lodestar.oversight.boards.presenters import DUE
        from lodestar.oversight.requirements import evidence
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        register_kind(actions.MEETING, "A meeting of your board was planned or changed", "/boards/meetings/{subject}")
        register_kind(actions.CANCELLED, "A meeting of your board was cancelled", "/boards/meetings/{subject}")
        register_kind(actions.PACK, "The pack for a meeting of your board is there", "/boards/meetings/{subject}")
        register_kind(actions.GIVEN, "You were given an action of a board", "/boards/actions/{subject}")
        register_kind(actions.LATE, "Your action of a board is late", "/boards/actions/{subject}")
        register_kind(actions.RETURNED, "A board gave an action back to you", "/boards/actions/{subject}")
        register_due_items(DUE)
        evidence.register_kind(queries.DECISIONS)
