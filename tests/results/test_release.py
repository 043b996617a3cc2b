"""What goes to the organisation: chosen, looked at, then exactly that."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from driehoek.access import CHOICES, Level, Role, Shape, Stage
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.plans.actions import add_action, change_action
from driehoek.results.models import Release
from driehoek.results.wording import ITEM_KINDS
from driehoek.vault import keys
from tests.documents.sheets import sheets
from tests.makers import make_person, person_of
from tests.measures.makers import NOW, as_, make_agreed, measure, score, signed_in
from tests.results.makers import (
    ALL,
    let_go,
    look_at,
    make_mark,
    make_release,
    make_report,
    make_result,
    page,
    send,
)

pytestmark = pytest.mark.django_db
SPONSOR, MANAGER, COACHEE = Role.SPONSOR, Role.MANAGER, Role.COACHEE


@pytest.fixture(autouse=True)
def _now():
    clock.move_to(NOW)
    with translation.override("en"):
        yield


def make_ended(**given):
    """An engagement with something of every kind in it."""
    engagement = make_agreed(stage=given.pop("stage", Stage.CLOSING), **given)
    measure(engagement, [(date(2026, 11, 2), "3.1"), (date(2027, 1, 10), "3.6")])
    score(engagement, COACHEE, 1, remark="Mijn eigen aantekening bij de score")
    score(engagement, MANAGER, -1, remark="Zo ziet de leidinggevende het")
    make_report(engagement, COACHEE, "Ik vraag nu eerst wat iemand nodig heeft")
    make_report(engagement, Role.COACH, "Ik zag je vertragen voor je besloot")
    make_mark(make_result(engagement), COACHEE, remark="Dit wilde ik")
    for role in (SPONSOR, MANAGER):
        person = person_of(engagement, role)
        person.language = "nl"
        person.save()
    return engagement


def test_release_is_byte_for_byte_what_was_looked_at():
    engagement = make_ended()
    client = as_(engagement, COACHEE)
    looked = look_at(client, engagement, SPONSOR, ALL)

    let_go(client, engagement, SPONSOR, ALL)

    release = Release.objects.get()
    document = looked.context["document"]
    assert release.content.encode() == canonical(document)
    assert release.fingerprint == looked.context["seen"] == fingerprint(json.loads(release.content))


def test_what_was_measured_and_scored_is_released_as_the_picture_that_was_looked_at():
    engagement = make_ended()
    client = as_(engagement, COACHEE)
    looked = look_at(client, engagement, SPONSOR, ["measurements", "attainment"])
    blocks = [one for part in looked.context["document"]["sections"] for one in part["blocks"]]
    series, levels = (one for one in blocks if one["kind"] == "chart")

    assert series["points"] == "2026-11-02 3.1; 2027-01-10 3.6"
    assert [one["who"] for one in levels["panels"][0]["marks"]] == ["Johan"]  # not the manager's own score
    assert "chart--series" in looked.content.decode()
    assert "vóór de start" in looked.content.decode()  # in the language of the receiver


def test_receiver_reads_every_word_that_was_looked_at():
    engagement = make_ended()
    client = as_(engagement, COACHEE)
    looked = look_at(client, engagement, SPONSOR, ALL).content.decode()
    let_go(client, engagement, SPONSOR, ALL)

    read = page(as_(engagement, SPONSOR), "released", engagement, Release.objects.get().pk).content.decode()

    paper = looked[looked.index("<section", looked.index('class="paper"')) : looked.index("</article>")]
    assert paper in read


def test_paper_holds_the_same_words():
    engagement = make_ended()
    release = make_release(engagement, SPONSOR, ALL)

    answer = page(as_(engagement, SPONSOR), "released_pdf", engagement, release.pk)

    text = "".join("".join(sheets(answer.content)).split())
    for words in _words(json.loads(release.content)):
        assert "".join(words.split()) in text
    assert "Vingerafdruk" in text


def _words(value, key=""):
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _words(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _words(one, key)
    elif isinstance(value, str) and key in ("title", "lede", "heading", "text", "answer", "question"):
        yield value


def test_nothing_goes_that_was_not_chosen():
    engagement = make_ended()
    make_release(engagement, SPONSOR, ["coachee_report"])

    content = Release.objects.get().content

    assert "Ik vraag nu eerst wat iemand nodig heeft" in content
    for words in ("Ik zag je vertragen", "Dit wilde ik", "3,6", "Mijn eigen aantekening"):
        assert words not in content


def test_remarks_with_scores_and_scores_of_the_manager_never_go():
    content = make_release(make_ended(), SPONSOR, ALL).content

    assert "Mijn eigen aantekening" not in content
    assert "Zo ziet de leidinggevende het" not in content
    assert "−1" not in content


def test_report_that_was_not_handed_in_cannot_be_released_or_seen_that_way():
    engagement = make_agreed(stage=Stage.CLOSING)
    make_report(engagement, Role.COACH, "Nog niet af, alleen van mij", handed_in=False)
    client = as_(engagement, COACHEE)

    form = page(client, "release", engagement).content.decode()
    looked = look_at(client, engagement, SPONSOR, ["coach_report"])

    assert "The report of your coach" not in form
    assert "Nog niet af" not in looked.content.decode()
    assert "document" not in looked.context


def test_only_what_the_table_lets_go_can_be_chosen():
    engagement = make_ended(disclosure={"reports": {"manager": "never", "sponsor": "never"}})
    client = as_(engagement, COACHEE)

    offered = page(client, "release", engagement).content.decode()
    forced = look_at(client, engagement, SPONSOR, ["coachee_report"])

    assert "Your report" not in offered
    assert forced.context["form"].errors["items"]
    assert not Release.objects.exists()


def test_what_one_receiver_may_read_does_not_go_to_the_other():
    engagement = make_ended(disclosure={"reports": {"manager": "never", "sponsor": "after_release"}})
    client = as_(engagement, COACHEE)

    offered = page(client, "release", engagement).content.decode()
    forced = send(
        client, "preview", engagement, receiver=MANAGER, items=["coachee_report"], release="1", seen="0" * 64
    )

    assert "Only for Ellen Brouwer" in offered
    assert "the agreement says that Anneke de Graaf never sees this" in forced.content.decode()
    assert not Release.objects.exists()


def test_everything_the_table_calls_released_can_be_released():
    choosable = {kind for kind, levels in CHOICES[Shape.COACHING].items() if Level.AFTER_RELEASE in levels}
    assert choosable <= set(ITEM_KINDS.values())


def test_the_plan_goes_as_it_stands_without_what_was_learnt():
    engagement = make_ended(disclosure={"plan": {"manager": "never", "sponsor": "after_release"}})
    facts = {"by": person_of(engagement, COACHEE), "due_on": date(2027, 1, 20), "owner": COACHEE}
    action = add_action(engagement, text="Elke maandag de drie vragen stellen", **facts)
    change_action(
        action, learnt="Dat stilte ook een antwoord is", colour="amber", **facts | {"text": action.text}
    )
    client = as_(engagement, COACHEE)
    keys.forget()

    with CaptureQueriesContext(connection) as caught:
        looked = look_at(client, engagement, SPONSOR, ["plan"]).content.decode()
    content = make_release(engagement, SPONSOR, ["plan"]).content

    assert len(caught) <= 10
    for said in (looked, content):
        assert "Elke maandag de drie vragen stellen" in said
        assert "Vraagt aandacht" in said
        assert "stilte" not in said


def test_nothing_to_choose_where_the_agreement_lets_nothing_go():
    shut = {"manager": "never", "sponsor": "never"}
    kinds = ("reports", "results", "measurements", "attainment", "plan")
    engagement = make_ended(disclosure=dict.fromkeys(kinds, shut))

    shown = page(as_(engagement, COACHEE), "release", engagement).content.decode()

    assert "Nothing can be released" in shown


def test_something_that_changed_meanwhile_stops_the_release():
    engagement = make_ended()
    client = as_(engagement, COACHEE)
    seen = look_at(client, engagement, SPONSOR, ["coachee_report"]).context["seen"]
    make_report(engagement, COACHEE, "Toch anders opgeschreven")

    answer = send(
        client, "preview", engagement, receiver=SPONSOR, items=["coachee_report"], seen=seen, release="1"
    )

    assert "Something changed since you looked" in answer.content.decode()
    assert not Release.objects.exists()


def test_release_without_having_looked_is_refused():
    engagement = make_ended()

    send(as_(engagement, COACHEE), "preview", engagement, receiver=SPONSOR, items=["results"], release="1")

    assert not Release.objects.exists()


def test_pressing_twice_is_one_release_and_one_mail():
    engagement = make_ended()
    client = as_(engagement, COACHEE)

    answers = [let_go(client, engagement, SPONSOR, ALL) for _press in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Release.objects.count() == 1
    assert Letter.objects.filter(template="released").count() == 1


def test_line_says_what_to_whom_under_which_version_and_when():
    engagement = make_ended()
    make_release(engagement, SPONSOR, ALL)

    for role in (COACHEE, Role.COACH, SPONSOR):
        shown = page(as_(engagement, role), "received", engagement).content.decode()
        assert "To Ellen Brouwer on 1 February 2027, under agreement version 1." in shown
        assert "Closing reports" in shown


def test_release_opens_for_its_receiver_only():
    engagement = make_ended()
    release = make_release(engagement, SPONSOR, ALL)

    for name in ("released", "released_pdf"):
        assert page(as_(engagement, SPONSOR), name, engagement, release.pk).status_code == 200
        assert page(as_(engagement, MANAGER), name, engagement, release.pk).status_code == 404
        assert page(signed_in(make_person()), name, engagement, release.pk).status_code == 404
    assert str(release.pk) not in page(as_(engagement, MANAGER), "received", engagement).content.decode()


@pytest.mark.parametrize("role", [Role.COACH, MANAGER, SPONSOR])
@pytest.mark.parametrize("name", ["release", "preview"])
def test_nobody_but_the_coachee_releases(role, name):
    engagement = make_ended()

    assert page(as_(engagement, role), name, engagement).status_code == 403


def test_withdrawn_document_is_hidden_from_its_receiver():
    engagement = make_ended()
    release = make_release(engagement, SPONSOR, ALL)
    send(as_(engagement, COACHEE), "withdraw", engagement, release.pk)
    sponsor = as_(engagement, SPONSOR)

    shown = page(sponsor, "released", engagement, release.pk).content.decode()

    assert "Ik vraag nu eerst" not in shown
    assert "withdrawn on 1 February 2027" in shown
    assert page(sponsor, "released_pdf", engagement, release.pk).status_code == 404
    assert (
        "Withdrawn on 1 February 2027"
        in page(as_(engagement, COACHEE), "received", engagement).content.decode()
    )


def test_withdrawing_twice_keeps_the_first_moment():
    engagement = make_ended()
    release = make_release(engagement, SPONSOR, ALL)
    client = as_(engagement, COACHEE)
    send(client, "withdraw", engagement, release.pk)
    first = Release.objects.get().withdrawn_at
    clock.move_to(NOW.replace(day=9))

    send(client, "withdraw", engagement, release.pk)

    assert Release.objects.get().withdrawn_at == first


def test_only_the_coachee_withdraws():
    engagement = make_ended()
    release = make_release(engagement, SPONSOR, ALL)

    assert send(as_(engagement, SPONSOR), "withdraw", engagement, release.pk).status_code == 403
    assert Release.objects.get().withdrawn_at is None


def test_coachee_can_still_release_after_closing():
    engagement = make_ended()
    engagement.stage = Stage.CLOSED
    engagement.save()

    answer = let_go(as_(engagement, COACHEE), engagement, SPONSOR, ["coachee_report"])

    assert answer.status_code == 302
    assert Release.objects.count() == 1


def test_mail_about_a_release_holds_no_word_of_it():
    engagement = make_ended()
    make_release(engagement, SPONSOR, ALL)

    letter = Letter.objects.get(template="released")

    assert letter.to_address == person_of(engagement, SPONSOR).email
    assert "Johan Verbeek" in letter.open()["text"]
    assert "Ik vraag nu eerst" not in str(letter.open())


def test_in_consultancy_there_is_no_release_page():
    engagement = make_agreed(shape=Shape.CONSULTANCY)

    assert page(as_(engagement, Role.CONSULTANT), "release", engagement).status_code == 403
    assert page(as_(engagement, SPONSOR), "release", engagement).status_code == 403


def test_document_begins_with_the_finding_in_the_language_of_its_receiver():
    engagement = make_agreed(goals=3, stage=Stage.CLOSING)
    measure(engagement, [(date(2027, 1, 10), "3.6")])
    score(engagement, COACHEE, 1, 0, -1)

    items = ["measurements", "attainment"]
    document = look_at(as_(engagement, COACHEE), engagement, SPONSOR, items).context["document"]

    assert document["language"] == "nl"
    assert document["lede"] == (
        "Naar eigen oordeel van Johan staan twee van de drie doelen op het afgesproken niveau of hoger. "
        "Eén van de drie criteria is gehaald. Bij één criterium is na de einddatum nog een waarde "
        "ingevoerd of doorgestreept. Twee criteria zijn niet te beoordelen. "
        "Hoe zeker dat is: niet te zeggen. Of het door de coaching komt, is niet te zeggen."
    )


def test_document_says_so_when_nothing_is_known():
    engagement = make_agreed(stage=Stage.CLOSING)

    document = look_at(as_(engagement, COACHEE), engagement, SPONSOR, ["measurements"]).context["document"]

    assert document["lede"].startswith("Eén criterium is niet te beoordelen.")
    unknown = next(one for one in document["sections"] if one["heading"] == "Wat we niet weten")
    assert "In de afgesproken periode is niets gemeten." in str(unknown)


@pytest.mark.parametrize("name", ["release", "received"])
def test_pages_of_a_release_need_few_queries(name):
    engagement = make_ended()
    make_release(engagement, SPONSOR, ALL)
    client = as_(engagement, COACHEE)
    keys.forget()

    with CaptureQueriesContext(connection) as caught:
        page(client, name, engagement)

    assert len(caught) <= 10


def test_looking_at_a_document_needs_ten_queries_at_most():
    engagement = make_ended()
    client = as_(engagement, COACHEE)
    url = reverse("results:preview", args=[engagement.pk])
    keys.forget()

    with CaptureQueriesContext(connection) as caught:
        client.post(url, {"receiver": SPONSOR, "items": ALL})

    assert len(caught) <= 10
