"""Addresses of the plan."""

from django.urls import path

from lodestar.oversight.plan import views

urlpatterns = [
    path("plan", views.plan, name="plan"),
    path("plan/new", views.new_item, name="plan-new"),
    path("plan/overview", views.overview, name="plan-overview"),
    path("plan/files/<str:kind>", views.plan_file, name="plan-file"),
    path("plan/milestones/<uuid:milestone_id>", views.milestone, name="plan-milestone"),
    path("plan/<uuid:item_id>", views.item, name="plan-item"),
    path("plan/<uuid:item_id>/change", views.change, name="plan-change"),
    path("plan/<uuid:item_id>/milestones", views.add_milestone, name="plan-milestone-new"),
]
