"""An answer on a scale and the people around a question: for coachee and coach, and for nobody else."""

import re
import uuid

import pytest
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.aids.actions import put_on_map, put_on_scale
from driehoek.aids.models import Scale, Stakeholder
from driehoek.aids.queries import draw_map
from driehoek.kit.errors import Refused
from tests.makers import person_of
from tests.sessions.makers import make_coaching, signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def engagement():
    return make_coaching()


def address(engagement, name, *more):
    return reverse(f"aids:{name}", args=[engagement.pk, *more])


def scale(engagement, **given):
    typed = {"scale_id": uuid.uuid4(), "about": "Hoe zeker ik vraag", "now": "4", "wanted": "7"} | given
    return signed_in(engagement, Role.COACHEE).post(address(engagement, "scale"), typed, headers=EN)


def stakeholder(engagement, **given):
    typed = {"stakeholder_id": uuid.uuid4(), "name": "Het MT", "closeness": "3", "influence": "3"}
    typed |= {"stance": "against", "wants": "Rust"} | given
    return signed_in(engagement, Role.COACH).post(address(engagement, "stakeholder"), typed, headers=EN)


def test_what_was_put_on_a_scale_is_drawn_for_both(engagement):
    assert scale(engagement, carries="Ik deed het al eens").status_code == 302

    for role in (Role.COACHEE, Role.COACH):
        page = signed_in(engagement, role).get(address(engagement, "scales"), headers=EN).content.decode()
        assert "Hoe zeker ik vraag" in page
        assert "Now 4, and 7 is good enough." in page
        assert "Ik deed het al eens" in page


def test_who_came_from_a_session_finds_the_way_back_after_keeping(engagement):
    coachee, back = signed_in(engagement, Role.COACHEE), reverse("sessions:talk", args=[engagement.pk, 1])
    typed = {"scale_id": uuid.uuid4(), "about": "Hoe zeker ik vraag", "now": "4", "wanted": "7"}

    answer = coachee.post(address(engagement, "scale") + "?from=1", typed, headers=EN)

    assert back in coachee.get(answer.url, headers=EN).content.decode()
    assert back in coachee.get(address(engagement, "map") + "?from=1", headers=EN).content.decode()


@pytest.mark.parametrize("said", ["", "//evil.example", "-1", "1000", "0"])
def test_what_is_no_number_of_a_session_leads_to_all_sessions(engagement, said):
    page = signed_in(engagement, Role.COACH).get(address(engagement, "map"), {"from": said}, headers=EN)

    assert "Back to the conversation" not in page.content.decode()


def test_a_scale_without_a_number_keeps_what_was_typed(engagement):
    page = scale(engagement, now="").content.decode()

    assert "Choose a number." in page
    assert "Hoe zeker ik vraag" in page
    assert not Scale.objects.exists()


@pytest.mark.parametrize("now", ["11", "-1", "vier", "6.5"])
def test_only_whole_numbers_of_0_to_10_are_on_a_scale(engagement, now):
    assert scale(engagement, now=now).status_code == 200
    assert not Scale.objects.exists()


def test_a_second_press_is_the_same_answer_and_a_change_is_kept(engagement):
    one = uuid.uuid4()
    scale(engagement, scale_id=one)
    scale(engagement, scale_id=one)
    signed_in(engagement, Role.COACH).post(
        address(engagement, "scale", one), {"scale_id": one, "about": "Hoe zeker ik vraag", "now": "5"}
    )

    assert [row.facts["now"] for row in Scale.objects.all()] == [5]
    assert Scale.objects.get().written_by == Role.COACH


def test_people_stand_as_near_and_as_large_as_they_were_put(engagement):
    stakeholder(engagement)
    stakeholder(engagement, name="Mijn team", closeness="1", influence="1", stance="for")

    page = signed_in(engagement, Role.COACHEE).get(address(engagement, "map"), headers=EN)
    far, near = page.context["map"].dots

    middle = page.context["map"]
    assert abs(far.y - middle.y) > abs(near.y - middle.y)
    assert far.size > near.size
    assert "Het MT" in page.content.decode()
    assert "Against" in page.content.decode()


def facts(count, name="Projectlid", **given):
    one = {"name": name, "stance": "for", "influence": 1, "closeness": 1} | given
    return [one] * count


MIXED = [
    {"name": name, "stance": "for", "closeness": place * 7 % 3 + 1, "influence": place * 5 % 3 + 1}
    for place, name in enumerate(
        [
            "Wethouder Van der Meulen",
            "Het managementteam",
            "Mijn team",
            "Projectleider ICT",
            "Anneke",
            "Inspectie Leefomgeving",
            "De ondernemingsraad",
            "Klanten",
            "Financiën",
            "Bas",
            "Communicatie",
            "Opdrachtgever Justitie",
            "Joke",
            "Leverancier van de software",
            "HR",
            "Provincie",
            "Stagiair",
            "Directeur",
            "Secretariaat",
            "Inspectie Arbeid",
            "Juristen",
            "Vakbond",
            "Partner",
            "Pers",
        ]
    )
]


def test_everybody_on_a_full_map_stands_inside_the_picture():
    for dot in draw_map(facts(24, influence=3, closeness=3)).dots:
        assert dot.size <= dot.x <= 640 - dot.size
        assert dot.size <= dot.y <= 460 - dot.size


