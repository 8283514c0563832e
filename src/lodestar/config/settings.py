"""Every setting, in one file. The environment is read by `environment.py`, loudly."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from lodestar.config import environment

ROOT = Path(__file__).resolve().parents[3]
ENV = environment.choice("LODESTAR_ENV", ("demo", "production", "test"), "demo")
PRODUCTION = ENV == "production"
VAR = Path(os.environ.get("LODESTAR_VAR") or ROOT / "var")
DATABASE_FOLDER = os.environ.get("LODESTAR_DATABASE_FOLDER", "")  # on this machine; its disk is looked at
DISK_ALARM = environment.percent("LODESTAR_DISK_ALARM", 85)

HEADS = Path(os.environ.get("LODESTAR_HEADS") or VAR / "heads")  # of the audit log: what its database cannot rewrite

SECRET_KEY = environment.secret("LODESTAR_SECRET_KEY", production=PRODUCTION)
FIELD_KEYS = environment.secret("LODESTAR_FIELD_KEYS", production=PRODUCTION)  # the first encrypts, all decrypt
FILE_KEYS = environment.secret("LODESTAR_FILE_KEYS", production=PRODUCTION)
DEBUG = False
ALLOWED_HOSTS = environment.hosts("LODESTAR_HOSTS", production=PRODUCTION)
USE_TLS = PRODUCTION

# Whoever migrates is the owner; everything else is the application's role, which the wall holds.
DATABASE_ROLE = environment.choice("LODESTAR_DATABASE_ROLE", ("app", "owner"), "app")
_URL = environment.address("LODESTAR_OWNER_URL" if DATABASE_ROLE == "owner" else "DATABASE_URL", production=PRODUCTION)
DATABASES = {"default": environment.database(_URL, pooled=ENV != "test" and DATABASE_ROLE == "app")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Our own, by area.
APPS = {
    "platform": (
        "design reference documents tenancy audit accounts tokens staff approvals notices tables settings questionnaires "
        "registers"
    ),
    "directory": "entities contacts partners",
    "knowledge": "library search publishing training",
    "casework": (
        "cases ledger consent case_files safe_addresses disclosures redaction safety concerns case_facts referral_forms "
        "referrals decisions evidence section45 services needs service_referrals support custody investigations enquiries "
        "contact_promises person_plans suspects prosecutions court_orders closures allocation worklists"
    ),
    "intelligence": "identities earlier_records",
    "information_governance": "access_alerts access_log retention",
    "exchange": "assess exports imports api",
    "partnership": "commissioning",
    "oversight": "deep_dives measures releases requirements plan recommendations responses peer_review boards",
    "": "web demo config",
}
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    *(".".join(filter(None, ("lodestar", area, app))) for area, apps in APPS.items() for app in apps.split()),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lodestar.web.middleware.NothingIsKept",
    "lodestar.web.middleware.OnlyWhatIsMeant",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lodestar.platform.accounts.middleware.SessionLimits",
    "axes.middleware.AxesMiddleware",
    "lodestar.web.views.papers.PapersNotMade",
]
ROOT_URLCONF = "lodestar.config.urls"
WSGI_APPLICATION = "lodestar.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "lodestar.platform.design.jinja.environment",
            "context_processors": ["lodestar.web.shell.shell"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

# Sign-in. Ten wrong tries in five minutes, counted by name and address together so that nobody can lock a colleague out;
# over many addresses and many names `accounts/throttling.py` counts besides.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "lodestar.platform.accounts.access.CodeAfterForce",
    "lodestar.platform.accounts.access.PasswordAndCode",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
FORCE_SIGN_IN = environment.force_sign_ins(production=PRODUCTION)  # by force; a person of it has been approved here before
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/start"
LOGOUT_REDIRECT_URL = "/sign-in"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=5)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "lodestar.platform.accounts.access.name_counted"
AXES_CLIENT_IP_CALLABLE = "lodestar.platform.accounts.throttling.counted_at"
AXES_HANDLER = "lodestar.platform.accounts.throttling.CountedThreeWays"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # five minutes are five minutes, whoever goes on trying meanwhile
AXES_SENSITIVE_PARAMETERS = ["code", "csrfmiddlewaretoken"]  # the password is masked anyway
AXES_LOCKOUT_CALLABLE = "lodestar.platform.accounts.views.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "Lodestar"
MFA_TOTP_TOLERANCE = 1  # a code is good for its half minute and the one on either side
MFA_ADAPTER = "lodestar.platform.accounts.adapter.SealedSecrets"
ACCOUNT_ADAPTER = "allauth.account.adapter.DefaultAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"

# Sessions: 60 minutes idle and 12 hours in all are kept by SessionLimits; the row outlives both, so that what was
# typed after the end can still be kept for the one who typed it.
SESSION_ENGINE = "lodestar.config.sessions"
SESSION_IDLE = timedelta(minutes=60)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_COOKIE_AGE = int(timedelta(hours=36).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USE_TLS
SESSION_COOKIE_NAME = "__Host-session" if USE_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if USE_TLS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lodestar.web.views.shell.csrf_failure"
CACHES = {
    "default": {
        "BACKEND": "lodestar.config.sessions.OnlyAdded",
        "LOCATION": "tenancy_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # used codes must not be pushed out by other people's
    }
}

# What leaves the server with every page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],  # films and their captions
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"  # none at all would make a browser send `Origin: null`, which CSRF refuses
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = USE_TLS
SECURE_HSTS_SECONDS = 31_536_000 if USE_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = USE_TLS
# What a visitor says in X-Forwarded-* counts only where a proxy of ours stands in front and says it.
BEHIND_PROXY = environment.choice("LODESTAR_BEHIND_PROXY", ("yes", "no"), "no") == "yes"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000  # of a form without its files: too long a text is told so beside its box
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 26_000_000  # of a larger file nothing is kept, not even in memory
FILE_UPLOAD_HANDLERS = ["lodestar.web.middleware.NeverOnTheDisk"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
_PLAIN, _GZIPPED = "django.contrib.staticfiles.storage.StaticFilesStorage", "lodestar.platform.design.storage.GzippedStaticFiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing uses it: files go to the one store
    "staticfiles": {"BACKEND": _PLAIN if ENV == "test" else _GZIPPED},
}
WHITENOISE_USE_FINDERS = ENV == "test"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
APPEND_SLASH = False

MAIL_HOST = os.environ.get("LODESTAR_MAIL_HOST", "")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if MAIL_HOST else "lodestar.config.mail.EmailBackend"
EMAIL_HOST = MAIL_HOST
EMAIL_FILE_PATH = str(VAR / "mail")
MAIL_FROM = os.environ.get("LODESTAR_MAIL_FROM", "lodestar@localhost")
NEUTRAL_ADDRESS = os.environ.get("LODESTAR_NEUTRAL_ADDRESS", "")  # of links for people: another host of this server
SITE_ADDRESS = f"{'https' if USE_TLS else 'http'}://{next(iter(ALLOWED_HOSTS), 'localhost')}"  # as letters name it

# The log of the server holds paths and codes, never what somebody typed: a password, too, is typed as a name at times.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "lodestar.config.logs.WithoutWords", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "axes": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # anybody may send any: it is answered, and fills no disk
    },
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# Points where a test may end the process, to prove that nothing typed is lost. Read in the test environment only.
KILL_AT = os.environ.get("LODESTAR_KILL_AT", "") if ENV == "test" else ""
