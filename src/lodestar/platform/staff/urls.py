"""Addresses of staff."""

from django.urls import path

from lodestar.platform.staff.views import imports, invited, people, requests

urlpatterns = [
    path("staff", people.people, name="staff"),
    path("staff/add", people.add, name="staff-add"),
    path("staff/people/<uuid:user_id>", people.person, name="staff-person"),
    path("staff/people/<uuid:user_id>/<str:change>", people.change, name="staff-change"),
    path("staff/units", people.units, name="staff-units"),
    path("staff/units/<uuid:unit_id>", people.unit, name="staff-unit"),
    path("staff/requests", requests.requests, name="staff-requests"),
    path("staff/requests/<uuid:staff_request_id>", requests.request_page, name="staff-request"),
    path("staff/requests/<uuid:staff_request_id>/invitation", requests.invitation, name="staff-invitation"),
    path("staff/import", imports.look, name="staff-import"),
    path("staff/import/take", imports.take_in, name="staff-import-take"),
    path("staff/import/template", imports.template_file, name="staff-import-template"),
    path("staff/imports/<uuid:batch_id>", imports.batch, name="staff-batch"),
    path("staff/imports/<uuid:batch_id>/rejected", imports.rejected, name="staff-batch-rejected"),
    path("leave", people.leave, name="leave"),
    path("leave/<uuid:leave_id>/withdraw", people.withdraw, name="leave-withdraw"),
    path("invited/<str:force>", invited.invited, name="invited"),
]
