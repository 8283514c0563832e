"""How a force's own sign-in is reached: what the settings say of one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """The identity provider of one force (OpenID Connect), and Lodestar's own account with it.

    `named_by` is the claim that says which person it is before their subject is known. `second_factor` are the marks, as
    `amr:mfa` or `acr:...`, with which it says that a second proof was given; where there are none, Lodestar asks itself.
    `plain` lets it be reached without TLS, which only a trial on one machine may do.
    """

    force: str
    issuer: str
    client: str
    secret: str
    named_by: str = "preferred_username"
    second_factor: frozenset[str] = frozenset()
    plain: bool = False
