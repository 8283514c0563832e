"""Addresses of the shell."""

from django.urls import path

from lodestar.web.views import answering, case, find, investigation, morning_list, person, shell, work

urlpatterns = [
    path("", work.home, name="home"),
    path("my-work", work.my_work, name="my-work"),
    path("more", work.more, name="more"),
    path("find", find.find, name="find"),
    path("guide", shell.guide, name="guide"),
    path("morning-list", morning_list.morning_list, name="morning-list"),
    path("cases/<str:reference>", case.case, name="case"),
    path("cases/<str:reference>/owed", case.owed, name="case-owed"),
    path("cases/<str:reference>/happened", case.happened, name="case-happened"),
    path("cases/<str:reference>/investigation", investigation.investigation, name="case-investigation"),
    path("cases/<str:reference>/timeline", investigation.timeline, name="case-timeline"),
    path("cases/<str:reference>/timeline/<str:kind>", investigation.timeline_paper, name="case-timeline-paper"),
    path("cases/<str:reference>/looked", case.viewings, name="case-looked"),
    path("cases/<str:reference>/guidance/<str:code>", answering.guidance_of_case, name="case-guidance"),
    path("people/<uuid:person_id>", person.person, name="person"),
    path("people/<uuid:person_id>/happened", person.happened, name="person-happened"),
    path("people/<uuid:person_id>/looked", person.viewings, name="person-looked"),
    path("people/<uuid:person_id>/guidance/<str:code>", answering.guidance_of_person, name="person-guidance"),
    path("owed/<uuid:obligation_id>", answering.owed, name="owed"),
    path("essentials", shell.essentials, name="essentials"),
    path("drafts", shell.drafts, name="drafts"),
    path("drafts/<uuid:draft_id>", shell.draft, name="draft"),
    path("ring", shell.ring, name="ring"),
    path("hide", shell.hide, name="hide"),
    path("clock", shell.clock, name="clock"),
    path("t", shell.unhide, name="unhide"),
]
