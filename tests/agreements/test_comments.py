"""Each party says what should read differently, and nothing is offered before it is settled."""

import pytest

from driehoek.access import Role
from driehoek.agreements import actions
from driehoek.agreements.models import Comment
from driehoek.agreements.queries.draft import clause_texts
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from tests.agreements.makers import (
    address,
    author_of,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.makers import person_of

pytestmark = pytest.mark.django_db
ASKS = {"part": "confidentiality", "text": "Dit is mij te ruim", "proposal": "Alleen wat hier staat"}


@pytest.fixture
def engagement():
    made = make_preparing()
    make_draft(made)
    return made


def say(engagement, role=Role.MANAGER, **given):
    found = Engagement.objects.get(pk=engagement.pk)
    return actions.comment(found, by=person_of(engagement, role), **(ASKS | given))


def clause(engagement):
    return clause_texts(Engagement.objects.get(pk=engagement.pk).draft)["confidentiality"]


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR])
def test_every_party_comments_and_everybody_reads_it(engagement, role):
    client = signed_in(engagement, role)

    client.post(address("comment", engagement), ASKS)

    for reader in (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR):
        page = signed_in(engagement, reader).get(address("comments", engagement)).content.decode()
        assert "Dit is mij te ruim" in page
        assert "<ins>" in page


def test_nothing_is_offered_while_a_comment_is_open(engagement):
    said = say(engagement)

    with pytest.raises(Refused, match="The answer to 1 open comment"):
        make_offered(engagement)
    actions.answer_comment(said, by=author_of(engagement), answer="Dit is wat we nodig hebben")

    assert make_offered(engagement).state == "offered"


def test_the_other_text_is_taken_over_word_for_word(engagement):
    said = say(engagement)

    actions.take_over(said, by=author_of(engagement))

    assert clause(engagement) == "Alleen wat hier staat"
    said.refresh_from_db()
    assert said.outcome == Comment.Outcome.TAKEN_OVER


def test_a_clause_that_changed_meanwhile_is_not_written_over(engagement):
    said = say(engagement)
    actions.save_draft(
        engagement,
        by=author_of(engagement),
        part="agreements:otherwise",
        clauses={"confidentiality": "Nieuw"},
    )

    with pytest.raises(Refused, match="was changed since"):
        actions.take_over(said, by=author_of(engagement))
    assert clause(engagement) == "Nieuw"


def test_the_text_as_it_stands_is_no_proposal(engagement):
    said = say(engagement, proposal=clause(engagement))

    assert said.proposal == ""


def test_saying_nothing_is_refused_beside_the_field_and_the_words_stay(engagement):
    client = signed_in(engagement, Role.MANAGER)

    page = client.post(address("comment", engagement), {"part": "goals", "text": ""}).content.decode()

    assert "Say what you mean" in page
    assert not Comment.objects.exists()


def test_who_begins_without_a_part_chooses_one_and_can_write_another_text_for_it(engagement):
    client = signed_in(engagement, Role.MANAGER)

    chosen = client.get(address("comment", engagement)).content.decode()
    page = client.get(address("comment", engagement) + "?part=confidentiality").content.decode()

    assert 'href="?part=confidentiality"' in chosen
    assert "<textarea" not in chosen
    assert 'name="proposal"' in page


def test_a_second_press_is_one_comment(engagement):
    assert say(engagement).pk == say(engagement).pk


def test_only_who_wrote_it_takes_it_back(engagement):
    said = say(engagement)
    coach = signed_in(engagement, Role.COACH)
    coach.post(address("withdraw_comment", engagement, said.pk))
    assert Comment.objects.get().is_open

    signed_in(engagement, Role.MANAGER).post(address("withdraw_comment", engagement, said.pk))

    assert Comment.objects.get().outcome == Comment.Outcome.WITHDRAWN


def test_an_organisation_comments_and_does_not_settle(engagement):
    said = say(engagement)

    answer = signed_in(engagement, Role.MANAGER).post(
        address("settle", engagement, said.pk), {"answer": "zo"}
    )

    assert answer.status_code == 403
    assert Comment.objects.get().is_open


def test_settling_twice_keeps_the_first_answer(engagement):
    said = say(engagement)
    actions.answer_comment(said, by=author_of(engagement), answer="Eerst")
    actions.answer_comment(said, by=author_of(engagement), answer="Later")

    assert Comment.objects.get().answer == "Eerst"


def test_an_offered_version_is_not_commented_on(engagement):
    make_offered(engagement)

    with pytest.raises(Refused, match="has been offered"):
        say(engagement)


def test_what_was_said_stays_readable_and_closed_once_the_agreement_is_in_force(engagement):
    actions.answer_comment(say(engagement), by=author_of(engagement), answer="Zo blijft het")
    make_in_force(engagement)
    coach = signed_in(engagement, Role.COACH)

    page = coach.get(address("comments", engagement)).content.decode()

    assert "Zo blijft het" in page
    assert address("comment", engagement) not in page


def test_a_letter_says_that_there_is_a_comment_and_not_what(engagement):
    say(engagement)

    letter = Letter.objects.get(template="your_turn", to_address=author_of(engagement).email)

    words = letter.open()["text"]
    assert "read a comment on the agreement" in words or "een opmerking bij de afspraken" in words
    assert "te ruim" not in words


def test_the_page_of_comments_asks_as_much_for_one_as_for_forty(engagement, django_assert_max_num_queries):
    say(engagement)
    client = signed_in(engagement, Role.COACH)
    client.get(address("comments", engagement))  # the first look of the day is written down
    counts = []
    for number in range(2):
        with django_assert_max_num_queries(10) as asked:
            client.get(address("comments", engagement))
        counts.append(len(asked))
        for more in range(39 if not number else 0):
            say(engagement, text=f"En dit, {more}")
    assert counts[0] == counts[1]


def test_who_settles_comments_gets_no_letter_about_their_own(engagement):
    say(engagement, Role.COACH)

    assert not Letter.objects.filter(template="your_turn").exists()
