"""Looking ahead: what speaks against a criterion stands where it is agreed, and why it was accepted."""

from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.agreements.actions import look_ahead, offer, save_criterion
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries import terms, warnings_of
from driehoek.kit.errors import Conflict, Refused
from tests.agreements.makers import (
    address,
    author_of,
    make_criterion,
    make_draft,
    make_goal,
    make_in_force,
    make_preparing,
    signed_in,
)
from tests.makers import person_of

pytestmark = pytest.mark.django_db

WHY = "Het gaat ons om het gesprek, niet om het cijfer."


@pytest.fixture
def share():
    """80% of the users, nothing measured yet."""
    return made(form="share_at_least", target=Decimal("0.8"), baseline=None)


@pytest.fixture
def score():
    """A score that must rise by 15%, on a scale that ends at 5."""
    return made(form="relative_change", target=Decimal("0.15"), baseline=Decimal("4.7"), unit="punten")


def made(**given):
    return make_criterion(make_goal(make_preparing()), **given)


def page(criterion, role=Role.COACH, language="nl"):
    client = signed_in(criterion.engagement, role, language)
    return client.get(address("ahead", criterion.engagement, criterion.pk))


def send(criterion, language="nl", **typed):
    client = signed_in(criterion.engagement, Role.COACH, language)
    criterion.refresh_from_db()
    given = {"revision": criterion.revision} | typed
    return client.post(address("ahead", criterion.engagement, criterion.pk), given)


def goals_page(criterion, role=Role.COACHEE, language="nl"):
    client = signed_in(criterion.engagement, role, language)
    return client.get(address("goals", criterion.engagement)).content.decode()


def test_a_missing_start_is_said_where_the_goals_are_read(share):
    assert "Er is geen beginwaarde." in goals_page(share)
    assert "There is no starting value." in goals_page(share, language="en")


def test_the_page_says_how_many_must_answer(share):
    assert "moeten minstens 16 mensen antwoorden" in page(share).content.decode()


def typed(**given):
    days = {"anchor": "fixed", "window_starts": "2026-12-01", "deadline": "2027-01-15"}
    facts = {"measure": "Rapportcijfer", "form": "level", "direction": "up", "counted": "last"}
    return facts | days | given


def register(engagement, goal, language="nl", **given):
    """Type a new criterion and go where that leads."""
    client = signed_in(engagement, Role.COACH, language)
    return client.post(address("criterion", engagement, goal.pk), typed(**given), follow=True)


@pytest.fixture
def goal():
    return make_goal(make_preparing())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "De beginwaarde, 6, haalt het doel al."),
        ("en", "The starting value, 6, meets the target already."),
    ],
)
def test_who_registers_a_target_that_is_met_already_reads_so_at_once(goal, language, sentence):
    answer = register(goal.engagement, goal, language, target="5", baseline="6")

    assert answer.request["PATH_INFO"] == address("ahead", goal.engagement, goal.criteria.get().pk)
    assert sentence in answer.content.decode()
    assert 'name="reason_reached_already"' in answer.content.decode()


def test_who_registers_a_share_reads_at_once_how_many_must_answer_and_so_does_who_skips_that(goal):
    answer = register(goal.engagement, goal, form="share_at_least", target="80", baseline="60")

    words = "moeten minstens 16 mensen antwoorden"
    assert words in answer.content.decode()
    assert "Deze stap overslaan" in answer.content.decode()
    criterion = goal.criteria.get()
    assert words in goals_page(criterion)
    send(criterion, answers="40")
    assert words not in goals_page(criterion)


def test_who_registers_something_of_which_no_warning_can_come_goes_back_to_the_goals(goal):
    answer = register(goal.engagement, goal, form="count", target="6")

    assert answer.request["PATH_INFO"] == address("goals", goal.engagement)


def test_a_criterion_that_is_kept_again_asks_nothing_that_is_known_and_answered(score):
    send(score, answers="20", highest="10", spread="1")
    ahead = {one.id: f"reason_{one.id}" for one in warnings_of(Criterion.objects.get(pk=score.pk))}
    given = {"answers": "20", "highest": "10", "spread": "1"}
    send(score, **given, **dict.fromkeys(ahead.values(), WHY))
    score.refresh_from_db()

    again = {"measure": score.measure, "unit": "punten", "form": "relative_change", "target": "15"}
    again |= {"baseline": "4,7", "revision": score.revision}
    client = signed_in(score.engagement, Role.COACH, "nl")
    answer = client.post(address("criterion", score.engagement, score.goal_id, score.pk), typed(**again))

    assert answer.url == address("goals", score.engagement)


