"""Addresses of case files."""

from django.urls import path

from lodestar.casework.case_files.views import people, sharing

urlpatterns = [
    path("people/<uuid:person_id>/age", people.age, name="person-age"),
    path("people/<uuid:person_id>/first-account", people.first_account, name="person-first-account"),
    path("cases/<str:reference>/files", people.case_files, name="case-files"),
    path("files/<uuid:file_id>", people.file, name="file"),
    path("cases/<str:reference>/seal", sharing.seal, name="case-seal"),
    path("cases/<str:reference>/unseal", sharing.unseal, name="case-unseal"),
    path("cases/<str:reference>/give", sharing.give, name="case-give"),
    path("cases/<str:reference>/interim-owner", sharing.interim_owner, name="case-interim-owner"),
    path("cases/<str:reference>/operation", sharing.operation, name="case-operation"),
    path("leavers", sharing.leavers, name="leavers"),
    path("leavers/<uuid:user_id>", sharing.leaver, name="leaver"),
    path("leavers/<uuid:user_id>/taken", sharing.leaver_taken, name="leaver-taken"),
]
