"""The words of the internal-coaching case: what each party types, in Dutch."""

from datetime import date

PROBLEM = "Een pilot van drie inspecties komt niet van de grond en ik weet niet waar ik moet beginnen."
ROUTE = ("behavioural", "no", "no", "yes", "yes", "no", "no")

TALKED = {
    "who_we_are": "Johan leidt voor het eerst een project waarvan hij het team niet zelf heeft gekozen.",
    "expectations": "Johan zoekt iemand die doorvraagt; een aanpak heeft hij al op papier staan.",
    "contribution": "Marijke kent zijn vak niet en dat helpt: zij kan alleen vragen stellen.",
}

COACHEE = (
    ("Het plan ligt er en iedereen heeft getekend.", "De proef loopt zonder dat ik eraan trek."),
    ("Ikzelf. Het team heeft nog geen eigen stuk.",),
    ("Twee uur per week.", "Geen.", "Vijf mensen, deels uitgeleend."),
    ("De opdrachtgever noemt het plan zijn eigen plan.",),
    ("Over de inhoud van het plan beslis ik.",),
    ("Eerst met Marijke, dan met Anneke.", "Als ik van baan verander."),
)
COACH = (
    ("Hij kiest wat blijft liggen.", "Hij bereidt een lastig gesprek zelf voor."),
    ("Ik, voor de gesprekken.",),
    ("Anderhalf uur om de drie weken.", "Niets.", "Mijn intervisiegroep."),
    ("Johan vertelt wat hij anders doet.",),
    ("Hoe we een gesprek voeren.",),
    ("Eerst met Johan.", "Na drie gesprekken zonder verschil."),
)
MANAGER = (
    ("De pilot is begonnen.", "Twee inspecties wisselen gegevens uit."),
    ("Johan.",),
    ("Een ochtend per week.", "Geen kosten.", "Het team zoals het is."),
    ("Er komen geen klachten van de andere inspecties.",),
    ("Over de planning wil ik vooraf gebeld worden.",),
    ("Johan komt bij mij.", "Als de pilot wordt stopgezet."),
)

GOAL = {
    "by_when": date(2026, 12, 24),
    "ability": "able",
    "action": "de pilot te starten met een plan waar iedereen achter staat",
    "about": "de uitwisseling van gegevens tussen drie inspecties",
    "shown_by": "zes handtekeningen onder dat plan, ook die van de opdrachtgever",
    "why": "dit plan twee jaar lang de basis is",
    "brought_by": "together",
    "matters_to": "both",
    "learning_goals": "Voorrang geven\nVragen wat een ander nodig heeft\nHet team laten werken",
    "levels": (
        "Het plan ligt stil.",
        "Er is een opzet; drie partijen twijfelen.",
        "Alle zes de partijen hebben getekend.",
        "Getekend, en het team heeft de proef voorbereid.",
        "Getekend, en de proef is gedaan.",
    ),
    "sentence": "de pilot te starten met een plan waar iedereen achter staat",
}
SIGNATURES = {
    "measure": "Partijen die het plan hebben getekend",
    "unit": "partijen",
    "form": "level",
    "direction": "up",
    "target": "6",
    "baseline": "0",
    "window_starts": date(2026, 9, 24),
    "deadline": date(2026, 12, 24),
}
HOURS = {
    "measure": "Uren per week die ik aan de pilot besteed",
    "unit": "uur",
    "form": "absolute_change",
    "direction": "up",
    "target": "4,5",
    "baseline": "3",
    "window_starts": date(2026, 9, 24),
    "deadline": date(2026, 12, 24),
}

