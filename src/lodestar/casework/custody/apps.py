"""Everybody arrested or in custody, and what the custody desk does for them."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "lodestar.casework.custody"

    def ready(self) -> None:
        from lodestar.casework.cases import people_listeners
        from lodestar.casework.custody.actions import raise_immigration_arrests
        from lodestar.platform.notices.kinds import register_kind

        register_kind("immigration_arrest", "A possible victim was arrested as an immigration offender", "/cases/{reference}")
        people_listeners.register(people_listeners.PeopleListener("custody", suspected=raise_immigration_arrests))
