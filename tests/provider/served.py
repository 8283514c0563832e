"""A force's own sign-in for tests: django-oauth-toolkit, served from a process of the tests' own, because Django has one set
of settings a process. `python -m tests.provider.served` reads its people and addresses as JSON from standard input, writes
its own address on a line, and ends when its input does."""

import json
import sys
import threading
from types import ModuleType
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings


def configure(told: dict[str, Any], address: str) -> None:
    """The settings of a site that is nothing but a provider, with its database in memory."""
    key = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY="tests only",
        USE_TZ=True,
        ROOT_URLCONF="provider_urls",
        LOGIN_URL="/who",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        SESSION_COOKIE_NAME="provider",  # a browser keeps cookies by host, not by port
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_RSA_PRIVATE_KEY": key.decode(),
            "OIDC_ISS_ENDPOINT": f"{address}/o",
            "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": False,
            "OAUTH2_VALIDATOR_CLASS": "provider_urls.Claims",
            "SCOPES": {"openid": "who", "profile": "name", "email": "e-mail"},
            "PKCE_REQUIRED": True,
        },
    )  # fmt: skip
    django.setup()
    module = ModuleType("provider_urls")
    vars(module).update(urls(told))
    sys.modules["provider_urls"] = module


def urls(told: dict[str, Any]) -> dict[str, Any]:
    """Its addresses: those of the toolkit, and a page on which one says who one is."""
    from django.contrib.auth import get_user_model, login
    from django.http import HttpResponse, HttpResponseRedirect
    from django.urls import include, path
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Claims(OAuth2Validator):
        """What it says of each person; for some of them, wrongly."""

        oidc_claim_scope = None

        def get_additional_claims(self, request: Any) -> dict[str, Any]:
            return dict(told["people"][request.user.username].get("claims", {}))

        def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> Any:
            claims, expires = super().get_id_token_dictionary(token, token_handler, request)
            return claims | told["people"][request.user.username].get("odd", {}), expires

    def who(request: Any) -> Any:
        if request.method == "POST":
            user = get_user_model().objects.get(username=request.POST["who"])
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            return HttpResponseRedirect(request.GET["next"])
        boxes = "".join(f'<button name="who" value="{name}">{name}</button>' for name in told["people"])
        return HttpResponse(f'<!doctype html><title>The force</title><form method="post">{boxes}</form>')

    return {
        "Claims": Claims,
        "urlpatterns": [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")), path("who", who)],
    }


def fill(told: dict[str, Any]) -> None:
    """Makes its people, and Lodestar's account with it; and another site's."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name in told["people"]:
        get_user_model().objects.create(username=name)
    for client in ("lodestar", "another"):
        Application.objects.create(
            name=client,
            client_id=client,
            client_secret=told["secret"],
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
            redirect_uris=" ".join(told["back"]),
            post_logout_redirect_uris=" ".join(told["out"]),
            algorithm=Application.RS256_ALGORITHM,
            skip_authorization=True,
        )


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log_message(self, *_arguments: object) -> None:
        return


def main() -> None:
    """Serves until standard input ends."""
    told = json.loads(sys.stdin.readline())
    server: WSGIServer = make_server("127.0.0.1", 0, lambda *_: [], handler_class=Quiet)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    configure(told, address)
    fill(told)
    from django.core.wsgi import get_wsgi_application

    server.set_app(get_wsgi_application())
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    print(address, flush=True)
    server.serve_forever(poll_interval=0.02)


if __name__ == "__main__":
    main()
