"""Every address: those of each app that has some, in the order of the apps: `/rules/<code>` comes after `/rules/settings`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

_OWN = [f"{app}.urls" for app in settings.INSTALLED_APPS if app.startswith("lodestar.")]
urlpatterns = [path("", include(module)) for module in _OWN if module != __name__ and find_spec(module)]
handler400 = "lodestar.web.views.shell.bad_request"
handler403 = "lodestar.web.views.shell.forbidden"
handler404 = "lodestar.web.views.shell.not_found"
handler500 = "lodestar.web.views.shell.server_error"
