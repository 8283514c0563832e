"""Addresses of what is new for somebody."""

from django.urls import path

from lodestar.platform.notices import views

urlpatterns = [
    path("new", views.new, name="new"),
    path("new/seen", views.new_seen, name="new-seen"),
    path("new/mail", views.new_mail, name="new-mail"),
    path("new/<uuid:new_item_id>", views.new_one, name="new-one"),
]
