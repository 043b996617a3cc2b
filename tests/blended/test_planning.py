"""Planning three phases, and beginning each with who will work in it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.blended.actions import begin_phase, plan_phases
from driehoek.blended.models import Blend, Phase
from driehoek.blended.queries import periods
from driehoek.engagements.actions import accept_invitation, decline_invitation
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.agreements.test_racing import at_once
from tests.blended.makers import FIRST_DAY, MONTHS, hosted, make_blended, make_consulting, page, who
from tests.makers import make_engagement, make_member, make_organisation, make_person, person_of

pytestmark = pytest.mark.django_db
CONSULTING, TRANSITION = Phase.Kind.CONSULTING, Phase.Kind.TRANSITION


@pytest.fixture(autouse=True)
def _in_autumn():
    clock.move_to(datetime(2026, 9, 20, 9, tzinfo=UTC))


def coach_of(engagement):
    return person_of(engagement, Role.COACH)


def test_who_begins_a_blended_trajectory_is_asked_to_plan_its_phases(client):
    engagement = hosted(make_engagement(shape=Shape.BLENDED, stage=Stage.PREPARING))
    client.force_login(coach_of(engagement))
    asked = client.get(reverse("today")).content.decode()
    assert reverse("blended:plan", args=[engagement.pk]) in asked

    page(client, coach_of(engagement), "plan", engagement, starts_on="2026-09-01", **MONTHS)

    assert reverse("blended:plan", args=[engagement.pk]) not in client.get(reverse("today")).content.decode()


def test_a_consultant_who_begins_both_begins_with_the_first_phase_and_plans_the_others(client):
    consultant = make_person("Daan Kuipers")
    practice = make_member(make_organisation(), consultant, is_coach=True).organisation
    client.force_login(consultant)
    given = {"title": "Verkoop weer op gang", "shape": "blended", "role": "consultant"}
    given["organisation"] = practice.pk

    answer = client.post(reverse("engagements:new"), given)

    engagement = Engagement.objects.get()
    assert engagement.shape_ is Shape.CONSULTANCY
    assert engagement.roles_of(consultant) == {Role.CONSULTANT}
    assert answer["Location"] == reverse("blended:plan", args=[engagement.pk])
    page(client, consultant, "plan", engagement, starts_on="2026-10-01", **MONTHS)
    assert engagement.phase.kind == CONSULTING


def test_whoever_may_plan_phases_finds_them_on_the_page_of_the_engagement(client):
    engagement = hosted(make_engagement(shape=Shape.CONSULTANCY))
    place, words = reverse("engagement", args=[engagement.pk]), "Will other phases follow?"
    for role, finds in ((Role.CONSULTANT, True), (Role.SPONSOR, False)):
        client.force_login(person_of(engagement, role))
        assert (words in client.get(place, headers={"Accept-Language": "en"}).content.decode()) == finds


def test_phases_follow_each_other_by_whole_months():
    blend = Blend(starts_on=date(2026, 11, 30), consulting_months=3, transition_months=1, coaching_months=8)
    said = [(one.kind, one.starts_on, one.ends_on) for one in periods(blend)]
    assert said == [
        ("consulting", date(2026, 11, 30), date(2027, 2, 27)),
        ("transition", date(2027, 2, 28), date(2027, 3, 29)),
        ("coaching", date(2027, 3, 30), date(2027, 11, 29)),
    ]


def test_the_months_of_the_method_stand_ready(client):
    engagement = hosted(make_engagement(shape=Shape.BLENDED, stage=Stage.PREPARING))
    form = page(client, coach_of(engagement), "plan", engagement).context["form"]
    assert [form[kind].value() for kind in Phase.Kind] == [3, 1, 8]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"consulting": "0"}, "Een fase duurt 1 tot 36 maanden."),
        ({"transition": "37"}, "Een fase duurt 1 tot 36 maanden."),
        ({"coaching": "half"}, "Schrijf hele maanden in cijfers, zoals 3."),
        ({"coaching": ""}, "Vul een aantal maanden in."),
        ({"starts_on": "31-02-2026"}, "Kies een datum die bestaat"),
        ({"starts_on": ""}, "Kies de dag vanaf wanneer de fasen tellen."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_beside_its_field_and_kept(client, wrong, sentence):
    engagement = hosted(make_engagement(shape=Shape.BLENDED, stage=Stage.PREPARING))
    coach = coach_of(engagement)
    typed = {"starts_on": "2026-09-01", **MONTHS} | wrong

    answer = page(client, coach, "plan", engagement, **typed)

    [field] = wrong
    assert sentence in answer.context["form"].errors[field][0]
    assert str(answer.context["form"][field].value()) == wrong[field]
    assert not Blend.objects.exists()


def test_planning_again_moves_the_phases_and_makes_no_second_trajectory(client):
    engagement = make_blended()
    page(client, coach_of(engagement), "plan", engagement, starts_on="2026-10-01", **MONTHS)
    assert [blend.starts_on for blend in Blend.objects.all()] == [date(2026, 10, 1)]


def test_a_consultancy_becomes_the_first_phase(client):
    engagement = hosted(make_engagement(shape=Shape.CONSULTANCY))
    consultant = person_of(engagement, Role.CONSULTANT)
    page(client, consultant, "plan", engagement, starts_on="2026-09-01", **MONTHS)
    assert engagement.phase.kind == CONSULTING


def test_a_phase_begins_as_an_engagement_of_its_own_with_who_is_invited(client):
    engagement = make_blended()
    answer = page(client, coach_of(engagement), "begin", engagement, "consulting", **who())
    beside = Engagement.objects.get(phase__kind=CONSULTING)

    assert answer.url == reverse("blended:timeline", args=[engagement.pk])
    assert (beside.shape, beside.organisation) == (Shape.CONSULTANCY, engagement.organisation)
    assert [(party.role, party.name) for party in beside.parties.all()] == [("consultant", "Daan Kuipers")]
    assert beside.data_key_id != engagement.data_key_id
    assert Letter.objects.filter(template="invitation", about=beside.parties.get().pk).count() == 1
    # Who began it has no place there.
    assert client.get(reverse("engagement", args=[beside.pk])).status_code == 404


def test_a_wrong_address_is_put_right_as_long_as_nobody_accepted(client):
    engagement = make_blended()
    coach = coach_of(engagement)
    page(client, coach, "begin", engagement, "consulting", **who(email="typo@example.org"))
    page(client, coach, "begin", engagement, "consulting", **who())
    page(client, coach, "begin", engagement, "consulting", **who())

    beside = Engagement.objects.get(phase__kind=CONSULTING)
    assert [party.person.email for party in beside.parties.all()] == ["daan@example.org"]

    party = beside.parties.get()
    accept_invitation(party, by=party.person, name="Daan")
    answer = page(client, coach, "begin", engagement, "consulting", **who(email="other@example.org"))
    assert "werkt al iemand" in answer.content.decode()
    assert beside.parties.get().person.email == "daan@example.org"


def test_a_consultant_who_does_the_transition_too_is_in_it_at_once(client):
    engagement = hosted(make_engagement(shape=Shape.CONSULTANCY))
    consultant = person_of(engagement, Role.CONSULTANT)
    page(client, consultant, "plan", engagement, starts_on="2026-09-01", **MONTHS)
    mine = who(name=consultant.name, email=consultant.email)

    page(client, consultant, "begin", engagement, "transition", **mine)

    beside = Engagement.objects.get(phase__kind=TRANSITION)
    assert client.get(reverse("engagement", args=[beside.pk])).status_code == 200
    assert not Letter.objects.filter(template="invitation").exists()


def test_a_guest_neither_moves_the_phases_of_others_nor_begins_one(client):
    engagement = make_blended()
    consulting = make_consulting(engagement)
    guest = person_of(consulting, Role.CONSULTANT)

    shown = page(client, guest, "timeline", consulting).content.decode()
    moved = page(client, guest, "plan", consulting, starts_on="2027-01-01", **MONTHS)
    begun = page(client, guest, "begin", consulting, "transition", **who())

    assert reverse("blended:plan", args=[consulting.pk]) not in shown
    assert (moved.status_code, begun.status_code) == (403, 403)
    assert "Alleen een coach of beheerder van de organisatie plant de fasen." in moved.content.decode()
    assert Blend.objects.get().starts_on == FIRST_DAY
    assert Engagement.objects.count() == 2


def test_the_action_itself_refuses_a_guest():
    engagement = make_engagement(shape=Shape.BLENDED, stage=Stage.PREPARING)

    with pytest.raises(Refused, match="plans the phases"):
        plan_phases(engagement, by=coach_of(engagement), starts_on=FIRST_DAY, months=MONTHS)


def test_what_was_begun_as_both_does_not_stand_on_its_own(client):
    engagement = hosted(make_engagement(shape=Shape.BLENDED, stage=Stage.PREPARING))

    shown = page(client, coach_of(engagement), "timeline", engagement).content.decode()

    assert "Dit is begonnen als allebei" in shown
    assert "op zichzelf" not in shown


def test_after_somebody_declined_one_can_do_it_oneself(client):
    engagement = hosted(make_engagement(shape=Shape.CONSULTANCY))
    consultant = person_of(engagement, Role.CONSULTANT)
    page(client, consultant, "plan", engagement, starts_on="2026-09-01", **MONTHS)
    page(client, consultant, "begin", engagement, "transition", **who())
    party = Party.objects.get(person__email="daan@example.org")
    decline_invitation(party, by=party.person)

    page(client, consultant, "begin", engagement, "transition", **who(email=consultant.email.upper()))

    assert [one.person for one in Engagement.objects.get(phase__kind=TRANSITION).parties.all()] == [
        consultant
    ]


@pytest.mark.parametrize("role", [Role.COACHEE, Role.MANAGER, Role.SPONSOR])
def test_only_who_works_in_it_plans_phases(client, role):
    engagement = make_blended()
    person = person_of(engagement, role)
    assert page(client, person, "plan", engagement).status_code == 403
    assert page(client, person, "begin", engagement, "consulting", **who()).status_code == 403
    assert not Engagement.objects.filter(phase__kind=CONSULTING).exists()


def test_there_are_three_phases_and_no_others(client):
    engagement = make_blended()
    assert page(client, coach_of(engagement), "begin", engagement, "celebration").status_code == 404


def test_a_title_and_an_address_are_needed(client):
    engagement = make_blended()
    typed = who(title="\u200b", email="daan at example")
    answer = page(client, coach_of(engagement), "begin", engagement, "consulting", **typed)
    assert answer.context["form"].errors["email"]
    assert Engagement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_beginning_a_phase_twice_at_once_begins_it_once():
    engagement = make_blended()

    def begin():
        make = {"by": coach_of(engagement), "kind": CONSULTING, **who()}
        return begin_phase(Engagement.objects.get(pk=engagement.pk), **make)

    brought = at_once(begin, begin)

    assert not [one for one in brought if isinstance(one, Exception)], brought
    assert Engagement.objects.filter(phase__kind=CONSULTING).count() == 1
    assert Party.objects.filter(role=Role.CONSULTANT).count() == 1


def test_the_first_day_may_lie_in_the_past():
    make_blended()
    assert Blend.objects.get().starts_on == FIRST_DAY < clock.today()


def test_a_phase_of_somebody_else_is_not_found(client):
    engagement = make_blended()
    make_consulting(engagement)
    for name, parts in (("timeline", ()), ("plan", ()), ("begin", ("consulting",))):
        assert page(client, make_person(), name, engagement, *parts).status_code == 404
