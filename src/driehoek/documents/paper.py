"""The shape of what can be printed. All words come translated; the templates hold none of their own."""

from typing import Literal, NotRequired, TypedDict

Text = str
RoleCode = str  # coachee, coach, consultant, manager or sponsor: decides shape, colour and place


class Marked(TypedDict):
    """A cell that is more than text: what a person said, what matters, or who sees it."""

    text: Text
    said: NotRequired[bool]
    strong: NotRequired[bool]
    roles: NotRequired[list[RoleCode]]  # draws the triangle with these corners filled


Cell = Text | Marked


class Fact(TypedDict):
    label: Text
    value: Cell


class Answer(TypedDict):
    """One of the three answers, that are never mixed."""

    question: Text
    answer: Text
    mark: Literal["yes", "half", "no", "unknown"]
    text: Text
    facts: NotRequired[Text]


class Words(TypedDict):
    """`kind` text, note and heading: the software's words. Said: a person's, in serif, with their name."""

    kind: Literal["text", "said", "note", "heading"]
    text: Text
    by: NotRequired[Text]
    above: NotRequired[Text]  # of what was said: whose words these are, above them instead of below
    role_code: NotRequired[RoleCode]
    label: NotRequired[Text]  # of a note: what stands above the reason
    reason: NotRequired[Text]  # of a note: what a person said to it
    part: NotRequired[Text]  # of a heading: which clause it is, for a page


class Items(TypedDict):
    kind: Literal["list", "facts", "answers", "sayings"]  # sayings: words of people who are not named
    items: list[Cell] | list[Fact] | list[Answer]


class Chart(TypedDict):
    """A chart as `kit.charts.as_block` writes it down: strings, drawn when it is printed."""

    kind: Literal["chart"]
    chart: Literal["series", "levels", "ranges", "views", "shifts"]
    language: Text
    finding: Text
    caption: Text


class Table(TypedDict):
    kind: Literal["table"]
    head: list[Text]
    rows: list[list[Cell]]
    widths: NotRequired[list[int]]  # shares of the width, one per column
    right: NotRequired[list[int]]  # columns (from 0) that are set to the right, such as amounts


class Sees(TypedDict):
    roles: list[RoleCode]
    text: Text


class Whole(TypedDict):
    """Blocks that stay on one page together, unless they are longer than one."""

    kind: Literal["whole"]
    blocks: list[Words | Items | Table | Chart]


class Section(TypedDict):
    heading: Text
    sees: NotRequired[Sees]
    whole: NotRequired[bool]  # stays on one page, its heading included
    blocks: list[Words | Items | Table | Chart | Whole]


class Party(TypedDict):
    role_code: RoleCode
    role_word: Text
    name: Text
    organisation: NotRequired[Text]


class Signature(TypedDict):
    role_code: RoleCode
    name: Text
    capacity: Text
    signed_at: Text  # empty: not signed yet
    sentence: NotRequired[Text]
    method: NotRequired[Text]


class Evidence(TypedDict):
    """The last page, of its own: the whole fingerprint above `computed`, who signed, and the blocks."""

    heading: Text
    computed: Text
    signers_heading: Text
    signers: list[Signature]
    blocks: list[Words | Items | Table | Chart]


class Labels(TypedDict):
    page: Text  # "{page} of {pages}"
    fingerprint: NotRequired[Text]
    fingerprint_note: NotRequired[Text]
    check: NotRequired[Text]  # of a report: where to ask whether the file is unaltered
    draft: NotRequired[Text]
    signatures: NotRequired[Text]
    not_signed: NotRequired[Text]


class Paper(TypedDict):
    brand: Text
    stamp: Text
    title: Text
    lede: NotRequired[Text]
    subtitle: NotRequired[Text]
    words: Labels
    footer: Text
    version_label: Text
    draft: NotRequired[bool]
    fingerprint: NotRequired[Text]  # the whole of it; pages show the part that people compare
    parties: NotRequired[list[Party]]
    facts: NotRequired[list[Fact]]
    sections: list[Section]
    signatures: NotRequired[list[Signature]]
    evidence: NotRequired[Evidence | None]
