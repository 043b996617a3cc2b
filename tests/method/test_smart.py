from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.method.smart import ABILITIES, SmartParts, goal_sentence, smart_prompts
from driehoek.method.texts import LANGUAGES

DAY = date(2027, 1, 15)

DUTCH = [
    (
        SmartParts(
            DAY,
            "can",
            "een projectplan maken dat iedereen draagt",
            "de pilot",
            "zes handtekeningen",
            "de pilot anders niet begint",
        ),
        "Uiterlijk 15 januari 2027 kan ik een projectplan maken dat iedereen draagt,"
        " met betrekking tot de pilot; dat blijkt uit zes handtekeningen,"
        " en dat is belangrijk omdat de pilot anders niet begint.",
    ),
    (
        SmartParts(
            "over 3 maanden",
            "able",
            "Een projectplan op te stellen.",
            "M.b.t. de pilot.",
            "Dat blijkt uit dat alle partijen tekenen.",
            "Omdat mijn team erop wacht.",
        ),
        "Over 3 maanden ben ik in staat om een projectplan op te stellen, met betrekking tot de pilot;"
        " dat blijkt eruit dat alle partijen tekenen, en dat is belangrijk omdat mijn team erop wacht.",
    ),
    (
        SmartParts(
            "Eind maart",
            "know",
            "ik weet hoe ik prioriteiten stel",
            "in mijn drukke week",
            "als ik twee weken niets doorschuif",
            "want ik loop nu over",
        ),
        "Eind maart weet ik hoe ik prioriteiten stel in mijn drukke week;"
        " dat blijkt als ik twee weken niets doorschuif, en dat is belangrijk, want ik loop nu over.",
    ),
    (
        SmartParts("", "recognise", "Wanneer een gesprek vastloopt"),
        "Ik herken wanneer een gesprek vastloopt.",
    ),
    (SmartParts("3 maanden", "can", "leiding geven"), "Over 3 maanden kan ik leiding geven."),
    (SmartParts("half jaar", "can", "leiding geven"), "Over een half jaar kan ik leiding geven."),
    (SmartParts("half mei", "can", "leiding geven"), "Half mei kan ik leiding geven."),
    (SmartParts("31-02-2027", "can", "leiding geven"), "Uiterlijk 31-02-2027 kan ik leiding geven."),
    (SmartParts("2027-01-15", "able", "leiding geven"), "Uiterlijk 15 januari 2027 kan ik leiding geven."),
    (
        SmartParts("15-1-2027", "able", "ik ben in staat om nee te zeggen"),
        "Uiterlijk 15 januari 2027 ben ik in staat om nee te zeggen.",
    ),
    (
        SmartParts("zodra de pilot start", "can", "... nee zeggen", why="zodat de rust terugkomt"),
        "Zodra de pilot start, kan ik nee zeggen, en dat is belangrijk zodat de rust terugkomt.",
    ),
    (
        SmartParts("januari 2027", "can", "Engels spreken", why="Om mee te kunnen praten"),
        "Uiterlijk januari 2027 kan ik Engels spreken, en dat is belangrijk om mee te kunnen praten.",
    ),
    (
        SmartParts("", "can", "Ik weet wat mensen willen leren", shown_by="Feedback van collega's!!"),
        "Ik weet wat mensen willen leren; dat blijkt uit feedback van collega's.",
    ),
    (
        SmartParts("uiterlijk 1 mei", "can", "dan kan ik delegeren", shown_by="Ellens verslag"),
        "Uiterlijk 1 mei kan ik delegeren; dat blijkt uit Ellens verslag.",
    ),
    (
        SmartParts("voor de zomer", "can", "overleggen, plannen enz."),
        "Voor de zomer kan ik overleggen, plannen enz.",
    ),
    (
        SmartParts("", "can", "prioriteiten stellen. En nee zeggen."),
        "Ik kan prioriteiten stellen; en nee zeggen.",
    ),
    (
        SmartParts("", "can", "ERP-meldingen lezen", about="{ability}"),
        "Ik kan ERP-meldingen lezen, met betrekking tot {ability}.",
    ),
]

