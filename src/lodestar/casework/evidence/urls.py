"""Addresses of exhibits and accounts."""

from django.urls import path

from lodestar.casework.evidence import views

urlpatterns = [
    path("cases/<str:reference>/exhibits", views.case_exhibits, name="case-exhibits"),
    path("cases/<str:reference>/exhibits/add", views.exhibit_add, name="case-exhibit-add"),
    path("exhibits/<uuid:exhibit_id>", views.exhibit, name="exhibit"),
    path("exhibits/<uuid:exhibit_id>/correct", views.exhibit_correct, name="exhibit-correct"),
    path("exhibits/<uuid:exhibit_id>/move", views.exhibit_move, name="exhibit-move"),
    path("people/<uuid:person_id>/accounts", views.person_accounts, name="person-accounts"),
    path("people/<uuid:person_id>/accounts/ask", views.account_ask, name="person-account-ask"),
    path("people/<uuid:person_id>/accounts/add", views.account_add, name="person-account-add"),
    path("accounts/<uuid:account_id>", views.account, name="person-account"),
]
