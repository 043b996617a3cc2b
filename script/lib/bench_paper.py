"""What paper costs: printing and sealing an agreement of the demo, and the longest that is printed."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

TIMES = 5
ALLOWED = 1.0


def papers() -> int:
    """Print what each costs; 1 when one takes longer than is allowed. The first of each is not counted."""
    worst = 0.0
    print(f"\n{'on paper':34}{'first s':>9}{'then s':>9}{'allowed':>9}")
    for name, work in jobs():
        first, then = seconds(work), median(seconds(work) for _ in range(TIMES))
        worst = max(worst, then)
        print(f"{name:34}{first:9.2f}{then:9.2f}{ALLOWED:9.1f}")
    return 0 if worst <= ALLOWED else 1


def jobs() -> list[tuple[str, Callable[[], object]]]:
    """The first agreement of the demo that came into force, printed, sealed and kept."""
    from django.utils import translation

    from driehoek.agreements.actions import printed
    from driehoek.agreements.models import Version
    from driehoek.agreements.queries.sheet import sheet_of
    from driehoek.documents.pdf import LONGEST, render
    from driehoek.documents.seal import seal_here
    from driehoek.kit import clock

    version = Version.objects.exclude(in_force_at=None).earliest("in_force_at")
    somebody = version.engagement.parties.exclude(person=None).first().person
    with translation.override("nl"):
        sheet = sheet_of(version.engagement, version.number, somebody)
    assert sheet is not None, "a version in force has its sheet"

    def on_paper(**more: object) -> bytes:
        return render("agreement", sheet.data | more, language="nl", title="Afspraken", now=clock.now())

    lines = [{"kind": "text", "text": "Wat wij samen doen. " * 10} for _ in range(LONGEST // 400)]
    ready = on_paper()
    return [
        ("an agreement, printed", on_paper),
        ("an agreement, sealed", lambda: seal_here(ready, reason="bench")),
        ("an agreement, kept from before", lambda: printed(sheet)),
        ("over a hundred thousand signs", lambda: on_paper(sections=[{"heading": "Lang", "blocks": lines}])),
    ]


def seconds(work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return perf_counter() - begin
