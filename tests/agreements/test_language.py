"""An agreement is in one language, whoever writes on it and whoever reads it."""

import json

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Draft
from driehoek.agreements.queries import terms
from driehoek.engagements.models import Engagement
from driehoek.method.texts import texts
from tests.agreements.makers import (
    address,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.documents.sheets import sheets
from tests.makers import make_member, make_organisation, person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    return make_preparing()


def standard(clause, language, shape="coaching"):
    [found] = [one for one in texts("agreement", language)["clauses"] if one["id"] == clause]
    return found["start"][shape]


def keep(client, engagement, page, **given):
    """Press "keep" on a page of the draft with everything as it stands there, but for what is given."""
    form = client.get(address(page, engagement)).context["form"]
    typed = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    answer = client.post(address(page, engagement), typed | given)
    assert answer.status_code == 302, answer.context["form"].errors
    return written(engagement)


def written(engagement):
    return json.loads(Draft.objects.get(engagement=engagement).clauses)


@pytest.mark.parametrize("reader", ["nl", "en"])
def test_texts_to_start_from_are_in_the_language_of_who_began_it_whoever_keeps_them(engagement, reader):
    client = signed_in(engagement, Role.COACHEE, reader)

    kept = keep(client, engagement, "otherwise")

    assert kept["best_efforts"] == standard("best_efforts", "nl")
    assert Draft.objects.get().language == "nl"


def test_whoever_begins_it_in_english_finds_english_texts(client):
    place = make_organisation()
    person = make_member(place, is_admin=True).person
    person.language = "en"
    person.save()
    client.force_login(person)
    begun = {"organisation": place.pk, "title": "Staying", "shape": "coaching", "role": "coach"}
    client.post(reverse("engagements:new"), begun)

    form = client.get(address("otherwise", Engagement.objects.get())).context["form"]

    assert form["best_efforts"].value() == standard("best_efforts", "en")


def test_standard_texts_that_nobody_changed_follow_another_choice_on_every_page(engagement):
    client = signed_in(engagement, Role.COACH)
    keep(client, engagement, "otherwise", confidentiality="Onze eigen woorden")
    before = keep(client, engagement, "draft")
    assert before["way_of_working"] == standard("way_of_working", "nl")

    after = keep(client, engagement, "practical", language="en", place="Kamer 2.14")

    assert after["best_efforts"] == standard("best_efforts", "en")
    assert after["way_of_working"] == standard("way_of_working", "en")
    assert after["reviews"] == standard("reviews", "en")
    assert after["confidentiality"] == "Onze eigen woorden"
    assert after["place"] == "Kamer 2.14"
    assert before["way_of_working"] not in client.get(address("draft", engagement)).content.decode()


def test_a_text_with_one_word_changed_is_never_replaced(engagement):
    own = standard("best_efforts", "nl") + " En meer."
    client = signed_in(engagement, Role.COACH)
    keep(client, engagement, "otherwise", best_efforts=own)

    after = keep(client, engagement, "practical", language="en")

    assert after["best_efforts"] == own


def test_texts_of_a_situation_follow_the_language_as_well():
    engagement = make_preparing(starting_point="staff-leaving@1")
    client = signed_in(engagement, Role.COACH)
    before = keep(client, engagement, "draft")

    after = keep(client, engagement, "practical", language="en")

    assert before["means"] != after["means"]
    assert after["means"].isascii()
    assert keep(client, engagement, "practical", language="nl")["means"] == before["means"]


def test_a_page_that_was_opened_in_the_other_language_meanwhile_mixes_nothing(engagement):
    coach, coachee = signed_in(engagement, Role.COACH), signed_in(engagement, Role.COACHEE)
    old = coachee.get(address("otherwise", engagement)).context["form"]
    typed = {name: "" if old[name].value() is None else old[name].value() for name in old.fields}
    keep(coach, engagement, "practical", language="en")

    coachee.post(address("otherwise", engagement), typed)

    assert written(engagement)["best_efforts"] == standard("best_efforts", "en")


def test_a_new_goal_begins_in_the_language_of_the_agreement(engagement):
    keep(signed_in(engagement, Role.COACH), engagement, "practical", language="en")

    form = signed_in(engagement, Role.COACHEE, "nl").get(address("goal", engagement)).context["form"]

    assert form["language"].value() == "en"


@pytest.mark.parametrize(("language", "word"), [("nl", "Doelen en criteria"), ("en", "Goals and criteria")])
@pytest.mark.parametrize("reader", ["nl", "en"])
def test_the_pdf_is_set_in_the_language_of_the_agreement_whoever_reads_it(engagement, language, word, reader):
    make_draft(engagement, language=language)
    version = make_offered(engagement)

    answer = signed_in(engagement, Role.COACHEE, reader).get(address("pdf", engagement, version.number))

    assert terms(version)["logistics"]["language"] == language
    assert word in " ".join(sheets(answer.content))
    assert f"/Lang({language})".encode() in answer.content.replace(b"/Lang (", b"/Lang(")


def test_a_change_that_is_dropped_puts_the_language_back(engagement):
    make_in_force(engagement)
    actions.begin_amendment(Engagement.objects.get())
    coach = person_of(engagement, Role.COACH)
    actions.save_draft(engagement, by=coach, part="agreements:practical", logistics={"language": "nl"})
    page = signed_in(engagement, Role.COACH).get(address("change", engagement)).content.decode()
    assert "Written in" in page

    actions.drop_amendment(Engagement.objects.get(), by=coach)

    assert Draft.objects.get().language == "en"


def test_everybody_reads_the_language_among_the_days_and_numbers(engagement):
    make_in_force(engagement)

    page = signed_in(engagement, Role.SPONSOR, "nl").get(address("index", engagement)).content.decode()

    assert "Geschreven in" in page
    assert "Engels" in page


def test_consultancy_and_blended_choose_a_language_too():
    for shape in (Shape.CONSULTANCY, Shape.BLENDED):
        engagement = make_preparing(shape=shape)
        lead = Role.CONSULTANT if shape is Shape.CONSULTANCY else Role.COACH
        kept = keep(signed_in(engagement, lead), engagement, "otherwise")
        assert kept["best_efforts"] == standard("best_efforts", "nl", str(shape))
        after = keep(signed_in(engagement, lead), engagement, "practical", language="en")
        assert after["best_efforts"] == standard("best_efforts", "en", str(shape))
