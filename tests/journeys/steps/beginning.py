"""From the first question to answers side by side."""

from collections.abc import Mapping, Sequence
from datetime import date

from tests.journeys.walker import Walker


def choose_route(visitor: Walker, problem: str, answers: Sequence[str]) -> None:
    """From the front page, one question a screen, to the outcome."""
    visitor.go("/").fill(problem=problem).press("Start with this question")
    for number, answer in enumerate(answers, start=1):
        visitor.fill(answer=answer).press("Next" if number < len(answers) else "To the outcome")
    assert visitor.here == "/route/result/"
    visitor.reads("What would turn this around", "Arrange this first", problem)


def found_practice(coach: Walker, link: str, organisation: str) -> None:
    """By the one-time link of an empty installation."""
    coach.go(link).fill(name=coach.name, email=coach.email, organisation_name=organisation).press("Begin")
    assert coach.here == "/today/"


def sign_in(walker: Walker) -> None:
    """With the code from the mail, from wherever the sign-in page stands."""
    if "/sign-in/" not in walker.here:
        walker.go("/sign-in/")
    walker.fill(email=walker.email).press("Send me a code")
    type_code(walker)


def type_code(walker: Walker) -> None:
    assert walker.here == "/sign-in/code/"
    walker.fill(code=walker.post.code(walker.email)).press("Sign in")


def begin_engagement(coach: Walker, title: str, *, occasion: str) -> str:
    """Through the form; says where the engagement lives."""
    coach.go("/engagements/new/").fill(title=title, shape="coaching", role="coach", occasion=occasion)
    coach.press("Begin")
    assert coach.here.endswith("/parties/")
    return coach.engagement


def invite(coach: Walker, engagement: str, role: str, guest: Walker, *, organisation: str = "") -> None:
    """By mail, in the guest's own language."""
    coach.go(f"{engagement}parties/")
    place = coach.page.locator(f"section[aria-labelledby=place-{role}]")
    place.locator("summary").click()
    typed = {
        "name": guest.name,
        "email": guest.email,
        "organisation_name": organisation,
        "language": guest.language,
    }
    coach.fill(**{f"{role}-{name}": value for name, value in typed.items()})
    with coach.page.expect_navigation():
        place.get_by_role("button", name=coach.say("Send the invitation")).click()
    coach.reads("The invitation is on its way to %(name)s.", name=guest.name)


def accept(guest: Walker, engagement: str) -> None:
    """Open the link in the letter, prove the address with a code, read, and say yes."""
    guest.go(guest.post.link(guest.email, "/invitation/")).press("Go on")
    type_code(guest)
    guest.reads("What you will see, and what not").fill(name=guest.name).press("Yes, I take part")
    assert guest.here == engagement


def get_acquainted(
    coachee: Walker, coach: Walker, engagement: str, *, on: date, points: Mapping[str, str]
) -> None:
    """The first conversation with its three points: one begins, the other finishes."""
    first, *rest = points.items()
    coachee.go(f"{engagement}intake/acquaintance/").fill(**dict([first])).press("Keep")
    coach.go(f"{engagement}intake/acquaintance/")
    assert coach.page.locator(f"[name={first[0]}]").input_value() == first[1]
    coach.fill(**dict(rest), met_on=on, goes_on="yes").press("Keep")


def answer_six_questions(party: Walker, engagement: str, answers: Sequence[Sequence[str]]) -> None:
    """Each question on its own screen, alone; then read over and hand in."""
    party.go(f"{engagement}intake/questions/").take_next_step()
    for number, texts in enumerate(answers, start=1):
        fields = party.fields()
        assert len(fields) == len(texts), f"question {number} has {fields}"
        party.fill(**dict(zip(fields, texts, strict=True)))
        party.press("Keep and read over" if number == 6 else "Keep, next question")
    party.reads(*answers[0]).press("Hand in my answers")


def lay_side_by_side(
    party: Walker, engagement: str, others: Sequence[Sequence[Sequence[str]]], *, differs: bool = True
) -> None:
    """Everybody's answers on one page, with the differences marked."""
    party.go(f"{engagement}intake/compare/")
    party.reads(*(texts[0] for answers in others for texts in answers))
    assert bool(party.page.locator("main mark").count()) is differs
