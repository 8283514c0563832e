"""Addresses of the rules: each on its page, what is wrong with them, and trying them on a made-up case."""

from django.urls import path

from lodestar.exchange.assess import views

urlpatterns = [
    path("assess", views.try_rules, name="assess"),
    path("rules", views.rules, name="rules"),
    path("rules/lists", views.lists, name="lists"),
    path("rules/lists/<str:app>/<str:name>", views.one_list, name="list"),
    path("rules/<str:code>", views.rule, name="rule"),
    path("rules/<str:code>/confirm", views.confirm, name="rule-confirm"),
    path("rules/<str:code>/wrong", views.rule_wrong, name="rule-wrong"),
    path("wrong", views.wrong, name="wrong"),
    path("wrong/<uuid:remark_id>", views.answer, name="wrong-answer"),
]
