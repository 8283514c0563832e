"""Addresses of case files."""

from django.urls import path

from lodestar.casework.case_files.views import case_files, leavers, people, sharing

urlpatterns = [
    path("people/<uuid:person_id>/age", people.age, name="person-age"),
    path("people/<uuid:person_id>/first-account", people.first_account, name="person-first-account"),
    path("cases/<str:reference>/files", case_files.case_files, name="case-files"),
    path("files/<uuid:file_id>", case_files.file, name="file"),
    path("cases/<str:reference>/seal", sharing.seal, name="case-seal"),
    path("cases/<str:reference>/unseal", sharing.unseal, name="case-unseal"),
    path("cases/<str:reference>/give", sharing.give, name="case-give"),
    path("cases/<str:reference>/interim-owner", sharing.interim_owner, name="case-interim-owner"),
    path("cases/<str:reference>/operation", sharing.operation, name="case-operation"),
    path("leavers", leavers.leavers, name="leavers"),
    path("leavers/<uuid:user_id>", leavers.leaver, name="leaver"),
    path("leavers/<uuid:user_id>/taken", leavers.leaver_taken, name="leaver-taken"),
]
