"""Addresses of what becomes known after the first hour."""

from django.urls import path

from lodestar.casework.case_facts import views

urlpatterns = [
    path("people/<uuid:person_id>/more", views.person_more, name="person-more"),
    path("people/<uuid:person_id>/missing", views.missing, name="person-missing"),
    path("people/<uuid:person_id>/exploitation", views.exploitation, name="person-exploitation"),
    path("people/<uuid:person_id>/earlier-referral", views.earlier_referral, name="person-earlier-referral"),
    path("cases/<str:reference>/more", views.case_more, name="case-more"),
    path("cases/<str:reference>/what-happened", views.what_happened, name="case-what-happened"),
]
