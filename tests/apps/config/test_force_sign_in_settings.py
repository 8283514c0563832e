"""What the environment says of a force's own sign-in: whole, or the start stops in one line."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from lodestar.config import checks, environment
from tests.factories.accounts import TenantFactory
from tests.provider.started import provider_at

WHOLE = {
    "LODESTAR_OIDC_FORCES": "lincolnshire",
    "LODESTAR_OIDC_LINCOLNSHIRE_ISSUER": "https://id.force.example",
    "LODESTAR_OIDC_LINCOLNSHIRE_CLIENT": "lodestar",
    "LODESTAR_OIDC_LINCOLNSHIRE_SECRET": "x",
}


def read(monkeypatch, **changes):
    for name, value in (WHOLE | changes).items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    return environment.force_sign_ins(production=True)


def test_whole_settings_are_read(monkeypatch):
    one = read(monkeypatch, LODESTAR_OIDC_LINCOLNSHIRE_SECOND_FACTOR="amr:mfa, acr:urn:x")["lincolnshire"]
    assert (one.issuer, one.client, one.named_by) == ("https://id.force.example", "lodestar", "preferred_username")
    assert one.second_factor == {"amr:mfa", "acr:urn:x"}
    assert not one.plain


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"LODESTAR_OIDC_LINCOLNSHIRE_SECRET": None}, "LODESTAR_OIDC_LINCOLNSHIRE_SECRET must be set"),
        ({"LODESTAR_OIDC_LINCOLNSHIRE_CLIENT": " "}, "LODESTAR_OIDC_LINCOLNSHIRE_CLIENT must be set"),
        ({"LODESTAR_OIDC_LINCOLNSHIRE_ISSUER": "http://id.force.example"}, "write the https address"),
        ({"LODESTAR_OIDC_LINCOLNSHIRE_SECOND_FACTOR": "mfa"}, "like amr:mfa"),
        ({"LODESTAR_OIDC_FORCES": ""}, "belongs to no force"),
        ({"LODESTAR_OIDC_NORFOLK_CLIENT": "x"}, "LODESTAR_OIDC_NORFOLK_CLIENT belongs to no force"),
        ({"LODESTAR_OIDC_FORCES": "lincolnshire,X Y"}, "write the short names"),
    ],
)
def test_half_of_them_stop_the_start_in_one_line(monkeypatch, changes, says):
    with pytest.raises(ImproperlyConfigured) as told:
        read(monkeypatch, **changes)
    assert says in str(told.value)
    assert "\n" not in str(told.value)


def test_a_force_that_is_none_here_stops_the_start(settings, db):
    settings.FORCE_SIGN_IN = {"fenmarch": provider_at("http://127.0.0.1:9")}
    assert checks.unknown_forces() == ["fenmarch"]
    TenantFactory()
    assert checks.unknown_forces() == []
