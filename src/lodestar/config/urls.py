"""Every address: one include per app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("lodestar.accounts.urls")),
    path("", include("lodestar.cases.urls")),
    path("", include("lodestar.safety.urls")),
    path("", include("lodestar.referrals.urls")),
    path("", include("lodestar.section45.urls")),
    path("", include("lodestar.support.urls")),
    path("", include("lodestar.investigations.urls")),
    path("", include("lodestar.guidance.urls")),
    path("", include("lodestar.analysis.urls")),
    path("", include("lodestar.journeys.urls")),
    path("", include("lodestar.keeping.urls")),
    path("", include("lodestar.exchange.urls")),
    path("", include("lodestar.assess.urls")),  # after cases: /rules/<code> would take /rules/settings
    path("", include("lodestar.web.urls")),
]
handler400 = "lodestar.web.views.shell.bad_request"
handler403 = "lodestar.web.views.shell.forbidden"
handler404 = "lodestar.web.views.shell.not_found"
handler500 = "lodestar.web.views.shell.server_error"
