"""Records of other systems from before, and the questions that they raise."""

from django.apps import AppConfig


class EarlierRecordsConfig(AppConfig):
    name = "lodestar.intelligence.earlier_records"

    def ready(self) -> None:
        from lodestar.casework.cases import people_listeners
        from lodestar.intelligence.earlier_records.actions.prompts import meet_people

        people_listeners.register(people_listeners.PeopleListener("earlier_records", named=meet_people))
