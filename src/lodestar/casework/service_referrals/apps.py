"""Referrals to services, answered by a partner through a link, and places of safety."""

from django.apps import AppConfig


class ServiceReferralsConfig(AppConfig):
    name = "lodestar.casework.service_referrals"

    def ready(self) -> None:
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.casework.needs.queries import register_records
        from lodestar.casework.service_referrals.queries import done_rows, records_of
        from lodestar.casework.service_referrals.rules import ANSWERED, LATE_ANSWER, LATE_PLACE
        from lodestar.platform.notices.kinds import register_kind

        read_with_answers(done_rows)
        register_records(records_of)
        register_kind(ANSWERED, "A service answered a referral", "/service-referrals/{subject}")
        register_kind(LATE_ANSWER, "A service has not answered in time", "/service-referrals/{subject}")
        register_kind(LATE_PLACE, "A place of safety needs another look", "/places/{subject}")
