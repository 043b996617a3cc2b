import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english(settings):
    """Sentences are compared in the language of the msgids."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
