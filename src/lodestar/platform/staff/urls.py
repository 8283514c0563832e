"""Addresses of staff."""

from django.urls import path

from lodestar.platform.staff.views import invited, people, requests

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
    path("staff/import", requests.people_file, name="staff-import"),
    path("staff/requests/people", requests.people_waiting, name="staff-people-waiting"),
    path("leave", people.leave, name="leave"),
    path("leave/<uuid:leave_id>/withdraw", people.withdraw, name="leave-withdraw"),
    path("invited/<str:force>", invited.invited, name="invited"),
]