TEXTS = {
    "result_coachee": "Ik kan dit plan verdedigen tegenover iedereen.",
    "result_coach": "Johan weet hoe hij zonder mij verdergaat.",
    "result_manager": "De pilot begint op tijd en zonder ruzie.",
    "how_long": "Vier maanden, omdat elke drie weken iets te proberen genoeg is.",
    "means": "Zeven gesprekken en een ochtend per week voor het project.",
    "place": "De werkkamer van Marijke",
    "costs": "Niemand betaalt iets.",
    "confidentiality": "Coach en leidinggevende spreken elkaar niet zonder Johan.",
    "ethics_complaints": "De gedragscode van de coachpool; klachten gaan naar Fatima Bennis.",
}
DAYS = {
    "session_count": 7,
    "session_minutes": 60,
    "every_weeks": 3,
    "first_session_on": date(2026, 9, 24),
    "session_time": "10:00",
    "ends_on": date(2027, 2, 5),
    "review_after_session": 3,
}
SEES = {
    "attendance__manager": "count",
    "plan__manager": "never",
    "measurements__manager": "after_release",
    "attainment__manager": "after_release",
    "reports__manager": "after_release",
    "results__manager": "after_release",
}
STUMBLING = "Als het spannend wordt, ga ik harder werken in plaats van vragen wat er is."

QUESTION = "Ik weet niet wat een goede vraag is. Het begin is een rommeltje."
SINCE = "Twee projectleden kwamen niet opdagen."
FIRST = {
    "opening": {
        "stuck": "Dat ik zelf mag bepalen wat ik vertel.",
        "practised": "Nog niets.",
        "happened": "De directeur belde.",
        "wanted": "Overzicht.",
    },
    "notes": {
        "goal": "Weggaan met een zin die zegt wat er aan de hand is.",
        "reality": "Vijf mensen, vier vergaderingen, drie versies.",
        "options": "Een ochtend dichtzetten, of met ieder apart koffie drinken.",
        "will": "Woensdagochtend dicht, vanaf volgende week.",
        "again": "Later bijgesteld: en een ding voor deze week.",
    },
    "private": "Praat over het project zonder mensen erin. Niet gaan meedenken over de planning.",
    "closing": {"yield": "Half-half is van mezelf.", "way_of_working": "Wennen aan de stiltes."},
    "action": {"text": "Woensdagochtend vrijhouden voor het project", "due_on": date(2026, 10, 15)},
}
SECOND_QUESTION = "Twee projectleden leveren niets. Hoe krijg ik ze mee?"
SECOND = {
    "opening": {"practised": "Met drie mensen koffie gedronken.", "wanted": "Geen ruzie met hun chefs."},
    "notes": {
        "goal": "Een voorbereid gesprek met een van de chefs.",
        "reality": "Wat die chef zelf wil, weet hij niet.",
        "options": "Een kaart van wie iets wil en wie iets vreest.",
        "will": "Bellen om te luisteren.",
        "again": "Niet om te vragen.",
    },
    "private": "Hij ging uit zichzelf naar wat anderen willen.",
    "closing": {"yield": "Vijf mensen die ik nog nooit sprak.", "way_of_working": "Tekenen helpt."},
    "action": {"text": "Een kaart van belangen maken", "due_on": date(2026, 11, 5)},
}
REFLECTION = "Ik klaag over een team dat ik nog niets heb gevraagd."
LEARNT = "Twee van de drie keer lukt het."

REPORT = {
    "brought": "Ik vraag eerst wat iemand nodig heeft.",
    "goals": "Het plan is getekend door alle zes.",
    "unexpected": "Het team koos een kleinere proef dan de mijne, en een betere.",
    "other_causes": "De Kamer stelde vragen; dat hielp ook.",
    "goes_on": "Mijn woensdag blijft dicht.",
}
COACH_REPORT = {
    "seen": "Je ging van trekken naar vragen.",
    "helped": "De kaart hielp, mijn stiltes in het begin niet.",
    "other_causes": "De druk van buiten werd kleiner.",
    "goes_on": "Niets meer van mij.",
}
RESULT = {
    "text": "Het plan is door zes partijen getekend",
    "intended": "yes",
    "expected": "yes",
    "matters_to": "both",
    "observable": "yes",
    "explained": "Het getekende plan.",
}
EXTRA = {
    "text": "Het team leidt zelf het projectoverleg",
    "intended": "no",
    "expected": "no",
    "matters_to": "organisation",
    "observable": "yes",
    "explained": "De verslagen van het overleg.",
}
