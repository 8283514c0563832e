"""Who works for the force: asking that people are added, changed, moved, locked and ended, what fulfils it, and leave."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "lodestar.platform.staff"

    def ready(self) -> None:
        from lodestar.platform.notices.kinds import register_kind

        register_kind("staff_waits", "A change of staff waits for you", "/staff/requests/{subject}")
        register_kind("staff_import_waits", "A table of new staff waits for you", "/staff/requests/people")
