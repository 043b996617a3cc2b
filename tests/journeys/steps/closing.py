"""Looking back: reports, the ledger, what is released, and the end."""

import io
from collections.abc import Mapping, Sequence

from pypdf import PdfReader

from tests.journeys.walker import Walker


def begin_closing(coach: Walker, engagement: str) -> None:
    """From here on everybody looks back."""
    coach.go(f"{engagement}results/begin/").press("Begin the closing")


def write_report(author: Walker, engagement: str, role: str, sections: Mapping[str, str]) -> None:
    """Keep it unfinished first, then hand it in."""
    author.go(f"{engagement}results/reports/{role}/").fill(**sections).press("Keep, not finished yet")
    author.go(f"{engagement}results/reports/{role}/").press("Keep and hand in").reads(*sections.values())


def add_result(author: Walker, engagement: str, **row: str) -> None:
    """One row of the ledger."""
    author.go(f"{engagement}results/ledger/add/").fill(**row).press("Put it in the ledger")
    author.reads(row["text"])


def give_view(party: Walker, path: str, text: str, view: str, remark: str = "") -> None:
    """The own view on one result, on the ledger or on what was released."""
    party.go(path)
    row = party.page.locator(".ledger > *, main li.row").filter(has_text=text)
    with party.page.expect_navigation():
        row.locator("a").first.click()
    party.arrive().fill(view=view, remark=remark).press("Keep my view")


def release(coachee: Walker, engagement: str, receiver: str, items: Sequence[str]) -> str:
    """Choose, look at exactly what the receiver will read, and release that; says what was shown."""
    coachee.go(f"{engagement}results/release/").fill(receiver=receiver, items=list(items))
    coachee.press("Look at it first")
    shown = _document(coachee)
    with coachee.page.expect_navigation():
        coachee.page.locator("button[name=release]").click()
    coachee.arrive()
    assert _document(coachee) == shown
    return shown


def read_released(receiver: Walker, engagement: str) -> str:
    """What the receiver reads on the page, and whether the PDF says the same."""
    receiver.go(f"{engagement}results/received/").follow("Closing report").reads("Save as PDF")
    address = receiver.page.get_by_role("link", name=receiver.say("Save as PDF")).get_attribute("href")
    answer = receiver.context.request.get(f"{receiver.site}{address}")
    assert answer.status == 200
    printed = _letters("".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages))
    read = _document(receiver)
    for line in receiver.page.locator(".paper p.said, .paper h2").all_inner_texts():
        assert _letters(line) in printed, f"{line!r} is not in the PDF"
    return read


def end(coach: Walker, engagement: str) -> None:
    """Close it, with or without the organisation taking part in the closing talk."""
    coach.go(f"{engagement}results/close/").press("Close the engagement")
    assert coach.here == engagement


def _document(walker: Walker) -> str:
    """The words of the document, without the line that says when it was released."""
    sections = walker.page.locator(".paper section, .paper footer").all_inner_texts()
    return "\n".join(" ".join(text.split()) for text in sections)


def _letters(text: str) -> str:
    """Only letters and digits: paper breaks lines and words where the screen does not."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