def test_offering_lists_what_nobody_gave_a_reason_for_and_does_not_stop_it(share):
    make_draft(share.engagement)
    client = signed_in(share.engagement, Role.COACH, "nl")
    place = address("ahead", share.engagement, share.pk)

    before = client.get(address("offer", share.engagement)).content.decode()
    look_ahead(share, by=author_of(share.engagement), known={}, reasons={"no_baseline": WHY})
    after = client.get(address("offer", share.engagement)).content.decode()

    assert "Vooraf bekend, zonder reden" in before
    assert place in before
    assert place not in after
    assert client.post(address("offer", share.engagement)).status_code == 302


def test_what_was_offered_without_a_reason_says_so_and_a_draft_does_not(share):
    make_draft(share.engagement)
    client = signed_in(share.engagement, Role.MANAGER, "nl")
    words = "het is zonder reden aangeboden"

    assert words not in client.get(address("index", share.engagement)).content.decode()
    offer(share.engagement, by=author_of(share.engagement))
    assert words in client.get(address("version", share.engagement, 1)).content.decode()


def test_a_new_warning_comes_back_with_a_place_for_the_reason(share):
    answer = send(share, answers="12")

    assert answer.url == address("ahead", share.engagement, share.pk)
    shown = page(share).content.decode()
    assert "Met 12 antwoorden is dit aandeel niet aan te tonen" in shown
    assert 'name="reason_too_few_answers"' in shown


def test_a_reason_stays_beside_its_warning_for_everybody_who_reads_the_goals(share):
    send(share, answers="12")
    answer = send(share, answers="12", reason_too_few_answers=WHY, reason_no_baseline="")

    assert answer.url == address("goals", share.engagement)
    for role in (Role.COACHEE, Role.COACH, Role.MANAGER):
        assert WHY in goals_page(share, role)


def test_the_numbers_are_said_in_the_unit_of_the_measure(score):
    send(score, highest="5")

    words = "De schaal eindigt bij 5 punten. Over: 0,3 punten; nodig: 0,71 punten."
    assert words in goals_page(score)


def test_between_two_percentages_lie_percentage_points():
    goal = make_goal(make_preparing())
    percent = {"form": "absolute_change", "target": Decimal(20), "baseline": Decimal(90), "unit": "%"}
    criterion = make_criterion(goal, **percent)

    send(criterion, highest="100")

    words = "De schaal eindigt bij 100%. Over: 10 procentpunt; nodig: 20 procentpunt."
    assert words in goals_page(criterion)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"lowest": "5", "highest": "1"}, "highest"),
        ({"highest": "4"}, "highest"),
        ({"lowest": "4,8"}, "lowest"),
        ({"answers": "0"}, "answers"),
        ({"answers": "twaalf"}, "answers"),
        ({"answers": "99999999999"}, "answers"),
        ({"spread": "-1"}, "spread"),
        ({"reliability": "1,5"}, "reliability"),
        ({"mean_of_all": "veel"}, "mean_of_all"),
    ],
)
def test_what_cannot_be_gets_a_sentence_beside_its_field_and_stays_typed(score, typed, field):
    answer = send(score, **typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values())
    score.refresh_from_db()
    assert score.foresight == ""


def test_a_scale_that_begins_at_zero_keeps_its_zero(score):
    send(score, lowest="0", highest="10", spread="0", reliability="0")

    form = page(score).context["form"]
    assert [form[name].value() for name in ("lowest", "spread", "reliability")] == ["0", "0", "0"]


def test_changing_the_terms_takes_the_reasons_back(share):
    send(share, answers="12")
    send(share, answers="12", reason_too_few_answers=WHY)
    share.refresh_from_db()

    save_criterion(
        share.goal,
        by=author_of(share.engagement),
        measure=share.measure,
        form=share.form,
        target=Decimal("0.9"),
        window_starts=share.window_starts,
        deadline=share.deadline,
        criterion_id=share.pk,
        revision=share.revision,
    )

    share.refresh_from_db()
    assert [(one.id, one.reason) for one in warnings_of(share)] == [
        ("no_baseline", ""),
        ("too_few_answers", ""),
    ]


def test_a_reason_without_its_warning_is_not_kept(share):
    look_ahead(share, by=author_of(share.engagement), known={"answers": 40}, reasons={"too_few_answers": WHY})

    share.refresh_from_db()
    assert WHY not in share.foresight


def test_who_wrote_meanwhile_is_not_overwritten(share):
    coachee = person_of(share.engagement, Role.COACHEE)
    look_ahead(share, by=coachee, known={"answers": 12})

    with pytest.raises(Conflict):
        look_ahead(share, by=author_of(share.engagement), known={"answers": 20}, revision=share.revision)


def test_the_same_press_twice_is_once(share):
    for _press in range(2):
        look_ahead(share, by=author_of(share.engagement), known={"answers": 12}, revision=share.revision)

    share.refresh_from_db()
    assert '"answers": 12' in share.foresight


