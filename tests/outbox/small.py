"""Settings with nothing but the outbox in the house, so that a worker of a test starts in a blink."""

from driehoek.settings import *  # noqa: F403

INSTALLED_APPS = ["driehoek.kit", "driehoek.vault", "driehoek.outbox"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"builtins": ["django.templatetags.i18n"]},
    }
]
