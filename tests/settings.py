"""The product's own settings, on keys and a folder that exist for the tests only."""

import atexit
import base64
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="driehoek-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ.update(
    {
        "DRIEHOEK_DEBUG": "false",
        "DRIEHOEK_DATA": FOLDER,
        "DRIEHOEK_SECRET_KEY": "a key for the tests only, long enough to be one",
        "DRIEHOEK_MASTER_KEY": base64.b64encode(b"a master key for the tests only!").decode(),
        "DRIEHOEK_HOSTS": "localhost,127.0.0.1,testserver",
        "DRIEHOEK_LOG_LEVEL": "WARNING",
    }
)

from driehoek.settings import *  # noqa: E402, F403

# Static files straight from their folders: the manifest is proven by starting the real server.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

# A database in a file, so that two people at the same moment are two connections here as well.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{FOLDER}/test.sqlite3"}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405