def test_signing_freezes_the_warning_and_its_reason_on_the_page_and_on_paper(share):
    look_ahead(share, by=author_of(share.engagement), known={"answers": 12}, reasons={"too_few_answers": WHY})

    make_draft(share.engagement)

    version = make_in_force(share.engagement)

    [criterion] = terms(version)["criteria"]
    assert criterion["foresight"]["accepted"] == {"too_few_answers": WHY}
    client = signed_in(share.engagement, Role.MANAGER, "nl")
    shown = client.get(address("index", share.engagement)).content.decode()
    assert "Vooraf bekend" in shown
    assert WHY in shown
    assert "Niemand schreef op waarom" in shown


def test_nothing_changes_once_a_version_is_offered(share):
    make_draft(share.engagement)
    offer(share.engagement, by=author_of(share.engagement))

    with pytest.raises(Refused):
        look_ahead(share, by=author_of(share.engagement), known={"answers": 12})


def test_a_criterion_of_another_engagement_is_not_found(share):
    other = made()
    client = signed_in(share.engagement, Role.COACH)

    answer = client.get(reverse("agreements:ahead", args=[share.engagement.pk, other.pk]))

    assert answer.status_code == 404


def test_a_criterion_that_was_removed_meanwhile_is_said(share):
    Criterion.objects.filter(pk=share.pk).delete()

    with pytest.raises(Refused, match="removed"):
        look_ahead(share, by=author_of(share.engagement), known={"answers": 12})


PERCENT = {"form": "relative_change", "target": Decimal("0.5"), "baseline": Decimal(70), "unit": "%"}


def test_who_registers_more_than_all_of_a_percentage_reads_at_once_that_it_cannot_be_reached(goal):
    answer = register(goal.engagement, goal, form="relative_change", target="50", baseline="70", unit="%")

    assert "De schaal eindigt bij 100%. Over: 30 procentpunt; nodig: 35 procentpunt." in (
        answer.content.decode()
    )


def test_a_percentage_that_can_pass_a_hundred_says_so_itself(goal):
    criterion = make_criterion(goal, **PERCENT)

    send(criterion, highest="200")

    assert "niet worden gehaald" not in goals_page(criterion)


def test_what_cannot_be_reached_is_offered_only_with_the_reason_written_down(goal):
    criterion = make_criterion(goal, **PERCENT)
    make_draft(goal.engagement)
    coach = signed_in(goal.engagement, Role.COACH, "nl")
    words = "Waarom jullie akkoord gaan met een criterium van doel 1 dat niet kan worden gehaald"

    assert words in coach.get(address("offer", goal.engagement)).content.decode()
    assert words in coach.post(address("offer", goal.engagement)).content.decode()
    send(criterion, reason_beyond_scale=WHY)
    coach.post(address("offer", goal.engagement))

    [said] = terms(goal.engagement.versions.get())["criteria"]
    assert said["foresight"]["accepted"] == {"beyond_scale": WHY}
    assert WHY in coach.get(address("version", goal.engagement, 1)).content.decode()


def test_a_last_day_after_that_of_the_goal_is_said_with_both_days_until_a_reason_is_given(goal):
    answer = register(goal.engagement, goal, "en", target="8", baseline="6", deadline="2027-05-29")
    criterion = goal.criteria.get()

    late = "Its last day, 29 May 2027, lies after 15 January 2027, the day of the goal."
    assert late in answer.content.decode()
    send(criterion, reason_after_goal=WHY)
    make_draft(goal.engagement)
    offer(goal.engagement, by=author_of(goal.engagement))
    shown = signed_in(goal.engagement, Role.MANAGER).get(address("version", goal.engagement, 1))
    assert late in shown.content.decode()
    assert WHY in shown.content.decode()


def test_of_things_that_are_counted_by_volume_nobody_is_asked_how_many_people_answer(goal):
    counted = {
        "form": "relative_change",
        "counted": "weighted",
        "direction": "down",
        "unit": "fouten per order",
    }
    criterion = make_criterion(goal, target=Decimal("0.5"), baseline=Decimal("0.084"), **counted)

    asked = {field.name for field in page(criterion).context["form"].measuring()}
    assert asked == {"chosen_for_it", "mean_of_all"}
    assert send(criterion, chosen_for_it="on").status_code == 302


def test_a_scale_with_less_room_than_chance_says_that_and_not_that_the_agreed_change_is_small():
    # 15% of 4.6 is 0.69; eight answers with a spread of 0.6 differ by 0.59 by chance, and 0.4 is left.
    criterion = made(form="relative_change", target=Decimal("0.15"), baseline=Decimal("4.6"), unit="punten")

    send(criterion, answers="8", lowest="1", highest="5", spread="0,6")
    shown = " ".join(page(criterion).content.decode().split())

    assert "een verschil onder 0,59 punten toeval zijn, en op de schaal is minder ruimte over" in shown
    assert "afgesproken is 0,69 punten" not in shown
