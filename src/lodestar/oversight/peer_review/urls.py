"""Addresses of peer reviews. A case has its number in the sample there, never its reference."""

from django.urls import path

from lodestar.oversight.peer_review import views

urlpatterns = [
    path("peer-reviews", views.reviews, name="peer-reviews"),
    path("peer-reviews/new", views.plan, name="peer-review-new"),
    path("peer-reviews/findings/<uuid:peer_finding_id>", views.finding, name="peer-review-finding"),
    path("peer-reviews/findings/<uuid:peer_finding_id>/words", views.reword, name="peer-review-reword"),
    path("peer-reviews/findings/<uuid:peer_finding_id>/take", views.take, name="peer-review-take"),
    path("peer-reviews/<uuid:peer_review_id>", views.review, name="peer-review"),
    path("peer-reviews/<uuid:peer_review_id>/change", views.plan, name="peer-review-change"),
    path("peer-reviews/<uuid:peer_review_id>/sample", views.sample, name="peer-review-sample"),
    path("peer-reviews/<uuid:peer_review_id>/cases/<int:number>", views.case, name="peer-review-case"),
    path("peer-reviews/<uuid:peer_review_id>/themes/<str:theme>", views.theme, name="peer-review-theme"),
    path("peer-reviews/<uuid:peer_review_id>/findings/new", views.new_finding, name="peer-review-finding-new"),
    path("peer-reviews/<uuid:peer_review_id>/report/<str:kind>", views.report, name="peer-review-report"),
]
