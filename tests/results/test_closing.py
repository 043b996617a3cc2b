"""Beginning the closing, the talk, and the end."""

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.models import Letter
from driehoek.results import actions, queries
from driehoek.results.models import ClosingTalk
from tests.makers import person_of
from tests.measures.makers import NOW, as_, make_agreed
from tests.results.makers import look_at, make_mark, make_release, make_report, make_result, page, send

pytestmark = pytest.mark.django_db
COACHEE, COACH, SPONSOR, MANAGER = Role.COACHEE, Role.COACH, Role.SPONSOR, Role.MANAGER


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)


def begun(**given):
    engagement = make_agreed(**given)
    role = Role.CONSULTANT if engagement.shape == Shape.CONSULTANCY else COACH
    send(as_(engagement, role), "begin_closing", engagement)
    return Engagement.objects.get(pk=engagement.pk)


def with_reports(**given):
    engagement = begun(**given)
    make_report(engagement, COACHEE, "Mijn verslag")
    make_report(engagement, COACH, "Het verslag van de coach")
    return engagement


def made_by_coach_alone(**more):
    engagement = begun()
    make_report(engagement, COACH, "Het verslag van de coach")
    return engagement, send(as_(engagement, COACH), "close", engagement, **more)


def stage_of(engagement):
    return Engagement.objects.get(pk=engagement.pk).stage


def test_closing_begins_and_everyone_but_who_began_it_hears_of_it():
    engagement = begun()

    assert engagement.stage == Stage.CLOSING
    told = set(Letter.objects.filter(template="your_turn").values_list("to_address", flat=True))
    assert told == {person_of(engagement, role).email for role in (COACHEE, MANAGER, SPONSOR)}


def test_mail_about_the_closing_names_a_person_and_never_the_title():
    engagement = begun()
    mails = "".join(str(letter.open()) for letter in Letter.objects.filter(template="your_turn"))
    assert person_of(engagement, Role.COACHEE).name in mails
    assert engagement.title not in mails


def test_beginning_twice_sends_one_mail_each():
    engagement = make_agreed()
    client = as_(engagement, COACH)

    for _press in range(2):
        send(client, "begin_closing", engagement)

    assert Letter.objects.filter(template="your_turn").count() == 3
    assert ClosingTalk.objects.count() == 2


@pytest.mark.parametrize("role", [MANAGER, SPONSOR])
def test_organisation_does_not_begin_the_closing(role):
    assert page(as_(make_agreed(), role), "begin_closing", make_agreed()).status_code == 404
    engagement = make_agreed()
    assert page(as_(engagement, role), "begin_closing", engagement).status_code == 403


@pytest.mark.parametrize(("said", "kept"), [("yes", "accepted"), ("no", "declined")])
def test_sponsor_says_whether_to_take_part(said, kept):
    engagement = begun()

    send(as_(engagement, SPONSOR), "talk", engagement, comes=said)

    assert ClosingTalk.objects.get(role=SPONSOR).answer == kept
    assert ClosingTalk.objects.get(role=MANAGER).answer == "open"


def test_answer_can_be_changed_until_the_end():
    engagement = begun()
    client = as_(engagement, SPONSOR)

    for said in ("no", "no", "yes"):
        send(client, "talk", engagement, comes=said)

    assert ClosingTalk.objects.get(role=SPONSOR).answer == "accepted"


def test_what_was_answered_is_no_next_step_any_longer_and_offers_the_other_answer():
    engagement = begun()
    sponsor, asks = as_(engagement, SPONSOR), "Your next step, one minute"
    assert asks in page(sponsor, "received", engagement).content.decode()

    send(sponsor, "talk", engagement, comes="yes")

    shown = page(sponsor, "received", engagement).content.decode()
    assert asks not in shown
    assert "No, I do not take part" in shown
    assert "Yes, I take part" not in shown


def test_answer_that_is_none_changes_nothing():
    engagement = begun()

    answer = send(as_(engagement, SPONSOR), "talk", engagement, comes="misschien")

    assert answer.status_code == 302
    assert ClosingTalk.objects.get(role=SPONSOR).answer == "open"


def test_closing_without_reports_is_refused_with_every_reason():
    engagement = begun()

    answer = send(as_(engagement, COACH), "close", engagement)

    shown = answer.content.decode()
    assert "The coachee has not handed in the closing report yet." in shown
    assert "The coach has not handed in the closing report yet." in shown
    assert stage_of(engagement) == Stage.CLOSING


def test_a_coachee_who_vanished_does_not_hold_up_the_closing_once_the_coach_says_so():
    engagement, refused = made_by_coach_alone()
    before = stage_of(engagement)

    send(as_(engagement, COACH), "close", engagement, without_coachee="on")

    assert "Close without the report of the coachee" in refused.content.decode()
    assert (before, stage_of(engagement)) == (Stage.CLOSING, Stage.CLOSED)


