"""A deadline that is counted from a day, from the signing or from a milestone: written, frozen and read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries import agreed_criteria, terms, version_in_force
from driehoek.agreements.queries.changes import changes
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
    make_deliverable,
    make_draft,
    make_goal,
    make_in_force,
    make_preparing,
    signed_by_all,
    signed_in,
)
from tests.documents.sheets import sheets

pytestmark = pytest.mark.django_db

NO_DAYS = {"window_starts": None, "deadline": None}
TYPED = {
    "measure": "Fouten in orders",
    "unit": "",
    "form": "level",
    "direction": "down",
    "target": "5",
    "baseline": "",
    "window_starts": "",
    "deadline": "",
    "within": "90",
    "span": "days",
}


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(datetime(2026, 8, 31, 9, tzinfo=UTC))


@pytest.fixture
def engagement():
    return make_preparing(shape=Shape.CONSULTANCY)


@pytest.fixture
def go_live(engagement):
    return make_deliverable(engagement, sort="go_live", name="Livegang van de orderpagina")


@pytest.fixture
def goal(engagement):
    return make_goal(engagement)


def send(goal, language="en", criterion=None, **given):
    client = signed_in(goal.engagement, Role.CONSULTANT, language)
    more = [criterion.pk] if criterion else []
    return client.post(address("criterion", goal.engagement, goal.pk, *more), TYPED | given)


def errors_of(answer):
    return {field: " ".join(says) for field, says in answer.context["form"].errors.items()}


def read(engagement, name="index", language="en"):
    return signed_in(engagement, Role.CONSULTANT, language).get(address(name, engagement)).content.decode()


def after(kind, within=90, span="days", of=None):
    return Anchor(kind, within, span, str(of.pk) if of else "")


def test_so_many_months_after_a_day_gives_the_last_day(goal):
    answer = send(goal, anchor="date", window_starts="2026-08-31", within="6", span="months")

    assert answer.status_code == 302, answer.context["form"].errors
    kept = goal.criteria.get()
    assert (kept.window_starts, kept.deadline) == (date(2026, 8, 31), date(2027, 2, 28))
    assert "Within 6 months after 31 August 2026: from 31 August 2026 to 28 February 2027" in read(
        goal.engagement, "goals"
    )


def test_a_milestone_is_chosen_and_named_in_both_languages(goal, go_live):
    answer = send(goal, anchor="milestone", milestone=str(go_live.pk))

    assert answer.status_code == 302, answer.context["form"].errors
    kept = goal.criteria.get()
    assert (kept.milestone, kept.window_starts, kept.deadline) == (go_live.pk, None, None)
    says = "Within 90 days after the milestone “Livegang van de orderpagina” is accepted"
    assert says in read(goal.engagement, "goals")
    says = "Binnen 90 dagen nadat de mijlpaal “Livegang van de orderpagina” is aanvaard"
    assert says in read(goal.engagement, "goals", "nl")


def test_the_days_that_stood_ready_are_not_used_when_it_is_counted_from_the_signing(goal):
    send(goal, anchor="signing", window_starts="2026-12-01", deadline="2027-03-01")

    assert goal.criteria.values_list("window_starts", "deadline", "within").get() == (None, None, 90)


def test_what_was_chosen_stands_in_the_form_again(goal, go_live):
    send(goal, anchor="milestone", milestone=str(go_live.pk), within="3", span="months")

    page = address("criterion", goal.engagement, goal.pk, goal.criteria.get().pk)
    form = signed_in(goal.engagement, Role.CONSULTANT).get(page).context["form"]

    chosen = {name: str(form[name].value()) for name in ("anchor", "within", "span", "milestone")}
    assert chosen == {
        "anchor": "milestone",
        "within": "3",
        "span": "months",
        "milestone": str(go_live.pk),
    }


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"anchor": "signing", "within": ""}, "within", "Type how many days or months."),
        ({"anchor": "signing", "within": "0"}, "within", "from 1 to"),
        ({"anchor": "signing", "within": "veel"}, "within", "from 1 to"),
        ({"anchor": "signing", "within": "121", "span": "months"}, "within", "at most 120 months"),
        ({"anchor": "date"}, "window_starts", "Choose a date."),
        ({"anchor": "fixed", "within": "", "window_starts": "2026-12-01"}, "deadline", "Choose a date."),
        ({"anchor": "fixed", "window_starts": "2026-12-01", "deadline": "2027-01-01"}, "anchor", "how long"),
        ({"anchor": "milestone"}, "milestone", "Choose the milestone"),
        ({"anchor": "milestone", "milestone": str(uuid4())}, "milestone", "not among what will be delivered"),
        ({"anchor": "milestone", "milestone": "x"}, "milestone", "not among what will be delivered"),
        (
            {"anchor": "date", "within": "120", "span": "months", "window_starts": "2099-01-01"},
            "within",
            "20",
        ),
    ],
)
def test_what_cannot_be_counted_is_said_beside_its_field_and_nothing_is_lost(
    goal, go_live, given, field, says
):
    answer = send(goal, **given)

    assert says in errors_of(answer)[field]
    assert set(errors_of(answer)) == {field}
    assert "Fouten in orders" in answer.content.decode()
    assert not goal.criteria.exists()


def test_without_anything_to_deliver_no_milestone_can_be_chosen_and_the_page_says_where_to_write_it(goal):
    page = address("criterion", goal.engagement, goal.pk)
    shown = signed_in(goal.engagement, Role.CONSULTANT, "en").get(page)

    assert "milestone" not in shown.context["form"].fields
    assert address("deliverables", goal.engagement) in shown.content.decode()
    assert "no milestone to count from" in errors_of(send(goal, anchor="milestone"))["anchor"]
    assert "no milestone" in refused(lambda: count_from(goal, after("milestone", of=goal)), "anchor")


def refused(deed, field):
    with pytest.raises(Refused) as refusal:
        deed()
    assert refusal.value.field == field
    return refusal.value.message


def count_from(goal, anchor, **given):
    return make_criterion(goal, **NO_DAYS | {"anchor": anchor} | given)


def test_a_milestone_that_was_removed_meanwhile_is_refused(goal, go_live):
    make_deliverable(goal.engagement, name="Iets anders")
    actions.remove_deliverable(go_live, by=goal.engagement.made_by)

    refused(lambda: count_from(goal, after("milestone", of=go_live)), "milestone")


def test_what_is_counted_from_cannot_be_removed_until_the_criterion_is_changed(goal, go_live):
    criterion = count_from(goal, after("milestone", of=go_live), measure="Fouten")
    consultant = signed_in(goal.engagement, Role.CONSULTANT, "en")
    page = address("remove_deliverable", goal.engagement, go_live.pk)

    answer = consultant.post(page, follow=True).content.decode()

    assert "The period of &quot;Fouten&quot; is counted from this" in answer
    assert goal.engagement.deliverables.filter(pk=go_live.pk).exists()
    actions.remove_criterion(criterion, by=goal.engagement.made_by)
    consultant.post(page)
    assert not goal.engagement.deliverables.filter(pk=go_live.pk).exists()


def test_another_anchor_takes_back_why_a_warning_was_accepted(goal, go_live):
    criterion = count_from(goal, after("signing"), form="level", baseline=None)
    actions.look_ahead(criterion, by=goal.engagement.made_by, known={}, reasons={"no_baseline": "Toch"})

    count_from(goal, after("milestone", of=go_live), form="level", baseline=None)

    assert "Toch" not in goal.criteria.get().foresight


def test_a_version_names_the_anchor_only_where_there_is_one(engagement, goal, go_live):
    make_criterion(goal, measure="Op een dag")
    count_from(goal, after("milestone", of=go_live), measure="Na een mijlpaal")
    make_draft(engagement)
    fixed, counted = terms(make_in_force(engagement))["criteria"]

    assert "anchor" not in fixed
    assert counted["anchor"] == {
        "kind": "milestone",
        "within": 90,
        "span": "days",
        "milestone": str(go_live.pk),
    }
    assert (counted["window_starts"], counted["deadline"]) == (None, None)


def test_page_and_paper_say_it_in_words(engagement, goal, go_live):
    count_from(goal, after("milestone", of=go_live))
    make_draft(engagement)
    make_in_force(engagement)
    pdf = signed_in(engagement, Role.CONSULTANT, "en").get(address("pdf", engagement, 1))
    printed = " ".join(sheets(pdf.content))

    says = "Within 90 days after the milestone “Livegang van de orderpagina” is accepted"
    assert says in read(engagement)
    assert says.replace(" ", "") in "".join(printed.split())


def counted_from_signing(engagement, **given):
    goal = make_goal(engagement)
    count_from(goal, after("signing", 6, "months"), **given)
    make_draft(engagement)
    return make_in_force(engagement)


def days_of(engagement):
    [one] = agreed_criteria(fresh(engagement))
    return one.terms.window_starts, one.terms.deadline


def test_the_signing_is_the_day_on_which_the_last_one_signs(engagement):
    goal = make_goal(engagement)
    count_from(goal, after("signing", 6, "months"))
    make_draft(engagement)
    assert "Within 6 months after everybody has signed" in read(engagement, "goals")

    make_in_force(engagement)

    assert days_of(engagement) == (date(2026, 8, 31), date(2027, 2, 28))
    assert "from 31 August 2026 to 28 February 2027" in read(engagement)


def test_an_evening_counts_on_the_clock_of_the_engagement(engagement):
    clock.move_to(datetime(2026, 8, 30, 22, 30, tzinfo=UTC))  # half past midnight in Amsterdam

    counted_from_signing(engagement)

    assert days_of(engagement)[0] == date(2026, 8, 31)


def test_an_amendment_of_something_else_does_not_move_the_days(engagement):
    counted_from_signing(engagement)
    clock.move_to(datetime(2026, 10, 1, 9, tzinfo=UTC))
    amend(engagement)
    actions.save_draft(
        fresh(engagement),
        by=author_of(engagement),
        part="agreements:otherwise",
        clauses={"other": "Nieuw"},
        logistics={"notice_days": 60},
    )
    signed_by_all(engagement)

    assert days_of(engagement) == (date(2026, 8, 31), date(2027, 2, 28))
    assert version_in_force(fresh(engagement)).number == 2


def test_what_an_amendment_counts_from_the_signing_begins_with_that_signing(engagement):
    make_criterion(make_goal(engagement))
    make_draft(engagement)
    make_in_force(engagement)
    clock.move_to(datetime(2026, 10, 1, 9, tzinfo=UTC))
    amend(engagement)
    [criterion] = engagement.criteria.all()
    count_from(criterion.goal, after("signing"), criterion_id=criterion.pk)
    version = signed_by_all(engagement)

    assert days_of(engagement)[0] == date(2026, 10, 1)
    before = engagement.versions.get(number=1)
    [change] = changes(terms(before), terms(version))
    assert "measured from 1 December 2026 to 15 January 2027" in change.before
    assert "within 90 days after everybody has signed" in change.after


def test_leaving_a_change_puts_the_anchor_back(engagement, goal, go_live):
    count_from(goal, after("milestone", of=go_live))
    make_draft(engagement)
    make_in_force(engagement)
    was = Criterion.objects.values("anchor", "within", "span", "milestone", "deadline").get()
    amend(engagement)
    change_target(engagement)

    actions.drop_amendment(fresh(engagement), by=author_of(engagement))

    assert Criterion.objects.values("anchor", "within", "span", "milestone", "deadline").get() == was
    assert goal.criteria.get().target == Decimal("0.15")


def test_another_name_for_the_milestone_is_no_change_of_the_criterion(engagement, goal, go_live):
    count_from(goal, after("milestone", of=go_live))
    make_draft(engagement)
    make_in_force(engagement)
    amend(engagement)
    make_deliverable(fresh(engagement), deliverable_id=go_live.pk, sort="go_live", name="De grote dag")
    signed_by_all(engagement)

    [one] = agreed_criteria(fresh(engagement))
    assert (one.later, one.terms.anchor.name) == (None, "De grote dag")
