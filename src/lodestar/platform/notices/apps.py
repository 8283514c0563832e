"""What is new for somebody: notices, the page that lists them, and a digest by e-mail that only says how many there are."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lodestar.platform.notices"

    def ready(self) -> None:
        """Has *Your account* offer the choice of the digest."""
        from lodestar.platform.accounts.queries import offer_choice
        from lodestar.platform.notices.views import digest_choice

        offer_choice(digest_choice)
