"""A starting value that is the mean of a period before the start: typed, frozen, read and changed."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries import agreed_criteria, terms, terms_of
from driehoek.agreements.queries.changes import changes
from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.evidence.deadlines import Anchor
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    address,
    amend,
    author_of,
    change_target,
    fresh,
    make_criterion,
    make_draft,
    make_goal,
    make_in_force,
    make_preparing,
    signed_by_all,
    signed_in,
)
from tests.documents.sheets import sheets

pytestmark = pytest.mark.django_db

TYPED = {
    "measure": "Heldere prioriteiten",
    "unit": "punten",
    "form": "relative_change",
    "direction": "up",
    "counted": "last",
    "target": "15",
    "baseline": "",
    "anchor": "fixed",
    "window_starts": "2026-12-01",
    "deadline": "2027-03-01",
    "before_from": "2026-09-01",
    "before_until": "2026-11-01",
    "before_values": "2026-09-01; 3\n01-10-2026; 3\n2026-11-01; 4",
}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(datetime(2026, 11, 20, 9, tzinfo=UTC))


@pytest.fixture
def engagement():
    return make_preparing()


@pytest.fixture
def goal(engagement):
    return make_goal(engagement)


def send(goal, language="en", **given):
    client = signed_in(goal.engagement, Role.COACH, language)
    return client.post(address("criterion", goal.engagement, goal.pk), TYPED | given)


def errors_of(answer):
    return {field: " ".join(says) for field, says in answer.context["form"].errors.items()}


def read(engagement, name="index", language="en"):
    return signed_in(engagement, Role.COACH, language).get(address(name, engagement)).content.decode()


def months(*values, first=9, volume=None):
    rows = [
        Before(date(2026, first + number, 1), Decimal(value), volume) for number, value in enumerate(values)
    ]
    return BaselineWindow(rows[0].on, rows[-1].on, tuple(rows))


def starts_from(goal, window, **given):
    return make_criterion(goal, **{"baseline": None, "measured_before": window} | given)


def test_the_mean_is_kept_exactly_and_shown_with_its_number_of_values(goal):
    answer = send(goal)

    assert answer.status_code == 302, answer.context["form"].errors
    assert terms_of(goal.criteria.get()).baseline == Fraction(10, 3)
    page = read(goal.engagement, "goals")
    assert "3.33 punten (rounded): the mean of 3 values, from 1 September 2026 to 1 November 2026" in page
    assert "at least 15% higher: 3.83 punten (rounded) or more" in page
    assert "het gemiddelde van 3 waarden" in read(goal.engagement, "goals", "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_was_typed_can_be_typed_again(goal, language):
    send(goal, before_values="2026-09-01; 3.125\n2026-10-01; 3.5\n2026-11-01; 1.2345")
    kept = goal.criteria.get()
    page = address("criterion", goal.engagement, goal.pk, kept.pk)
    client = signed_in(goal.engagement, Role.COACH, language)
    form = client.get(page).context["form"]

    again = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert form.has_before
    assert client.post(page, again).status_code == 302
    assert goal.criteria.get().measured_before == kept.measured_before
    assert [one["value"] for one in kept.measured_before["values"]] == ["3.125", "3.5", "1.2345"]


def test_a_share_is_typed_as_a_percentage(goal):
    lines = "2026-09-01; 60\n2026-10-01; 70\n2026-11-01; 65"
    send(goal, form="share_at_least", target="80", before_values=lines)

    assert terms_of(goal.criteria.get()).baseline == Fraction(65, 100)
    assert "65%: the mean of 3 values" in read(goal.engagement, "goals")


def test_where_everything_counts_by_volume_the_start_does_too(goal):
    lines = "2026-09-01; 24; 300\n2026-10-01; 12; 900\n2026-11-01; 0; 300"
    answer = send(goal, counted="weighted", direction="down", target="50", before_values=lines)

    assert answer.status_code == 302, answer.context["form"].errors
    assert terms_of(goal.criteria.get()).baseline == Fraction(36, 1500)
    page = read(goal.engagement, "goals")
    assert "0.024 punten: 3 values weighed by volume" in page


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"before_until": "2026-12-01"}, "before_until", "has passed"),
        ({"window_starts": "2026-11-01"}, "before_until", "lies after the start"),
        ({"before_values": "2026-09-01; 3\n2026-11-01; 4"}, "before_values", "at least 3 values"),
        ({"before_values": ""}, "before_values", "Type what was measured"),
        ({"before_from": ""}, "before_from", "Choose a date."),
        ({"before_until": ""}, "before_until", "Choose a date."),
        ({"before_from": "2026-11-02"}, "before_until", "lies before the first"),
        ({"before_from": "2026-09-02"}, "before_values", "1 September 2026 lies outside"),
        ({"baseline": "3"}, "baseline", "not both"),
        ({"before_values": "2026-09-01; veel"}, "before_values", "Line 1: this is not a number"),
        (
            {"before_values": "2026-09-01; 3\n31-02-2026; 3"},
            "before_values",
            "Line 2: this day does not",
        ),
        ({"before_values": "2026-09-01; 3\n2026-09-01; 3"}, "before_values", "Line 2: this day stands there"),
        ({"before_values": "2026-09-01; 1.234"}, "before_values", "two things"),
        ({"before_values": "het ging wel"}, "before_values", "on each line a day and a value"),
        ({"before_values": f"2026-09-01; {'9' * 17}"}, "before_values", "16 figures"),
        ({"counted": "weighted"}, "before_values", "out of how many"),
        (
            {"counted": "weighted", "before_values": "2026-09-01; 3; 0\n2026-10-01; 3; 5\n2026-11-01; 3; 5"},
            "before_values",
            "above zero",
        ),
        (
            {"form": "share_at_least", "before_values": "2026-09-01; 3\n2026-10-01; 3\n2026-11-01; 300"},
            "before_values",
            "between 0 and 100 percent",
        ),
        (
            {"before_values": "2026-09-01; -3\n2026-10-01; 3\n2026-11-01; 0"},
            "baseline",
            "percentage cannot be counted from zero",
        ),
    ],
)
def test_what_shows_no_start_is_said_beside_its_field_and_nothing_is_lost(goal, given, field, says):
    answer = send(goal, **given)

    assert says in errors_of(answer)[field]
    shown = answer.content.decode()
    assert "Heldere prioriteiten" in shown
    assert "<details open>" in shown
    assert all(line in shown for line in (TYPED | given)["before_values"].splitlines())
    assert not goal.criteria.exists()


@pytest.mark.parametrize("until", [date(2026, 11, 20), date(2026, 11, 21)])
def test_before_a_start_that_is_not_known_the_values_are_from_before_today(goal, until):
    window = BaselineWindow(date(2026, 9, 1), until, months(3, 3, 4).values)
    days = {"window_starts": None, "deadline": None, "anchor": Anchor("signing", 90, "days")}

    with pytest.raises(Refused, match="from before the start") as refusal:
        starts_from(goal, window, **days)

    assert refusal.value.field == "before_until"


def test_a_volume_stands_only_where_it_weighs(goal):
    with pytest.raises(Refused, match="out of how many") as refusal:
        starts_from(goal, months(3, 3, 4, volume=Decimal(9)))

    assert refusal.value.field == "before_values"


def test_one_value_in_place_of_the_period_leaves_nothing_of_it(goal):
    criterion = starts_from(goal, months(3, 3, 4))

    make_criterion(goal, criterion_id=criterion.pk)

    assert goal.criteria.values_list("baseline", "measured_before").get() == (Decimal("3.1"), {})


def test_a_version_holds_the_period_only_where_there_is_one(engagement, goal):
    make_criterion(goal, measure="Eén waarde")
    starts_from(goal, months("3.10", 3, 4), measure="Een periode")
    make_draft(engagement)
    one, period = terms(make_in_force(engagement))["criteria"]

    assert "measured_before" not in one
    assert period["baseline"] is None
    assert period["measured_before"] == {
        "from": "2026-09-01",
        "until": "2026-11-01",
        "values": [
            {"on": "2026-09-01", "value": "3.1"},
            {"on": "2026-10-01", "value": "3"},
            {"on": "2026-11-01", "value": "4"},
        ],
    }
    assert [one.terms.baseline for one in agreed_criteria(engagement)][1] == Fraction(101, 30)


def test_page_and_paper_name_every_value_that_is_signed(engagement, goal):
    starts_from(goal, months("3.2", "3.1", "3.3"))
    make_draft(engagement)
    make_in_force(engagement)
    pdf = signed_in(engagement, Role.COACH, "en").get(address("pdf", engagement, 1))
    printed = " ".join(sheets(pdf.content))

    says = "1 September 2026: 3.2; 1 October 2026: 3.1; 1 November 2026: 3.3"
    assert says in read(engagement)
    assert says.replace(" ", "") in "".join(printed.split())
    assert "themeanof3values" in "".join(printed.split())


def test_another_value_with_the_same_mean_is_shown_as_a_change(engagement, goal):
    starts_from(goal, months(3, 3, 4))
    make_draft(engagement)
    before = make_in_force(engagement)
    amend(engagement)
    starts_from(goal, months(3, 4, 3), criterion_id=goal.criteria.get().pk)
    after = signed_by_all(engagement)

    [change] = changes(terms(before), terms(after))
    assert change.what == "Criterion 1, for goal 1, at the start"
    assert "1 October 2026: 3;" in change.before
    assert "1 October 2026: 4;" in change.after
    [one] = agreed_criteria(fresh(engagement))
    assert one.later is not None


def test_a_changed_starting_value_of_a_level_is_shown_too(engagement, goal):
    criterion = make_criterion(goal, form="level", target=Decimal(8), baseline=Decimal(6))
    make_draft(engagement)
    before = make_in_force(engagement)
    amend(engagement)
    level = {"form": "level", "target": Decimal(8), "baseline": Decimal(5), "criterion_id": criterion.pk}
    make_criterion(goal, **level)

    [change] = changes(terms(before), terms(signed_by_all(engagement)))
    assert (change.before, change.after) == ("6 punten", "5 punten")


def test_leaving_a_change_puts_the_values_back(engagement, goal):
    starts_from(goal, months(3, 3, 4))
    make_draft(engagement)
    make_in_force(engagement)
    was = Criterion.objects.get().measured_before
    amend(engagement)
    change_target(engagement)
    assert Criterion.objects.get().measured_before == {}

    actions.drop_amendment(fresh(engagement), by=author_of(engagement))

    assert (Criterion.objects.get().measured_before, Criterion.objects.get().baseline) == (was, None)


def test_in_consultancy_it_is_typed_the_same_way():
    goal = make_goal(make_preparing(shape=Shape.CONSULTANCY))
    client = signed_in(goal.engagement, Role.CONSULTANT)

    assert client.post(address("criterion", goal.engagement, goal.pk), TYPED).status_code == 302
