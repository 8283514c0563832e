"""Peer reviews: scope, sample, self-assessment, findings, areas into the plan."""

from django.apps import AppConfig


class PeerReviewConfig(AppConfig):
    name = "lodestar.oversight.peer_review"

    def ready(self) -> None:
        from lodestar.oversight.peer_review import actions
        from lodestar.oversight.peer_review.access import may_see_review
        from lodestar.oversight.peer_review.presenters import DUE, EVIDENCE
        from lodestar.oversight.requirements import evidence
        from lodestar.platform.accounts.links import register_object_access
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        register_kind(actions.NAMED, "You were asked to do a peer review: it opens on its first day", "/peer-reviews/{subject}")
        register_kind(actions.HANDED_IN, "The report of a peer review was handed in", "/peer-reviews/{subject}")
        register_object_access("peer-review", may_see_review)
        register_due_items(DUE)
        evidence.register_kind(EVIDENCE)
