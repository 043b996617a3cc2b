"""What spoke against a criterion when it was signed stands in the report too, with the reason given then."""

from decimal import Decimal

import pytest

from driehoek.access import Role, Stage
from driehoek.agreements.models import Version
from driehoek.agreements.queries.foresight import stored
from driehoek.evidence.foresight import Circumstances
from driehoek.kit import clock
from driehoek.results.models import Release
from tests.documents.sheets import sheets
from tests.makers import person_of
from tests.measures.makers import NOW, as_, freeze, make_agreed, the_criterion
from tests.results.makers import let_go, look_at, make_release, make_report, page

pytestmark = pytest.mark.django_db
WHY = "Het gaat ons om het gesprek, niet om het cijfer."
SPONSOR, COACHEE = Role.SPONSOR, Role.COACHEE


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def make_warned(*, goals=1, reason=WHY, language="en"):
    """An agreement whose criterion was accepted although its scale ends below the target."""
    engagement = make_agreed(goals=goals, criterion={"baseline": Decimal("4.7")})
    criterion = the_criterion(engagement)
    accepted = {"beyond_scale": reason} if reason else {}
    criterion.foresight = stored(Circumstances(highest=Decimal(5)), accepted)
    criterion.save(update_fields=["foresight"])
    Version.objects.all().delete()
    freeze(engagement, engagement.draft)
    engagement.stage = Stage.CLOSING
    engagement.save(update_fields=["stage"])
    make_report(engagement, COACHEE, "Ik vraag nu eerst wat iemand nodig heeft")
    sponsor = person_of(engagement, SPONSOR)
    sponsor.language = language
    sponsor.save()
    return engagement


def words(engagement, items):
    return look_at(as_(engagement, COACHEE), engagement, SPONSOR, items).content.decode()


@pytest.mark.parametrize("goals", [1, 2])
@pytest.mark.parametrize(
    ("language", "heading", "warning"),
    [("nl", "Vooraf bekend", "schaal"), ("en", "Known beforehand", "scale")],
)
def test_warning_and_reason_stand_in_it_in_the_language_of_the_receiver(goals, language, heading, warning):
    shown = words(make_warned(goals=goals, language=language), ["measurements"])

    at = shown.index(heading)
    assert warning in shown[at:]
    assert WHY in shown[at:]
    assert shown.count(heading) == 1


def test_the_reason_stands_under_a_label_in_the_box_of_its_warning():
    box = words(make_warned(), ["measurements"]).split('<div class="note">')[1].split("</div>")[0]

    assert box.index("scale") < box.index("Accepted all the same, because") < box.index(WHY)


def test_without_the_measurements_nothing_of_it_is_in_the_document():
    shown = words(make_warned(), ["coachee_report"])

    assert "Known beforehand" not in shown
    assert WHY not in shown


def test_a_warning_nobody_gave_a_reason_for_says_so():
    said = "Nobody wrote down why this is accepted: it was offered without a reason."
    assert said in words(make_warned(reason=""), ["measurements"])


def test_without_a_warning_there_is_no_such_part():
    assert "Known beforehand" not in words(make_agreed(stage=Stage.CLOSING), ["measurements"])


def test_the_receiver_reads_it_in_what_was_released():
    engagement = make_warned()
    let_go(as_(engagement, COACHEE), engagement, SPONSOR, ["measurements"])

    read = page(as_(engagement, SPONSOR), "released", engagement, Release.objects.get().pk)

    assert WHY in read.content.decode()


def test_it_is_on_paper_too():
    engagement = make_warned()
    release = make_release(engagement, SPONSOR, ["measurements"])

    answer = page(as_(engagement, SPONSOR), "released_pdf", engagement, release.pk)

    assert WHY in " ".join(sheets(answer.content))
