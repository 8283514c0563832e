"""Every address: one include per app."""

from django.urls import include, path

urlpatterns = [
    path("", include("lodestar.platform.accounts.urls")),
    path("", include("lodestar.platform.settings.urls")),
    path("", include("lodestar.platform.notices.urls")),
    path("", include("lodestar.directory.entities.urls")),
    path("", include("lodestar.directory.contacts.urls")),
    path("", include("lodestar.directory.partners.urls")),
    path("", include("lodestar.platform.staff.urls")),
    path("", include("lodestar.knowledge.library.urls")),
    path("", include("lodestar.knowledge.search.urls")),
    path("", include("lodestar.knowledge.publishing.urls")),
    path("", include("lodestar.casework.ledger.urls")),
    path("", include("lodestar.casework.consent.urls")),
    path("", include("lodestar.casework.case_files.urls")),
    path("", include("lodestar.casework.safe_addresses.urls")),
    path("", include("lodestar.casework.disclosures.urls")),
    path("", include("lodestar.casework.safety.urls")),
    path("", include("lodestar.casework.concerns.urls")),
    path("", include("lodestar.casework.case_facts.urls")),
    path("", include("lodestar.casework.referral_forms.urls")),
    path("", include("lodestar.casework.referrals.urls")),
    path("", include("lodestar.casework.decisions.urls")),
    path("", include("lodestar.casework.evidence.urls")),
    path("", include("lodestar.casework.section45.urls")),
    path("", include("lodestar.casework.services.urls")),
    path("", include("lodestar.casework.needs.urls")),
    path("", include("lodestar.casework.service_referrals.urls")),
    path("", include("lodestar.casework.support.urls")),
    path("", include("lodestar.casework.custody.urls")),
    path("", include("lodestar.casework.investigations.urls")),
    path("", include("lodestar.casework.enquiries.urls")),
    path("", include("lodestar.casework.contact_promises.urls")),
    path("", include("lodestar.casework.suspects.urls")),
    path("", include("lodestar.casework.prosecutions.urls")),
    path("", include("lodestar.casework.court_orders.urls")),
    path("", include("lodestar.casework.closures.urls")),
    path("", include("lodestar.casework.allocation.urls")),
    path("", include("lodestar.casework.worklists.urls")),
    path("", include("lodestar.intelligence.identities.urls")),
    path("", include("lodestar.intelligence.earlier_records.urls")),
    path("", include("lodestar.information_governance.access_alerts.urls")),
    path("", include("lodestar.information_governance.access_log.urls")),
    path("", include("lodestar.information_governance.retention.urls")),
    path("", include("lodestar.exchange.assess.urls")),  # after settings: /rules/<code> would take /rules/settings
    path("", include("lodestar.exchange.exports.urls")),
    path("", include("lodestar.exchange.imports.urls")),
    path("", include("lodestar.exchange.api.urls")),
    path("", include("lodestar.oversight.measures.urls")),
    path("", include("lodestar.oversight.releases.urls")),
    path("", include("lodestar.web.urls")),
]
handler400 = "lodestar.web.views.shell.bad_request"
handler403 = "lodestar.web.views.shell.forbidden"
handler404 = "lodestar.web.views.shell.not_found"
handler500 = "lodestar.web.views.shell.server_error"
