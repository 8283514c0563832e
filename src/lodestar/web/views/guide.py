"""What each role finds where, on one page that prints."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.text.reference_lists import reference_list


@page(Permission.SIGNED_IN, only="GET")
def guide(request: HttpRequest) -> HttpResponse:
    """The guide of the member's own roles, or of the role that is named: it is the same for everybody. Http404 for no role."""
    chosen = request.GET.get("role", "")
    if chosen and chosen not in ROLES:
        raise Http404
    roles = [chosen] if chosen else member_of(request).roles
    tasks = {row["code"]: row["tasks"] for row in reference_list("accounts", "role_guides").rows}
    context = {
        "guides": [(ROLES[role], tasks[role]) for role in roles if role in tasks],
        "others": [role for role in ROLES.values() if role.code not in roles],
        "may_follow": not chosen or chosen in member_of(request).roles,
    }
    return render(request, "web/guide.jinja", context)
