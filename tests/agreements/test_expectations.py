"""What the people found when their answers lay side by side goes into the agreement, in their own words."""

import pytest
from django.test import Client

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Draft
from driehoek.agreements.queries import asked_of, changes, paper, snapshot, terms, with_signs
from driehoek.agreements.queries.draft import draft_as_it_stands
from driehoek.agreements.queries.expectations import kept_in, part_of
from driehoek.agreements.queries.goals import goals_of
from driehoek.audit.models import Look
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.intake import actions as intake
from driehoek.kit.errors import Conflict, Refused
from driehoek.method.intake import INTAKE_QUESTIONS
from tests.agreements.makers import (
    address,
    author_of,
    make_draft,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.makers import make_member, person_of

pytestmark = pytest.mark.django_db
PARTIES = (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR)
ANSWERED = "alleenvanmij"
AGREED = "Na drie maanden een plan dat iedereen draagt"
FOUND = {"finding": "agree", "text": AGREED, "revision": 0}


def answered_by(engagement, *roles):
    for role in roles:
        who = person_of(engagement, role)
        intake.keep_answers(fresh(engagement), by=who, texts={"responsible": f"{ANSWERED}-{role}"})
        intake.hand_in(fresh(engagement), by=who)


def fresh(engagement):
    return Engagement.objects.get(pk=engagement.pk)


@pytest.fixture
def engagement():
    made = make_preparing()
    answered_by(made, Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR)
    return made


def find(engagement, *, role=Role.COACH, question="responsible", **given):
    return actions.write_expectation(
        fresh(engagement), by=person_of(engagement, role), question=question, **(FOUND | given)
    )


def kept(engagement):
    return kept_in(draft_as_it_stands(engagement))


def post(engagement, role, number=2, **given):
    return signed_in(engagement, role).post(address("expectation", engagement, number), FOUND | given)


def page(engagement, role, name="index", *more):
    return signed_in(engagement, role).get(address(name, engagement, *more)).content.decode()


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_who_writes_the_draft_writes_down_what_they_found_below_the_answers(engagement, role):
    asked = page(engagement, role, "expectation", 2)
    assert f"{ANSWERED}-manager" in asked
    assert "checked" not in asked

    assert post(engagement, role)["Location"] == address("expectation", engagement, 3)

    [(question, said)] = kept(engagement).items()
    assert (question, said["finding"], said["text"]) == ("responsible", "agree", AGREED)
    assert f"Written down by {person_of(engagement, role)}" in page(engagement, Role.SPONSOR, "expectations")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_organisation_that_answered_marks_it_too_under_its_own_name(engagement, role):
    assert 'name="finding"' in page(engagement, role, "expectation", 2)
    assert "Talk it through" in page(engagement, role, "expectations")

    assert post(engagement, role, finding="differ", text="Wij niet").status_code == 302

    assert kept(engagement)["responsible"]["finding"] == "differ"
    for reader in PARTIES:
        assert f"Written down by {person_of(engagement, role)}" in page(engagement, reader, "expectations")
    assert address("goals", engagement) not in page(engagement, role, "expectations").partition("<main")[2]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_organisation_that_did_not_answer_yet_marks_nothing(role):
    engagement = make_preparing()
    answered_by(engagement, *(one for one in PARTIES if one is not role))

    assert post(engagement, role)["Location"].endswith("/waiting/")
    with pytest.raises(Refused, match="First the answers lie side by side"):
        find(engagement, role=role)
    assert not kept(engagement)


def test_the_organisation_marks_nothing_while_the_agreement_is_in_force(engagement):
    find(engagement)
    make_in_force(engagement)

    assert 'name="finding"' not in page(engagement, Role.SPONSOR, "expectation", 2)
    with pytest.raises(Refused, match="Begin a change"):
        find(engagement, role=Role.SPONSOR, finding="differ", revision=1)


def test_an_administrator_who_takes_no_part_does_not_mark(engagement):
    person = make_member(engagement.organisation, is_admin=True).person
    client = Client()
    client.force_login(person)
    assert client.post(address("expectation", engagement, 2), FOUND).status_code in (403, 404)
    assert not kept(engagement)


@pytest.mark.parametrize("role", PARTIES)
def test_every_party_reads_it_in_the_overview_and_in_the_draft(engagement, role):
    find(engagement)
    for name in ("expectations", "index"):
        assert AGREED in page(engagement, role, name)


def test_a_look_at_the_answers_below_which_one_writes_is_written_down_as_such(engagement):
    page(engagement, Role.COACH, "expectation", 2)
    assert Look.objects.filter(kind="intake", role=Role.COACH).count() == 1


def next_titles(engagement, role):
    person = person_of(engagement, role)
    seen = with_signs(Engagement.objects.all(), Asking.by(person)).seen_by(person).get(pk=engagement.pk)
    return [step.title for step in asked_of(seen, person)]


def test_after_the_comparison_the_next_step_is_to_talk_it_through_and_only_then_the_goals(engagement):
    talk = "Talk the answers through, and write down what you found"
    assert talk in next_titles(engagement, Role.COACH)
    assert talk in next_titles(engagement, Role.COACHEE)
    assert talk not in next_titles(engagement, Role.MANAGER)

    for question in INTAKE_QUESTIONS:
        find(engagement, question=question, finding="differ", text="", revision=None)

    assert "Write down the first goal" in next_titles(engagement, Role.COACH)


def test_who_wrote_a_goal_before_is_not_sent_back_to_the_expectations(engagement):
    make_goal(engagement)

    assert next_titles(engagement, Role.COACH) == ["Complete the agreement and offer it"]


def test_nothing_is_written_or_shown_before_the_answers_lie_side_by_side():
    engagement = make_preparing()
    answered_by(engagement, Role.COACHEE, Role.MANAGER)

    opened = signed_in(engagement, Role.COACH).get(address("expectation", engagement, 2))
    assert opened["Location"].endswith("/waiting/")
    with pytest.raises(Refused, match="First the answers lie side by side"):
        find(engagement)


def test_the_number_of_no_question_does_not_exist(engagement):
    for number in (0, 7):
        assert (
            signed_in(engagement, Role.COACH).get(address("expectation", engagement, number)).status_code
            == 404
        )


def test_nothing_is_chosen_for_them_and_agreeing_needs_a_text(engagement):
    assert "Choose what you found together." in post(engagement, Role.COACH, finding="").content.decode()
    assert "Write down what you agreed" in post(engagement, Role.COACH, text="").content.decode()
    assert not kept(engagement)


@pytest.mark.parametrize(
    ("finding", "says"), [("differ", "We differ about this"), ("unknown", "We do not know this yet")]
)
def test_that_they_differ_or_do_not_know_may_stand_without_a_text(engagement, finding, says):
    post(engagement, Role.COACH, finding=finding, text="")

    assert says in page(engagement, Role.SPONSOR)
    make_draft(engagement)
    assert make_offered(fresh(engagement)).state == "offered"


def test_pressing_twice_keeps_it_once(engagement):
    post(engagement, Role.COACH)
    assert post(engagement, Role.COACH).status_code == 302

    assert Draft.objects.get(engagement=engagement).touched[part_of("responsible")][0] == 1


def test_who_writes_over_words_they_did_not_see_is_shown_both_and_loses_nothing(engagement):
    post(engagement, Role.COACHEE)

    answer = post(engagement, Role.COACH, finding="differ", text="Mijn woorden").content.decode()

    assert AGREED in answer
    assert "Mijn woorden" in answer
    assert kept(engagement)["responsible"]["text"] == AGREED
    with pytest.raises(Conflict):
        find(engagement, text="Nog iets")


def test_the_words_of_the_answers_never_go_into_the_agreement(engagement):
    find(engagement)
    make_draft(engagement)

    version = make_offered(fresh(engagement))

    assert terms(version)["expectations"] == [{"question": "responsible", "finding": "agree", "text": AGREED}]
    assert ANSWERED not in version.canonical
    for role in PARTIES:
        assert ANSWERED not in page(engagement, role, "sign")


def test_it_is_read_in_the_version_on_paper_in_the_order_of_the_questions(engagement):
    find(engagement, question="escalation", finding="differ", text="Ieder houdt vast aan zijn eigen")
    find(engagement, question="outcome")
    make_draft(engagement)
    version = make_offered(fresh(engagement))

    printed = paper(terms(version), version=version, stumbling_blocks=None)["sections"]

    [section] = [one for one in printed if one["blocks"][0].get("part") == "expectations"]
    said = [block["text"] for block in section["blocks"] if block["kind"] != "heading"]
    assert [said[0], said[2]] == [AGREED, "Ieder houdt vast aan zijn eigen"]
    assert len(said) == 3
    made = signed_in(engagement, Role.SPONSOR).get(address("pdf", engagement, 1))
    assert made["Content-Type"] == "application/pdf"


def test_a_version_from_before_has_no_such_part_and_stays_readable(engagement):
    version = make_offered(engagement)
    assert "expectations" not in terms(version)
    assert "What we expect of it" not in page(engagement, Role.MANAGER, "version", 1)


def test_nothing_is_written_while_a_version_is_offered(engagement):
    make_offered(engagement)
    with pytest.raises(Refused, match="has been offered"):
        find(engagement)
    assert " disabled" in page(engagement, Role.COACH, "expectation", 2)


def test_the_page_to_offer_says_how_many_were_not_talked_through_and_stops_nobody(engagement):
    make_draft(engagement)
    find(engagement)
    find(engagement, question="means", finding="unknown", text="")

    said = page(engagement, Role.COACH, "offer")

    assert "4 of the six questions have not been talked through" in said
    assert "Offer it to everyone who must sign" in said


def test_when_none_was_talked_through_it_says_none_and_not_six_of_six(engagement):
    make_draft(engagement)

    assert "None of the six questions has been talked through" in page(engagement, Role.COACH, "offer")


def test_in_a_change_it_is_changed_in_the_same_way_and_shown_beside_what_it_was(engagement):
    find(engagement)
    version = make_in_force(engagement)
    with pytest.raises(Refused, match="Begin a change"):
        find(engagement, finding="differ", revision=1)
    assert 'name="finding"' not in page(engagement, Role.COACH, "expectation", 2)

    actions.begin_amendment(fresh(engagement))
    find(engagement, finding="differ", text="Ieder het zijne", revision=1)

    now = snapshot(fresh(engagement), draft_as_it_stands(engagement), list(goals_of(engagement)), 2)
    [change] = changes(terms(version), now)
    assert (change.before, change.after) == (AGREED, "We differ about this. Ieder het zijne")
    assert AGREED in page(engagement, Role.MANAGER)


def test_a_change_that_is_dropped_leaves_what_was_signed(engagement):
    find(engagement)
    find(engagement, question="means", finding="unknown", text="")
    make_in_force(engagement)
    actions.begin_amendment(fresh(engagement))
    find(engagement, finding="differ", text="Ieder het zijne", revision=1)
    find(engagement, question="success")

    actions.drop_amendment(fresh(engagement), by=author_of(engagement))

    there = {question: (said["finding"], said["text"]) for question, said in kept(engagement).items()}
    assert there == {"responsible": ("agree", AGREED), "means": ("unknown", "")}


def test_consultant_manager_and_sponsor_talk_it_through_in_a_consultancy():
    engagement = make_preparing(shape=Shape.CONSULTANCY)
    answered_by(engagement, Role.CONSULTANT, Role.MANAGER, Role.SPONSOR)

    assert post(engagement, Role.CONSULTANT).status_code == 302

    assert AGREED in page(engagement, Role.SPONSOR)


def test_every_page_of_it_stays_within_ten_queries(engagement, django_assert_max_num_queries):
    for question in ("outcome", "responsible", "means", "success", "decision_rights", "escalation"):
        find(engagement, question=question)
    client = signed_in(engagement, Role.COACH)
    for place in (address("expectations", engagement), address("expectation", engagement, 2)):
        with django_assert_max_num_queries(10):
            assert client.get(place).status_code == 200


def test_the_answers_side_by_side_lead_to_where_it_is_written(engagement):
    compared = signed_in(engagement, Role.COACH).get(
        f"/engagements/{engagement.pk}/intake/compare/", follow=True
    )
    assert address("expectation", engagement, 2) in compared.content.decode()


def test_the_overview_points_to_the_first_question_that_was_not_talked_through(engagement):
    find(engagement, question="outcome")

    shown = signed_in(engagement, Role.COACHEE).get(address("expectations", engagement))

    assert shown.context["following"] == 2
    assert 'class="btn btn--s"' in shown.content.decode()
    assert 'class="btn btn--s"' in page(engagement, Role.SPONSOR, "expectations")
    make_offered(engagement)
    assert 'class="btn btn--s"' not in page(engagement, Role.SPONSOR, "expectations")


def test_everybody_can_comment_on_it_and_who_writes_answers(engagement):
    find(engagement)
    said = {"part": "expectations", "text": "Dit spraken we anders af"}

    signed_in(engagement, Role.MANAGER).post(address("comment", engagement), said)

    asked = page(engagement, Role.COACH, "comments")
    assert "Dit spraken we anders af" in asked
    assert "What we expect of it" in asked


def test_putting_a_change_back_leaves_who_wrote_what_nobody_changed(engagement):
    find(engagement, role=Role.COACHEE)
    find(engagement, question="means", role=Role.COACHEE)
    make_in_force(engagement)
    actions.begin_amendment(fresh(engagement))
    find(engagement, question="means", text="Anders", revision=1)

    actions.drop_amendment(fresh(engagement), by=author_of(engagement))

    writers = {question: said["by"] for question, said in kept(engagement).items()}
    coachee, coach = (str(person_of(engagement, role).pk) for role in (Role.COACHEE, Role.COACH))
    assert writers == {"responsible": coachee, "means": coach}
