"""All settings, read from the environment. Defaults are right for a laptop."""

from pathlib import Path
from typing import Any, Literal

import structlog
from csp.constants import NONE, SELF
from environs import Env, validate

from driehoek.kit.env import is_laptop, mail_server, master_keys, networks, refuse_demo_in_earnest, secret
from driehoek.kit.logs import place_of

env = Env(prefix="DRIEHOEK_", eager=False)  # collects every problem, so that one start names them all

# -- You may set these (docs/settings.md) -------------------------------------
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
DATA = Path(env.str("DATA", "var")).absolute()
ALLOWED_HOSTS = env.list("HOSTS", ["localhost", "127.0.0.1"])
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", BASE_URL.startswith("https://"))
DATABASES = {"default": env.dj_db_url("DATABASE", f"sqlite:///{DATA}/driehoek.sqlite3")}
LAPTOP = is_laptop(debug=DEBUG, https=HTTPS, data=DATA)
SECRET_KEY = secret(env, "SECRET_KEY", data=DATA, insecure="insecure-laptop-key" if LAPTOP else None)
MASTER_KEYS = master_keys(env, data=DATA, insecure=LAPTOP)
LANGUAGE_CODE = env.str("LANGUAGE", "nl", validate=validate.OneOf(["nl", "en"]))
SESSION_HOURS = env.int("SESSION_HOURS", 12, validate=validate.Range(min=1, max=168))
REGISTRATION = env.str("REGISTRATION", "closed", validate=validate.OneOf(["closed", "open"]))
EMAIL = mail_server(env, "EMAIL", "console://" if DEBUG else "smtp://localhost:25")
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "Driehoek <driehoek@localhost>")
SEAL = Path(env.str("SEAL", str(DATA / "seal.p12")))
SEAL_PASSWORD = env.str("SEAL_PASSWORD", "")
FILE_MB = env.int("FILE_MB", 10, validate=validate.Range(min=1, max=100))
FILES_MB = env.int("FILES_MB", 200, validate=validate.Range(min=1, max=10_000))
CALENDAR_NETWORKS = networks(env, "CALENDAR_NETWORKS")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
CLOCK_DAYS = env.int(
    "CLOCK_DAYS", 0, validate=validate.Range(min=0 if not DEMO else -3650, max=3650 if DEMO else 0)
)
env.seal()  # names every missing or wrong variable at once
refuse_demo_in_earnest(demo=DEMO, https=HTTPS, data=DATA)

# -- The rest is the same everywhere ------------------------------------------
globals().update({name: value for name, value in (EMAIL or {}).items() if name.startswith("EMAIL_")})
EMAIL_TIMEOUT = 20

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "driehoek.web.urls"
WSGI_APPLICATION = "driehoek.wsgi.application"

INSTALLED_APPS = [
    # Ours first: where two say it differently, our words and templates win.
    "driehoek.kit",
    "driehoek.vault",
    "driehoek.documents",
    "driehoek.outbox",
    "driehoek.people",
    "driehoek.audit",
    "driehoek.availability",
    "driehoek.engagements",
    "driehoek.intake",
    "driehoek.agreements",
    "driehoek.plans",
    "driehoek.sessions.apps.SessionsConfig",
    "driehoek.aids",
    "driehoek.reviews",
    "driehoek.messages.apps.MessagesConfig",
    "driehoek.files",
    "driehoek.feedback",
    "driehoek.surveys",
    "driehoek.measures",
    "driehoek.results",
    "driehoek.blended",
    "driehoek.calendars",
    "driehoek.booking",
    "driehoek.toolkit",
    "driehoek.experiments",
    "driehoek.web",
    "driehoek.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "django.forms",  # last: its templates are the fallback of ours
]
MIDDLEWARE = [
    "driehoek.web.probes.answer_probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer, so that its length betrays nothing (BREACH)
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "driehoek.web.middleware.only_utf8",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "driehoek.web.middleware.keep_typed_words",
    "driehoek.web.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "driehoek.web.middleware.say_what_a_button_is",
    "driehoek.web.middleware.no_store",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("driehoek.kit.lean.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "driehoek.kit.templatetags.look",
                "driehoek.kit.templatetags.words",
                "driehoek.kit.templatetags.zones",
                "driehoek.people.templatetags.typing",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "driehoek.web.context.layout",
            ],
        },
    }
]
FORM_RENDERER = "driehoek.kit.forms.DriehoekRenderer"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Database: one writer at a time on SQLite, but readers never wait for it.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "driehoek.kit.sqlite3"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Signing in: a code by mail, no passwords. Accounts come from invitations.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["driehoek.people.adapter.Backend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "driehoek.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_FORMS = {"confirm_login_code": "driehoek.people.forms.CodeForm"}
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,30/h/key",  # a key is an address and a place together
    "report_progress": "20/m/ip,10/m/key",  # a key is a link from a letter
    "send_series": "60/m/ip,30/m/key",  # a key is that of a series; without one, of nothing
    "send_login_code": "60/h/key",  # what one mailbox may get, from wherever it is asked
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_SESSION_REMEMBER = True

SESSION_ENGINE = "driehoek.vault.sessions"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "driehoek.web.views.errors.stale_form"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20  # a form that is far too long still gets its words back
FILE_UPLOAD_HANDLERS = ["driehoek.web.uploads.InMemory"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "driehoek.web.assets.Assets"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Logs: one JSON line each, never a local variable, never a request body.
_shared: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    place_of,
]
structlog.configure(
    processors=[*_shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "nameless": {"()": "driehoek.kit.logs.WithoutContent"},
        "answered": {"()": "driehoek.kit.logs.WithoutTrace"},
    },
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": _shared,
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["nameless"]},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"filters": ["answered"]},
        "httpx": {"level": "WARNING"},  # it writes down each address it asks, with the name of somebody
        "httpcore": {"level": "WARNING"},
        "pyhanko": {"level": "CRITICAL"},  # it names who sealed a file that a stranger sends us
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