def test_the_coach_does_not_close_without_the_own_report():
    engagement = begun()

    answer = send(as_(engagement, COACH), "close", engagement, without_coachee="on")

    assert "The coach has not handed in the closing report yet." in answer.content.decode()
    assert stage_of(engagement) == Stage.CLOSING


def test_closing_without_the_coachee_is_not_offered_when_the_report_is_there():
    engagement = with_reports()

    shown = page(as_(engagement, COACH), "close", engagement).content.decode()

    assert "Close without the report" not in shown


def test_a_report_that_never_came_is_named_as_missing_in_the_document_and_on_the_page():
    engagement, _answer = made_by_coach_alone(without_coachee="on")
    coachee = as_(engagement, COACHEE)

    document = look_at(coachee, engagement, SPONSOR, ["coach_report"]).context["document"]

    said = str(document["sections"][-1])
    assert "De coachee leverde geen slotverslag in." in said or "handed in no closing report" in said
    assert "handed in no closing report" in page(coachee, "index", engagement).content.decode()


def test_a_report_that_may_still_come_is_not_called_missing():
    engagement = begun()
    make_report(engagement, COACH, "Het verslag van de coach")

    document = look_at(as_(engagement, COACHEE), engagement, SPONSOR, ["coach_report"]).context["document"]

    assert "no closing report" not in str(document)
    assert "geen slotverslag" not in str(document)


@pytest.mark.parametrize(
    "deed",
    [
        lambda engagement, row: make_report(engagement, COACHEE, "Later"),
        lambda engagement, row: make_result(engagement, text="Later"),
        lambda engagement, row: make_mark(row, COACHEE),
        lambda engagement, row: actions.remove_result(row, role=COACHEE),
        lambda engagement, row: actions.answer_closing_talk(
            engagement, by=person_of(engagement, SPONSOR), comes=True
        ),
    ],
)
def test_what_a_page_opened_before_the_end_sends_is_refused_with_the_stage(deed):
    engagement, row = closed()

    with pytest.raises(Refused, match="This engagement is closed"):
        deed(engagement, row)


def test_report_that_was_not_handed_in_does_not_count():
    engagement = begun()
    make_report(engagement, COACHEE, "Mijn verslag")
    make_report(engagement, COACH, "Nog niet af", handed_in=False)

    answer = send(as_(engagement, COACH), "close", engagement)

    assert "The coach has not handed in" in answer.content.decode()
    assert stage_of(engagement) == Stage.CLOSING


def test_engagement_closes_though_the_sponsor_never_answered():
    engagement = with_reports()

    answer = send(as_(engagement, COACH), "close", engagement)

    assert answer.status_code == 302
    assert stage_of(engagement) == Stage.CLOSED


def test_page_of_the_end_says_whose_side_stays_not_judged():
    engagement = with_reports()
    send(as_(engagement, SPONSOR), "talk", engagement, comes="no")

    shown = page(as_(engagement, COACH, "nl"), "close", engagement).content.decode()

    assert "Ellen Brouwer neemt niet deel aan het slotgesprek." in shown
    assert "Anneke de Graaf heeft niet geantwoord" in shown
    assert "niet beoordeeld" in shown


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (None, "De uitnodiging voor het slotgesprek is niet beantwoord."),
        ("no", "Nam niet deel aan het slotgesprek."),
    ],
)
def test_document_says_not_judged_when_the_sponsor_declines_or_stays_silent(said, words):
    engagement = with_reports()
    make_mark(make_result(engagement), COACHEE)
    if said:
        send(as_(engagement, SPONSOR), "talk", engagement, comes=said)
    sponsor = person_of(engagement, SPONSOR)
    sponsor.language = "nl"
    sponsor.save()

    document = look_at(as_(engagement, COACHEE), engagement, SPONSOR, ["results"]).context["document"]

    section = next(one for one in document["sections"] if one["heading"] == "Wat de organisatie ervan vindt")
    facts = {one["label"]: one["value"] for one in section["blocks"][0]["items"]}
    assert facts["Ellen Brouwer, opdrachtgever"] == f"Niet beoordeeld. {words}"
    assert "had de organisatie de resultaten niet beoordeeld." in document["lede"]


def test_ledger_says_not_judged_and_that_it_is_no_dissatisfaction():
    engagement = with_reports()
    make_result(engagement)

    shown = page(as_(engagement, COACHEE, "nl"), "ledger", engagement).content.decode()

    assert "Niet beoordeeld" in shown
    assert "Ellen Brouwer heeft nog geen oordeel gegeven." in shown
    assert "iets anders dan ontevreden" in shown


def closed():
    engagement = with_reports()
    result = make_result(engagement)
    send(as_(engagement, COACH), "close", engagement)
    return engagement, result


