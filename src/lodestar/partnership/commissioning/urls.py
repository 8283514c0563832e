"""Addresses of gaps in support and of questions about them."""

from django.urls import path

from lodestar.partnership.commissioning import views

urlpatterns = [
    path("commissioning", views.overview, name="commissioning"),
    path("commissioning/publish", views.publish, name="commissioning-publish"),
    path("commissioning/basis", views.basis, name="commissioning-basis"),
    path("commissioning/basis/district", views.district, name="commissioning-district"),
    path("commissioning/basis/cost", views.cost, name="commissioning-cost"),
    path("commissioning/questions", views.questions_list, name="commissioning-questions"),
    path("commissioning/questions/new", views.ask, name="commissioning-ask"),
    path("commissioning/questions/<uuid:gap_question_id>", views.question, name="commissioning-question"),
    path("commissioning/years/<str:year>", views.year, name="commissioning-year"),
    path("commissioning/quarters/<str:quarter_name>", views.quarter, name="commissioning-quarter"),
    path("commissioning/quarters/<str:quarter_name>/file/<str:kind>", views.quarter_file, name="commissioning-file"),
]
