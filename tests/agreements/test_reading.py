"""Reading: the page, the paper, and how much work they are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from driehoek.access import Permission, Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.queries import asked_of, with_signs
from driehoek.documents import pdf
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.vault import keys
from tests.agreements.makers import (
    address,
    make_criterion,
    make_draft,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
)
from tests.documents.sheets import sheets
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db

SECRET = "Ik zeg altijd ja en klap dan dicht."


@pytest.fixture
def engagement():
    return make_preparing(
        coachee=make_person("Saskia Holwerda"),
        manager=make_person("Anneke de Graaf"),
        without=(Role.SPONSOR,),
    )


def words_of(answer) -> str:
    return " ".join(sheets(answer.content))


def test_everyone_reads_the_agreement_in_their_own_language_and_the_goal_in_its_own(engagement):
    make_in_force(engagement)

    dutch = signed_in(engagement, Role.MANAGER, "nl").get(address("index", engagement)).content.decode()
    english = signed_in(engagement, Role.MANAGER, "en").get(address("index", engagement)).content.decode()

    assert "Zo werken we" in dutch
    assert "How we work" in english
    assert "Uiterlijk 15 januari 2027 kan ik" in dutch
    assert "Uiterlijk 15 januari 2027 kan ik" in english
    assert 'lang="nl">Uiterlijk' in english


def test_the_pdf_says_who_signed_when_and_under_which_fingerprint(engagement):
    version = make_in_force(engagement)

    answer = signed_in(engagement, Role.MANAGER, "nl").get(address("pdf", engagement, 1))

    words = words_of(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert version.fingerprint[:4] in words
    assert "Saskia Holwerda" in words
    assert "Uiterlijk 15 januari 2027" in words


def test_the_pdf_of_a_draft_says_so(engagement):
    make_draft(engagement, language="nl")

    words = words_of(signed_in(engagement, Role.COACH).get(address("pdf", engagement, 1)))

    assert "concept" in words.casefold()


@pytest.mark.parametrize("make", [make_draft, make_offered, make_in_force])
def test_the_managers_pdf_holds_a_seal_and_not_the_stumbling_blocks(engagement, make):
    actions.save_stumbling_blocks(
        engagement, by=person_of(engagement, Role.COACHEE), text=SECRET, shared=False
    )
    make(engagement)

    mine = words_of(signed_in(engagement, Role.COACHEE).get(address("pdf", engagement, 1)))
    theirs = words_of(signed_in(engagement, Role.MANAGER).get(address("pdf", engagement, 1)))

    assert SECRET in mine
    assert SECRET not in theirs
    assert "not shared with you" in theirs


def test_stumbling_blocks_that_open_with_the_agreement_are_not_called_kept_back(engagement):
    coachee = person_of(engagement, Role.COACHEE)
    actions.save_stumbling_blocks(engagement, by=coachee, text=SECRET, shared=True)
    make_offered(engagement)

    said = signed_in(engagement, Role.MANAGER).get(address("index", engagement)).content.decode()

    assert SECRET not in said
    assert "not shared with you" not in said
    assert "from the day this agreement is in force" in said


def test_a_version_that_does_not_exist_is_not_found(engagement):
    client = signed_in(engagement, Role.COACH)

    assert client.get(address("version", engagement, 7)).status_code == 404
    assert client.get(address("pdf", engagement, 7)).status_code == 404


def test_a_text_too_long_to_print_is_said_in_a_sentence_on_the_page(engagement, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST", 100)
    make_draft(engagement)
    client = signed_in(engagement, Role.COACH)

    draft = client.get(address("pdf", engagement, 1), follow=True)
    make_offered(engagement)
    version = client.get(address("pdf", engagement, 1), follow=True)

    assert draft.redirect_chain == [(address("index", engagement), 302)]
    assert version.redirect_chain == [(address("version", engagement, 1), 302)]
    for answer in (draft, version):
        assert "This document is too long to print." in answer.content.decode()


def test_an_older_version_stays_readable(engagement):
    make_offered(engagement)
    actions.withdraw(engagement.versions.get(), by=person_of(engagement, Role.COACH))

    page = signed_in(engagement, Role.MANAGER).get(address("version", engagement, 1)).content.decode()

    assert "taken back" in page
    assert "Not signed" in page


PAGES = [
    ("index", Role.COACH, ()),
    ("goals", Role.COACHEE, ()),
    ("goal", Role.COACHEE, ()),
    ("goal", Role.COACHEE, ("goal",)),
    ("criterion", Role.COACH, ("goal",)),
    ("remove_goal", Role.COACH, ("goal",)),
    ("draft", Role.COACH, ()),
    ("practical", Role.COACHEE, ()),
    ("otherwise", Role.COACH, ()),
    ("disclosure", Role.COACH, ()),
    ("stumbling_blocks", Role.COACHEE, ()),
    ("meeting", Role.COACH, ()),
    ("offer", Role.COACH, ()),
    ("pdf", Role.MANAGER, (1,)),
]


@pytest.mark.parametrize(("name", "role", "more"), PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_of_the_draft_takes_at_most_ten_questions(engagement, name, role, more, language):
    make_draft(engagement)
    parts = [engagement.goals.get().pk if part == "goal" else part for part in more]
    client = signed_in(engagement, role, language)
    keys.forget()

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address(name, engagement, *parts))

    assert answer.status_code == 200
    assert len(asked) <= 10, "\n".join(query["sql"][:120] for query in asked)


@pytest.mark.parametrize(
    ("name", "more"), [("index", ()), ("sign", ()), ("decline", (1,)), ("version", (1,))]
)
def test_every_page_of_a_version_takes_at_most_ten_questions(engagement, name, more):
    make_offered(engagement)
    client = signed_in(engagement, Role.MANAGER)
    keys.forget()

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address(name, engagement, *more))

    assert answer.status_code == 200
    assert len(asked) <= 10, "\n".join(query["sql"][:120] for query in asked)


def test_three_goals_ask_no_more_of_the_database_than_one(engagement):
    def count():
        keys.forget()
        with CaptureQueriesContext(connection) as asked:
            client.get(address("goals", engagement))
        return len(asked)

    client = signed_in(engagement, Role.COACH)
    make_criterion(make_goal(engagement))
    client.get(address("goals", engagement))
    with_one = count()
    for number in (2, 3):
        for measure in ("a", "b", "c"):
            make_criterion(make_goal(engagement, number=number), measure=measure)

    assert count() == with_one


def steps_of(engagement, role):
    person = person_of(engagement, role)
    shown = with_signs(Engagement.objects.open_to(person, Permission.SEE_ENGAGEMENT), Asking.by(person))
    found = shown.seen_by(person).get(pk=engagement.pk)
    list(found.parties.all())
    with CaptureQueriesContext(connection) as asked:
        steps = asked_of(found, person)
    assert not len(asked)
    return [(step.rank, step.title) for step in steps]


def test_what_is_asked_follows_the_agreement_from_the_first_goal_to_the_last_signature(engagement):
    assert steps_of(engagement, Role.COACHEE) == [(50, "Write down the first goal")]
    name = engagement.party(Role.COACHEE).first_name
    assert steps_of(engagement, Role.MANAGER) == [(45, f"Is there anything {name} has not been told?")]

    make_draft(engagement)
    assert steps_of(engagement, Role.MANAGER) == []
    assert steps_of(engagement, Role.COACH) == [(55, "Complete the agreement and offer it")]

    version = make_offered(engagement, met=False)
    assert steps_of(engagement, Role.COACH) == [(10, "Meet, and write down the day")]
    assert steps_of(engagement, Role.MANAGER) == [(10, "Read version 1 of the agreement before you meet")]

    actions.record_three_way_meeting(
        engagement, by=person_of(engagement, Role.COACH), met_on=date(2026, 1, 5)
    )
    put_signature(version, Role.COACH)
    assert steps_of(engagement, Role.COACH) == []
    assert steps_of(engagement, Role.COACHEE) == [(10, "Read and sign version 1 of the agreement")]

    for role in (Role.COACHEE, Role.MANAGER):
        put_signature(version, role)
    assert steps_of(engagement, Role.COACHEE) == []


def test_what_is_asked_costs_one_question_for_any_number_of_engagements():
    coach = make_person()
    for number in range(3):
        made = make_preparing(coach=coach)
        if number:
            make_goal(made)
    shown = with_signs(Engagement.objects.open_to(coach, Permission.SEE_ENGAGEMENT), Asking.by(coach))

    with CaptureQueriesContext(connection) as asked:
        list(shown)

    assert len(asked) == 1


def test_a_consultancy_is_written_offered_and_read_by_consultant_and_sponsor():
    engagement = make_preparing(shape=Shape.CONSULTANCY, without=(Role.MANAGER,))
    make_in_force(engagement)

    page = signed_in(engagement, Role.SPONSOR).get(address("index", engagement)).content.decode()

    assert "What is delivered" in page
    assert "coachee" not in page.replace("g-coachee", "").casefold()
