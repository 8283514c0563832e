"""Addresses of the shell."""

from django.urls import path

from lodestar.web.views import answering, case, drafts, essentials, guidance, lists, log, person, rules, shell, work

urlpatterns = [
    path("", work.home, name="home"),
    path("my-work", work.my_work, name="my-work"),
    path("more", work.more, name="more"),
    path("my-cases", work.my_cases, name="my-cases"),
    path("my-team", work.my_team, name="my-team"),
    path("my-unit", work.my_unit, name="my-unit"),
    path("cases/<str:reference>", case.case, name="case"),
    path("cases/<str:reference>/owed", case.owed, name="case-owed"),
    path("cases/<str:reference>/happened", case.happened, name="case-happened"),
    path("people/<uuid:person_id>", person.person, name="person"),
    path("people/<uuid:person_id>/closed", person.closed, name="person-closed"),
    path("people/<uuid:person_id>/happened", person.happened, name="person-happened"),
    path("people/<uuid:person_id>/looked", person.looked, name="person-looked"),
    path("owed/<uuid:obligation_id>", answering.owed, name="owed"),
    path("rules", rules.rules, name="rules"),
    path("rules/lists", lists.lists, name="lists"),
    path("rules/lists/<str:app>/<str:name>", lists.one_list, name="list"),
    path("rules/<str:code>", rules.rule, name="rule"),
    path("rules/<str:code>/confirm", rules.confirm, name="rule-confirm"),
    path("rules/<str:code>/wrong", rules.rule_wrong, name="rule-wrong"),
    path("guidance", guidance.guidance, name="guidance"),
    path("guidance/missed", guidance.missed, name="guidance-missed"),
    path("guidance/pack", essentials.pack_page, name="guidance-pack"),
    path("guidance/pack/file", essentials.pack_file, name="guidance-pack-file"),
    path("essentials", essentials.essentials, name="essentials"),
    path("wrong", rules.wrong, name="wrong"),
    path("wrong/<uuid:remark_id>", rules.answer, name="wrong-answer"),
    path("drafts", drafts.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>", drafts.draft, name="draft"),
    path("log", log.log, name="log"),
    path("log/<uuid:search_id>", log.found, name="log-found"),
    path("ring", shell.ring, name="ring"),
    path("hide", shell.hide, name="hide"),
    path("clock", shell.clock, name="clock"),
    path("t", shell.unhide, name="unhide"),
]
