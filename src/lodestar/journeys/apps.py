"""What writes in two or more apps."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "lodestar.journeys"

    def ready(self) -> None:
        from lodestar.investigations.queries import numbers_of, why_no_crime
        from lodestar.recognition.queries import phrases_of
        from lodestar.referrals.queries.outgoing import signs_from
        from lodestar.referrals.queries.reconciled import why_no_crime_from
        from lodestar.referrals.queries.writing import crimes_from

        signs_from(phrases_of)
        crimes_from(numbers_of)
        why_no_crime_from(why_no_crime)