@pytest.mark.parametrize("name", ["coachee_report", "add", "mark", "begin_closing"])
def test_after_closing_nothing_can_be_written_and_the_reason_is_said(name):
    engagement, result = closed()

    answer = send(as_(engagement, COACHEE), name, engagement, *([result.pk] if name == "mark" else []))

    assert answer.status_code == 403
    assert "closed" in answer.content.decode()


def test_after_closing_everything_stays_readable():
    engagement, _result = closed()

    for name in ("index", "reports", "ledger", "received"):
        assert page(as_(engagement, COACHEE), name, engagement).status_code == 200


def test_closing_twice_is_closing_once():
    engagement, _result = closed()

    assert send(as_(engagement, COACH), "close", engagement).status_code == 403
    assert stage_of(engagement) == Stage.CLOSED


def test_consultancy_closes_on_the_report_of_the_consultant_alone():
    engagement = begun(shape=Shape.CONSULTANCY)
    make_report(engagement, Role.CONSULTANT, "Opgeleverd en getest")

    send(as_(engagement, Role.CONSULTANT), "close", engagement)

    assert stage_of(engagement) == Stage.CLOSED


def test_sponsor_of_consultancy_reads_everything_without_a_release():
    engagement = begun(shape=Shape.CONSULTANCY)
    client = as_(engagement, SPONSOR)

    for name in ("index", "reports", "ledger", "received"):
        answer = page(client, name, engagement)
        assert answer.status_code == 200
        assert reverse("results:release", args=[engagement.pk]) not in answer.content.decode()


def steps(engagement, role):
    person = person_of(engagement, role)
    found = Engagement.objects.seen_by(person).filter(pk=engagement.pk)
    asked = queries.asked_of(queries.with_signs(found, Asking.by(person)).get(), person)
    return [step.url.removeprefix(f"/engagements/{engagement.pk}/results/") for step in asked]


def test_each_is_asked_for_the_own_part_of_the_closing():
    engagement = begun()

    assert steps(engagement, COACHEE) == ["reports/coachee/", "ledger/"]
    assert steps(engagement, COACH) == ["reports/coach/", "ledger/"]
    assert steps(engagement, SPONSOR) == ["received/"]


def test_nothing_is_asked_twice():
    engagement = with_reports()
    for role in (COACHEE, COACH):
        make_mark(make_result(engagement), role)
    send(as_(engagement, SPONSOR), "talk", engagement, comes="no")

    assert steps(engagement, COACHEE) == ["release/"]
    assert steps(engagement, COACH) == ["close/"]
    assert steps(engagement, SPONSOR) == []


def test_sponsor_is_asked_for_a_view_on_what_was_released_until_it_is_given():
    engagement = with_reports()
    result, _other = make_result(engagement), make_result(engagement, text="Niet vrijgegeven")
    make_release(engagement, SPONSOR, ["coachee_report"])
    send(as_(engagement, SPONSOR), "talk", engagement, comes="yes")
    assert steps(engagement, SPONSOR) == []

    make_release(engagement, SPONSOR, ["results"])
    assert steps(engagement, SPONSOR) == ["received/"]
    assert steps(engagement, MANAGER) == ["received/"]

    clock.move_to(NOW.replace(hour=12))
    make_mark(result, SPONSOR)
    assert steps(engagement, SPONSOR) == []
    assert steps(engagement, COACHEE) == ["ledger/"]


def test_sponsor_who_did_not_answer_the_invitation_is_asked_to_read_what_was_released_too():
    engagement = with_reports()
    make_result(engagement)
    make_release(engagement, SPONSOR, ["results"])

    assert steps(engagement, SPONSOR) == ["received/", "received/"]


def test_who_wrote_a_report_is_offered_to_change_it():
    engagement = begun()
    before = page(as_(engagement, COACH), "index", engagement).content.decode()
    make_report(engagement, COACH, "Je vraagt nu eerst.")

    assert "Write your report" in before
    assert "Change your report" in page(as_(engagement, COACH), "index", engagement).content.decode()
    assert "Write your report" in page(as_(engagement, COACHEE), "index", engagement).content.decode()


def test_in_consultancy_no_text_about_closing_speaks_of_a_coachee():
    engagement = begun(shape=Shape.CONSULTANCY)
    consultant = as_(engagement, Role.CONSULTANT)

    for name in ("index", "add", "reports"):
        said = page(consultant, name, engagement).content.decode().split("<main")[1]
        assert "coachee" not in said


def test_in_consultancy_only_the_consultant_is_said_to_write_at_the_closing():
    engagement = make_agreed(shape=Shape.CONSULTANCY)

    said = page(as_(engagement, Role.CONSULTANT), "begin_closing", engagement).content.decode()

    assert "the consultant writes the closing report" in said
    assert "Sessions that are still planned" not in said
