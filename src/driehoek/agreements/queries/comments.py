"""What was said about the draft, and what of it is still open."""

from dataclasses import dataclass

from driehoek.agreements.models import Comment
from driehoek.agreements.queries.changes import Piece, word_by_word
from driehoek.agreements.queries.clauses import title_of
from driehoek.agreements.queries.draft import GROUP_PAGES, clauses_here
from driehoek.agreements.wording import OUTCOME_WORDS, PART_WORDS
from driehoek.engagements.models import Engagement
from driehoek.kit.addresses import reverse

_PLACES = {
    "expectations": "agreements:expectations",
    "goals": "agreements:goals",
    "days": "agreements:practical",
    "disclosure": "agreements:disclosure",
    "otherwise": "agreements:index",
}


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment as the page shows it, with the proposed text beside the one it was written about."""

    comment: Comment
    part: str
    outcome: str
    url: str
    was: list[Piece]
    becomes: list[Piece]


def parts_of(engagement: Engagement) -> list[tuple[str, str]]:
    """What one can comment on: every clause and the parts that are no clause. No queries with parties."""
    clauses = [(one.id, one.title) for one in clauses_here(engagement)]
    return [*((part, str(words)) for part, words in PART_WORDS.items()), *clauses]


def page_of(engagement: Engagement, part: str) -> str | None:
    """The page on which this clause is written; None for a part that is no clause."""
    groups = {one.id: one.group for one in clauses_here(engagement)}
    return GROUP_PAGES[groups[part]] if part in groups else None


def comments_on(engagement: Engagement) -> list[CommentShown]:
    """Everything that was said about the draft, what is open first: 1 query."""
    found = engagement.comments.select_related("written_by", "settled_by")
    return [_shown(engagement, one) for one in sorted(found, key=lambda one: not one.is_open)]


def _shown(engagement: Engagement, comment: Comment) -> CommentShown:
    was, becomes = word_by_word(comment.before, comment.proposal) if comment.proposal else ([], [])
    return CommentShown(
        comment,
        str(PART_WORDS.get(comment.part) or title_of(comment.part)),
        str(OUTCOME_WORDS[Comment.Outcome(comment.outcome)]),
        place_of_part(engagement, comment.part),
        was,
        becomes,
    )


def place_of_part(engagement: Engagement, part: str) -> str:
    """Where this part of the draft is written."""
    name = _PLACES.get(part) or page_of(engagement, part) or "agreements:index"
    return reverse(name, args=[engagement.pk]) + ("" if part in _PLACES else f"#id_{part}")