@pytest.mark.parametrize("closeness", [1, 2, 3])
@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 12, 18, 24])
def test_nothing_written_on_the_map_runs_into_anything_else(count, closeness):
    _not_over_each_other(draw_map(facts(count, closeness=closeness)))
    _not_over_each_other(draw_map(facts(count, "Een heel erg lange naam", influence=2, closeness=closeness)))
    _not_over_each_other(draw_map(MIXED[:count]))


def _not_over_each_other(shown):
    """No two labels share a place, none lies over the name of the coachee, and all are in the picture."""
    for labels in (shown.desk, shown.phone):
        for place, one in enumerate(labels):
            assert one.is_inside
            assert not one.runs_into(shown.x, shown.y, 40, 20)
            assert not any(
                one.runs_into(other.x, other.y, other.width, other.height) for other in labels[:place]
            )


@pytest.mark.parametrize("count", [1, 6, 12, 24])
def test_a_name_stands_right_at_its_dot_and_where_not_all_can_the_numbers_of_the_list_do(count):
    shown = draw_map(MIXED[:count])

    for labels in (shown.desk, shown.phone):
        for number, (dot, label) in enumerate(zip(shown.dots, labels, strict=True), start=1):
            away_y = abs(label.y - dot.y) - label.height / 2
            away_x = abs(label.x - dot.x) - label.width / 2
            assert away_y <= dot.size * 1.2 + 14
            assert away_x <= dot.size * 1.2 + 19
            assert label.words in (str(number), dot.name, f"{dot.name[:21]}…")
        assert len({label.words.isdecimal() for label in labels}) == 1


def test_a_map_with_little_on_it_has_names_and_the_fullest_one_numbers(engagement):
    coach = signed_in(engagement, Role.COACH)
    pages = []
    for number in range(24):
        put_on_map(
            engagement,
            by=person_of(engagement, Role.COACH),
            stakeholder_id=uuid.uuid4(),
            name=f"Lid van {number}",
        )
        if number in (1, 23):
            pages.append(coach.get(address(engagement, "map")).content.decode())
    few, full = pages

    assert 'grow">1. ' not in few
    assert ">24</text>" in full
    assert 'grow">24. ' in full


def test_the_list_beside_the_map_says_what_the_picture_shows(engagement):
    stakeholder(engagement, name="Mijn team", closeness="1", influence="3", stance="for")

    page = signed_in(engagement, Role.COACHEE).get(address(engagement, "map"), headers=EN).content.decode()

    assert "With you. How near: every day. Influence: decisive." in page


def test_more_than_anybody_overlooks_is_refused(engagement):
    coach = person_of(engagement, Role.COACH)
    for number in range(24):
        put_on_map(engagement, by=coach, stakeholder_id=uuid.uuid4(), name=f"Iemand {number}")

    with pytest.raises(Refused):
        put_on_map(engagement, by=coach, stakeholder_id=uuid.uuid4(), name="Nog iemand")


def test_who_is_taken_off_the_map_is_gone(engagement):
    stakeholder(engagement)
    one = Stakeholder.objects.get()

    for _press in (1, 2):
        answer = signed_in(engagement, Role.COACHEE).post(address(engagement, "remove_stakeholder", one.pk))
        assert answer.status_code == 302
    assert not Stakeholder.objects.exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
@pytest.mark.parametrize("name", ["scales", "scale", "map", "stakeholder"])
def test_nobody_else_sees_scale_or_map(engagement, role, name):
    if engagement.party(role):
        assert signed_in(engagement, role).get(address(engagement, name)).status_code == 403


def test_before_the_start_there_is_no_scale():
    engagement = make_coaching(stage=Stage.PREPARING)

    assert signed_in(engagement, Role.COACH).get(address(engagement, "scales")).status_code == 403


@pytest.mark.parametrize("name", ["scales", "map"])
def test_a_page_costs_the_same_for_one_and_for_many(
    engagement, name, django_assert_max_num_queries, django_assert_num_queries
):
    coach, client = person_of(engagement, Role.COACH), signed_in(engagement, Role.COACH)
    fill(engagement, coach, 1)
    client.get(address(engagement, name))
    with django_assert_max_num_queries(10) as asked:
        client.get(address(engagement, name))
    fill(engagement, coach, 22)

    with django_assert_num_queries(len(asked)):
        client.get(address(engagement, name))


def fill(engagement, coach, many):
    for number in range(many):
        put_on_map(engagement, by=coach, stakeholder_id=uuid.uuid4(), name=f"{number}")
        put_on_scale(engagement, by=coach, scale_id=uuid.uuid4(), about=f"{number}", now=number % 11)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_numbers_of_the_picture_are_written_as_pictures_want_them(engagement, language):
    stakeholder(engagement, name="Mijn team", influence="1")

    page = signed_in(engagement, Role.COACHEE).get(
        address(engagement, "map"), headers={"accept-language": language}
    )
    picture = page.content.decode().split("chart--people")[1].split("</svg>")[0]

    assert not [one for one in re.findall(r'(?:cx|cy|rx|ry|x|y|r|d)="([^"]*)"', picture) if "," in one]
