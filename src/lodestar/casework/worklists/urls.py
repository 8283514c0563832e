"""Addresses of worklists, of deciding about tasks, of my cases and of the unit board."""

from django.urls import path

from lodestar.casework.worklists.views import my_cases, tasks, unit_board, worklists

urlpatterns = [
    path("my-cases", my_cases.my_cases, name="my-cases"),
    path("my-team", worklists.my_team, name="my-team"),
    path("my-unit", worklists.my_unit, name="my-unit"),
    path("unit-board", unit_board.unit_board, name="unit-board"),
    path("unfilled-roles", worklists.unfilled_roles, name="unfilled-roles"),
    path("tasks/change", tasks.change, name="tasks-change"),
]
