"""Addresses of the rules: each on its page, what is wrong with them, and trying them on a made-up case."""

from django.urls import path

from lodestar.exchange.assess import api
from lodestar.exchange.assess.views import made_up_cases, rules

urlpatterns = [
    path("assess", made_up_cases.try_rules, name="assess"),
    path("api/v1/assess", api.assess, name="api-assess"),
    path("rules", rules.rules, name="rules"),
    path("rules/lists", rules.lists, name="lists"),
    path("rules/lists/<str:app>/<str:name>", rules.one_list, name="list"),
    path("rules/<str:code>", rules.rule, name="rule"),
    path("rules/<str:code>/confirm", rules.confirm, name="rule-confirm"),
    path("rules/<str:code>/wrong", rules.rule_wrong, name="rule-wrong"),
    path("wrong", rules.wrong, name="wrong"),
    path("wrong/<uuid:remark_id>", rules.answer, name="wrong-answer"),
]
