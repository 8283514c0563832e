"""Who signs in, what they may do, and every request on its way to a page."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lodestar.platform.accounts"

    def ready(self) -> None:
        """Has `./lodestar check` look at tokens that end, and at the disks of the files, which are no app."""
        from lodestar.platform.accounts.queries import check_tokens
        from lodestar.platform.files.disk_space import check_disks
        from lodestar.platform.tenancy.force_checks import register_check, register_service_check

        register_check("tokens", check_tokens)
        register_service_check("disks", check_disks)
