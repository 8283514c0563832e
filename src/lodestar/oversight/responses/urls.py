"""Addresses of responses. A part is the code of a recommendation, or governance."""

from django.urls import path

from lodestar.oversight.responses import views

_ONE = "responses/<uuid:response_id>"

urlpatterns = [
    path("responses", views.responses, name="responses"),
    path("responses/new", views.begin, name="response-new"),
    path(_ONE, views.response, name="response"),
    path(f"{_ONE}/parts/<str:part>", views.part, name="response-part"),
    path(f"{_ONE}/parts/<str:part>/suggest", views.suggest, name="response-suggest"),
    path(f"{_ONE}/parts/<str:part>/new", views.paragraph, name="response-paragraph-new"),
    path(f"{_ONE}/parts/<str:part>/<uuid:line>", views.paragraph, name="response-paragraph"),
    path(f"{_ONE}/documents/<str:document>", views.document, name="response-document"),
    path(f"{_ONE}/documents/<str:document>/<str:kind>", views.document_file, name="response-document-file"),
    path(f"{_ONE}/versions/<int:number>", views.compare, name="response-compare"),
    path(f"{_ONE}/submit", views.submit, name="response-submit"),
    path(f"{_ONE}/approve", views.approve, name="response-approve"),
    path(f"{_ONE}/comment", views.comment, name="response-comment"),
    path(f"{_ONE}/publish", views.publish, name="response-publish"),
    path(f"{_ONE}/correct", views.correct, name="response-correct"),
]
