"""Addresses of boards."""

from django.urls import path

from lodestar.oversight.boards import views

MEETING = "boards/meetings/<uuid:meeting_id>"
urlpatterns = [
    path("boards", views.boards, name="boards"),
    path("boards/new", views.new_board, name="board-new"),
    path("boards/actions", views.actions_list, name="board-actions"),
    path("boards/actions/<uuid:action_id>", views.action, name="board-action"),
    path("boards/papers/<uuid:paper_id>", views.paper, name="board-paper"),
    path("boards/packs/<uuid:pack_id>", views.pack, name="board-pack"),
    path("boards/packs/<uuid:pack_id>/<str:kind>", views.pack_file, name="board-pack-file"),
    path("boards/<uuid:board_id>", views.board, name="board"),
    path("boards/<uuid:board_id>/terms", views.terms, name="board-terms"),
    path("boards/<uuid:board_id>/members", views.member, name="board-member"),
    path("boards/<uuid:board_id>/leave", views.leave, name="board-leave"),
    path("boards/<uuid:board_id>/meetings", views.new_meeting, name="board-meeting-new"),
    path(MEETING, views.meeting, name="board-meeting"),
    path(f"{MEETING}/time", views.meeting_time, name="board-meeting-time"),
    path(f"{MEETING}/cancel", views.cancel, name="board-meeting-cancel"),
    path(f"{MEETING}/agenda", views.agenda, name="board-agenda"),
    path(f"{MEETING}/papers", views.new_paper, name="board-paper-new"),
    path(f"{MEETING}/pack", views.new_pack, name="board-pack-new"),
    path(f"{MEETING}/minutes", views.minutes, name="board-minutes"),
    path(f"{MEETING}/decisions", views.decision, name="board-decision"),
    path(f"{MEETING}/actions", views.new_action, name="board-action-new"),
]
