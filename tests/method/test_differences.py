from hypothesis import given
from hypothesis import strategies as st

from driehoek.method.differences import differences

answers = st.dictionaries(
    st.sampled_from(["coachee", "manager", "sponsor"]),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
    | st.sampled_from(["De pilot start.", "rust"]),
)


def compare(**views):
    [compared] = differences({"outcome": views})
    return compared


def marked(answer):
    return [span.text for span in answer.spans if span.marked]


def test_capitals_spaces_and_full_stops_make_no_difference():
    compared = compare(coachee="De pilot  start.", sponsor="de PILOT start")

    assert compared.state == "same"
    assert marked(compared.answers[0]) == []


def test_words_that_only_one_party_uses_are_marked():
    compared = compare(coachee="Rust in mijn week", manager="Betere cijfers en rust")

    assert compared.state == "differs"
    assert marked(compared.answers[0]) == ["week"]
    assert marked(compared.answers[1]) == ["Betere cijfers"]


def test_numbers_with_a_decimal_mark_are_one_word():
    compared = compare(manager="van 3,2 naar 3,7", sponsor="van 3,2 naar 4,0")

    assert marked(compared.answers[1]) == ["4,0"]


def test_a_party_who_wrote_nothing_is_named_and_nothing_is_marked():
    compared = compare(coachee="Rust", manager="  ")

    assert compared.state == "silent"
    assert compared.silent == ("manager",)
    assert marked(compared.answers[0]) == []


def test_two_who_differ_are_different_also_when_a_third_is_silent():
    compared = compare(coachee="Rust", manager="Cijfers", sponsor="")

    assert compared.state == "differs"
    assert compared.silent == ("sponsor",)


def test_an_accent_typed_in_two_ways_is_the_same_word():
    assert compare(coachee="caf\u00e9", manager="cafe\u0301").state == "same"


def test_an_answer_of_one_emoji_is_an_answer():
    compared = compare(coachee="🙂", manager="Rust")

    assert compared.state == "differs"
    assert not compared.answers[0].is_silent


@given(answers)
def test_the_spans_together_are_the_text_as_typed(views):
    [compared] = differences({"outcome": views})

    assert {row.party: "".join(span.text for span in row.spans) for row in compared.answers} == views


@given(answers)
def test_the_order_of_the_parties_does_not_matter(views):
    [one], [other] = differences({"q": views}), differences({"q": dict(reversed(views.items()))})

    assert one.state == other.state
    assert {row.party: row.spans for row in one.answers} == {row.party: row.spans for row in other.answers}
