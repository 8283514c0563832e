"""Whether two records are of one person: matching, links and alerts."""

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    name = "lodestar.intelligence.identities"

    def ready(self) -> None:
        from lodestar.casework.cases import people_listeners
        from lodestar.casework.suspects.queries import register_linked
        from lodestar.intelligence.identities.actions import identities, matching
        from lodestar.intelligence.identities.queries import linked_records

        register_linked(linked_records)

        people_listeners.register(
            people_listeners.PeopleListener(
                "identities", recorded=matching.index_people, changed=matching.index_changed_people,
                compared=identities.compare_people,
            )
        )  # fmt: skip
