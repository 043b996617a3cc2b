"""The door for a web server: gunicorn driehoek.wsgi."""

import gc
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "driehoek.settings")
application = get_wsgi_application()

from driehoek.people.queries import trouble_with_demo  # noqa: E402  (a model wants Django to be ready)

if trouble := trouble_with_demo():
    raise ImproperlyConfigured(trouble)
connection.close()

# What was loaded now stays as long as the process does; looking through it for rubbish, again and again,
# took a tenth of the time of a page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
