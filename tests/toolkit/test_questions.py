"""The question bank: for anyone, chosen in the address, the same for everybody."""

import re
from html import unescape

import pytest
from django.core import checks
from django.urls import reverse

from driehoek.access import Role
from driehoek.method import questions as bank
from driehoek.method.bank_words import source_names
from driehoek.method.questions import AXES, BadQuestionFile, find_questions, question_bank
from tests.makers import make_person
from tests.sessions.makers import make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db

URL = "questions:bank"


def visit(client, language="nl", **chosen):
    client.cookies["django_language"] = language
    return client.get(reverse(URL), chosen)


def said(answer):
    return unescape(answer.content.decode())


def listed(answer):
    return [shown.text for _moment, group in answer.context["found"].groups for shown in group]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_question_stands_there_with_its_source_under_its_moment(client, language):
    answer = visit(client, language)

    assert listed(answer) == [question.in_language(language) for question in question_bank().values()]
    assert all(text in said(answer) for text in listed(answer))
    assert all(source in said(answer) for source in source_names(language).values())
    assert len(answer.context["found"].groups) == len(AXES["phase"])


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_choice_leaves_the_questions_that_carry_it(client, axis, language):
    for value in AXES[axis]:
        answer = visit(client, language, **{axis: value})

        assert listed(answer) == [one.in_language(language) for one in find_questions(**{axis: value})]
        assert f'<option value="{value}" selected>' in said(answer)


def test_choices_add_up_and_an_empty_choice_is_none(client):
    answer = visit(client, phase="will", kind="scaling", self_steering="low", quadrant="")

    assert listed(answer) == ["Wat is morgen al genoeg voor een half punt erbij?"]
    assert "1 vraag" in said(answer)


def test_beside_each_value_stands_how_many_questions_it_would_give(client):
    answer = visit(client, phase="options")

    expert, goal = visit(client, phase="options", help_relationship="co_expert"), visit(client, phase="goal")
    assert re.search(rf'value="co_expert"[^>]*>\s*Mede-expert \({len(listed(expert))}\)', said(answer))
    assert re.search(rf'value="goal"[^>]*>\s*Doel \({len(listed(goal))}\)', said(answer))


def test_where_nothing_is_found_the_page_says_what_to_do(client):
    answer = visit(client, phase="act", help_relationship="buyer")

    assert listed(answer) == []
    assert answer.context["found"].surprise is None
    assert "Laat een van je keuzes open" in said(answer)


def test_another_question_keeps_the_choice_and_comes_round_when_all_were_seen(client):
    answer, shown = visit(client, phase="closing", n="0"), []
    for _n in find_questions(phase="closing"):
        shown.append(answer.context["found"].surprise.text)
        answer = client.get(reverse(URL) + answer.context["found"].next_one)

    assert sorted(shown) == sorted(listed(answer))
    assert answer.context["found"].surprise.text == shown[0]


def test_one_address_shows_one_question_to_everybody(client):
    first = visit(client, n="17").context["found"].surprise
    client.force_login(make_person())

    assert visit(client, n="17").context["found"].surprise == first


@pytest.mark.parametrize("n", ["-1", "x", "²", "9" * 5000, ""])
def test_nonsense_in_the_address_gives_the_whole_bank(client, n):
    answer = visit(client, n=n, phase="chat", colour="<b>blue</b>")

    assert len(listed(answer)) == len(question_bank())
    assert "blue" not in said(answer).split('name="next"')[0]
    assert "blue" not in answer.context["found"].next_one


@pytest.mark.parametrize("role", [Role.COACH, Role.COACHEE])
def test_both_open_the_questions_of_their_moment_beside_their_notes(role):
    session = make_session(make_coaching())
    client = signed_in(session.engagement, role)

    answer = client.get(page(session.engagement, "talk", session.number), {"phase": "options"})

    link = re.search(r'href="([^"]+)"\s+target="_blank"', answer.content.decode()).group(1)
    assert link == f"{reverse(URL)}?phase=options"
    assert listed(client.get(link)) == [one.nl for one in find_questions(phase="options")]


def test_the_bank_asks_the_database_nothing_of_a_visitor(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        visit(client, phase="goal")


def test_the_bank_asks_the_database_only_who_reads(client, django_assert_max_num_queries):
    client.force_login(make_person())

    with django_assert_max_num_queries(3):
        visit(client, phase="goal")


def test_nothing_starts_with_a_mistake_in_a_file_and_the_mistake_is_named(monkeypatch):
    def broken():
        raise BadQuestionFile("goal.toml: a has no text in en")

    monkeypatch.setattr(bank, "question_bank", broken)

    assert [error.msg for error in checks.run_checks()] == ["goal.toml: a has no text in en"]