ENGLISH = [
    (
        SmartParts(
            DAY,
            "can",
            "make a project plan that everyone supports",
            "the pilot",
            "six signatures",
            "the pilot cannot start otherwise",
        ),
        "By 15 January 2027 I can make a project plan that everyone supports, with regard to the pilot,"
        " as shown by six signatures, and this matters because the pilot cannot start otherwise.",
    ),
    (
        SmartParts(
            "in three months",
            "able",
            "To make a project plan.",
            "regarding the pilot",
            "that all parties sign",
            "Because my team is waiting for it.",
        ),
        "In three months I am able to make a project plan, with regard to the pilot,"
        " as shown by the fact that all parties sign, and this matters because my team is waiting for it.",
    ),
    (
        SmartParts(
            "end of March",
            "know",
            "I know how to set priorities",
            "in my busy week",
            "when nothing has slipped for two weeks",
            "so that I keep my evenings",
        ),
        "By the end of March I know how to set priorities in my busy week;"
        " this shows when nothing has slipped for two weeks, and this matters so that I keep my evenings.",
    ),
    (SmartParts("", "recognise", "When a talk gets stuck"), "I recognise when a talk gets stuck."),
    (
        SmartParts("once the pilot starts", "can", "Say no", shown_by="Ellen's signature"),
        "Once the pilot starts, I can say no, as shown by Ellen's signature.",
    ),
    (
        SmartParts("Q1 2027", "can", "I am able to lead the meeting", why="because of the pilot"),
        "By Q1 2027 I am able to lead the meeting, and this matters because of the pilot.",
    ),
    (SmartParts("by 1 May", "recognise", "English idiom"), "By 1 May I recognise English idiom."),
    (SmartParts("three months", "can", "lead"), "In three months I can lead."),
    (SmartParts("next week", "can", "lead"), "Next week I can lead."),
    (SmartParts("end of the month", "can", "lead"), "By the end of the month I can lead."),
    (
        SmartParts("", "can", "I can\n present   figures", shown_by="As shown by The fact that they ask on"),
        "I can present figures, as shown by the fact that they ask on.",
    ),
]


@pytest.mark.parametrize(("parts", "sentence"), DUTCH)
def test_dutch_goals_become_one_sentence(parts, sentence):
    assert goal_sentence(parts, "nl") == sentence


@pytest.mark.parametrize(("parts", "sentence"), ENGLISH)
def test_english_goals_become_one_sentence(parts, sentence):
    assert goal_sentence(parts, "en") == sentence


@pytest.mark.parametrize("what", ["", "  ", "...", "Ik kan"])
def test_without_what_there_is_no_sentence_yet(what):
    assert goal_sentence(SmartParts(DAY, "can", what, "x", "y", "z"), "nl") == ""


@given(
    st.builds(
        SmartParts,
        st.dates() | st.text(max_size=20),
        st.sampled_from(ABILITIES),
        *[st.text(max_size=30)] * 4,
    ),
    st.sampled_from(LANGUAGES),
)
def test_whatever_is_typed_the_sentence_is_one_line_that_ends_once(parts, language):
    sentence = goal_sentence(parts, language)

    assert "\n" not in sentence
    assert sentence == "" or sentence.endswith(".")
    assert not sentence.endswith("..")


def test_prompts_are_the_words_the_field_goes_on_from():
    assert smart_prompts("nl").ability["know"] == "Ik weet"
    assert smart_prompts("nl").why == "En dat is belangrijk omdat"
    assert smart_prompts("en").shown_by == "As shown by"


@pytest.mark.parametrize(
    ("parts", "language", "sentence"),
    [
        (
            SmartParts(DAY, "able", "orders te verwerken zonder overtypen", "het ordersysteem"),
            "nl",
            "Uiterlijk 15 januari 2027 is de organisatie in staat om orders te verwerken zonder overtypen,"
            " met betrekking tot het ordersysteem.",
        ),
        (SmartParts("", "know", "wat elke order kost"), "nl", "De organisatie weet wat elke order kost."),
        (
            SmartParts(DAY, "can", "We kunnen orders verwerken"),
            "nl",
            "Uiterlijk 15 januari 2027 kan de organisatie orders verwerken.",
        ),
        (
            SmartParts(DAY, "recognise", "wanneer een order vastloopt"),
            "nl",
            "Uiterlijk 15 januari 2027 herkent de organisatie wanneer een order vastloopt.",
        ),
        (
            SmartParts(DAY, "able", "process orders without retyping"),
            "en",
            "By 15 January 2027 the organisation is able to process orders without retyping.",
        ),
        (SmartParts("", "know", "we know what it costs"), "en", "The organisation knows what it costs."),
    ],
)
def test_where_nobody_is_coached_the_organisation_speaks(parts, language, sentence):
    assert goal_sentence(parts, language, "organisation") == sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_form_of_an_organisation_is_in_the_first_person(language):
    prompts = smart_prompts(language, "organisation")

    said = " ".join(prompts.ability.values()).lower().split()
    assert not {"ik", "i", "mijn", "my"} & set(said)
