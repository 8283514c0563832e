"""`POST /api/v1/assess`: another system of the force asks the rules. One encounter in, one answer out, nothing kept."""

from typing import Any

from django.utils import timezone

from lodestar.exchange.assess.queries import answer_in_force
from lodestar.platform.accounts.models import ApiToken
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.tokens.api import by_token

ROLE = "token"


@by_token(Permission.ASSESS_BY_TOKEN)
def assess(body: bytes, token: ApiToken) -> tuple[int, dict[str, Any]]:
    """The answer, or with 422 every fault and its path. The log says that it was asked, and by which token."""
    audit("assess.asked", by=token.made_by_id, role=ROLE, at=timezone.now(), subject=str(token.id))
    try:
        value = read_json(body)
    except UnicodeDecodeError:
        return 422, {"reference": None, "errors": [{"path": "", "message": "is not text in UTF-8"}]}
    except ValueError as fault:
        return 422, {"reference": None, "errors": [{"path": "", "message": f"is not JSON: {fault}"}]}
    response = answer_in_force(value)
    return 422 if "errors" in response else 200, response
