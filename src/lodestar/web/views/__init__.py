"""The pages that belong to no one app, by what they show."""

from lodestar.web.views.shell import bad_request, csrf_failure, forbidden, not_found, server_error

__all__ = ["bad_request", "csrf_failure", "forbidden", "not_found", "server_error"]
