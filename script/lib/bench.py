"""What the pages of the demo cost against a bare Django page, in one run on one machine.

The bare page has Django's own default middleware and sessions, a signed-in reader, three queries and a
template that gives as many bytes. Both are asked in turns through the same handler, and medians are compared,
so that a busy machine weighs on both.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import bench_paper

ROUNDS = 60
ALLOWED = 3.0


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory(prefix="driehoek-bench-") as folder:
        prepare(Path(folder))
        return max(compare(rounds), bench_paper.papers())


def prepare(folder: Path) -> None:
    """A demo of its own in `folder`."""
    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "driehoek.settings",
            "DRIEHOEK_DATA": str(folder),
            "DRIEHOEK_DATABASE": f"sqlite:///{folder}/bench.sqlite3",
            "DRIEHOEK_DEMO": "true",
            "DRIEHOEK_DEBUG": "false",
            "DRIEHOEK_SECRET_KEY": "only for this run, and gone when it ends, so anything will do",
            "DRIEHOEK_MASTER_KEY": "b25seSBmb3IgdGhpcyBiZW5jaG1hcmssIDMyIGJ5dGU=",
            "DRIEHOEK_HOSTS": "testserver,localhost",
            "DRIEHOEK_LOG_LEVEL": "ERROR",
        }
    )
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_demo", verbosity=0)


def compare(rounds: int) -> int:
    """Print one line per page; 1 when a page is over what is allowed."""
    worst = 0.0
    print(f"{'page':34}{'bytes':>8}{'queries':>9}{'ms':>8}{'bare ms':>9}{'ratio':>7}")
    for name, person, url in pages():
        ours, theirs, size, queries = timed(person, url, rounds)
        worst = max(worst, ours / theirs)
        print(f"{name:34}{size:8}{queries:9}{ours * 1000:8.1f}{theirs * 1000:9.1f}{ours / theirs:7.2f}")
    print(f"worst: {worst:.2f} times the bare page; allowed: {ALLOWED:.0f}")
    return 0 if worst <= ALLOWED else 1


def pages() -> list[tuple[str, object, str]]:
    """The pages people open most, each as somebody of the demo; of each kind of engagement the fullest."""
    from django.db.models import Count
    from django.urls import reverse

    from driehoek.access import Role, Stage
    from driehoek.engagements.models import Engagement

    fullest = Engagement.objects.alias(many=Count("observations", distinct=True)).order_by("-many")
    running = fullest.filter(stage=Stage.ACTIVE, parties__role=Role.COACHEE).first()
    closed = fullest.filter(stage=Stage.CLOSED, parties__role=Role.SPONSOR).first()
    assert running is not None, "the demo holds an engagement under way"
    assert closed is not None, "the demo holds a closed engagement with a sponsor"
    coachee, coach = (running.parties.get(role=role).person for role in (Role.COACHEE, Role.COACH))
    sponsor = closed.parties.get(role=Role.SPONSOR).person
    number = running.sessions.filter(held_at=None).order_by("number").values_list("number", flat=True)[0]
    return [
        ("today, coachee", coachee, reverse("today")),
        ("today, coach", coach, reverse("today")),
        ("engagement, coachee", coachee, reverse("engagement", args=[running.pk])),
        ("session, coach", coach, reverse("sessions:talk", args=[running.pk, number])),
        ("engagement, sponsor", sponsor, reverse("engagement", args=[closed.pk])),
        ("received, sponsor", sponsor, reverse("results:received", args=[closed.pk])),
    ]


def timed(person: object, url: str, rounds: int) -> tuple[float, float, int, int]:
    """Median seconds of our page and of a bare page of the same size, with bytes and queries of ours."""
    from django.db import connection
    from django.test import Client, override_settings

    client, asked = Client(), []

    def count(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    client.force_login(person)
    client.get(url)  # templates are read once in the life of a server
    with connection.execute_wrapper(count):
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    size = len(answer.content)
    Bare.rows = [{"name": "x" * 60, "role": "coachee"}] * max(1, size // 100)
    bare = Client()
    with override_settings(
        MIDDLEWARE=[*DEFAULT_MIDDLEWARE, f"{__name__}.bare_urls"],
        SESSION_ENGINE="django.contrib.sessions.backends.db",  # Django's own, as the rest of that page
    ):
        bare.force_login(person)
        bare.get("/")  # its handler keeps these
    ours, theirs = [], []
    for _round in range(rounds):
        ours.append(_seconds(client, url))
        theirs.append(_seconds(bare, "/"))
    return median(ours), median(theirs), size, len(asked)


def _seconds(client: object, url: str) -> float:
    start = perf_counter()
    client.get(url)  # type: ignore[attr-defined]
    return perf_counter() - start


DEFAULT_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


class Bare:
    """A page with three queries (session, person, one list) and rows from a template."""

    rows: list[dict[str, str]] = []
    template = None

    @classmethod
    def page(cls, request: object) -> object:
        from django.http import HttpResponse
        from django.template import engines

        from driehoek.people.models import Organisation

        cls.template = cls.template or engines["django"].from_string(
            "<!doctype html><title>{{ user }}</title>{{ names|length }}"
            "{% for row in rows %}<p class='row'>{{ row.name }} <b>{{ row.role }}</b></p>\n{% endfor %}"
        )
        names = list(Organisation.objects.all()[:20])
        user = str(request.user)  # type: ignore[attr-defined]
        return HttpResponse(cls.template.render({"rows": cls.rows, "names": names, "user": user}))


def bare_urls(get_response):
    """Middleware that leads to the bare page, so that nobody's table of addresses is built anew each time."""

    def answer(request):
        request.urlconf = "script_bench_urls"
        return get_response(request)

    return answer


def _bare_urls() -> None:
    import types

    from django.urls import path

    module = types.ModuleType("script_bench_urls")
    module.urlpatterns = [path("", lambda request: Bare.page(request))]  # type: ignore[attr-defined]
    sys.modules["script_bench_urls"] = module


if __name__ == "__main__":
    _bare_urls()
    sys.exit(main())
