"""Saying what one would rather read in the draft, and settling it. Nothing is offered while one is open."""

from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Role
from driehoek.agreements.actions.desk import draft_of, open_for_changes
from driehoek.agreements.actions.draft import save_draft
from driehoek.agreements.models import Comment
from driehoek.agreements.queries.comments import page_of, parts_of
from driehoek.agreements.queries.draft import clause_texts
from driehoek.engagements.actions import whose_letter
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.models import Person

MOST_OPEN: Final = 50
Outcome = Comment.Outcome


@transaction.atomic
def comment(engagement: Engagement, *, by: Person, part: str, text: str = "", proposal: str = "") -> Comment:
    """Say something about a part of the draft, or propose another text for a clause. Twice is once.

    Who can offer the agreement hears by mail that there is something to read.
    """
    held = open_for_changes(engagement)
    clauses, now = dict(parts_of(held)), clause_texts(draft_of(held)).get(part, "")
    if part not in clauses:
        raise Refused("part", _("Choose the part that you mean."))
    text, proposal = text.strip(), _plain(proposal)
    proposal = "" if proposal == _plain(now) or page_of(held, part) is None else proposal
    if not text and not proposal:
        raise Refused("text", _("Say what you mean, or change the text."))
    mine = held.comments.filter(written_by=by, part=part, outcome=Outcome.OPEN)
    for there in mine:
        if (there.text, there.proposal) == (text, proposal):
            return there
    if held.comments.filter(outcome=Outcome.OPEN).count() >= MOST_OPEN:
        raise Refused("text", _("There are fifty open comments. Settle some of them first."))
    role = next(role for role in Role if role in held.roles_of(by))
    written = Comment(engagement=held, part=part, text=text, proposal=proposal, role=role, written_by=by)
    written.before, written.written_at = (now if proposal else ""), clock.now()
    written.save(force_insert=True)
    _tell(held, written)
    return written


@transaction.atomic
def take_over(comment: Comment, *, by: Person) -> Comment:
    """Put the proposed text in the draft. Refuses without one, and when the clause changed meanwhile."""
    held = _hold(comment)
    if not held.is_open:
        return held
    page = page_of(held.engagement, held.part)
    if not held.proposal or page is None:
        raise Refused(None, _("No other text was proposed. Answer it in words."))
    if clause_texts(draft_of(held.engagement)).get(held.part, "") != held.before:
        raise Refused(
            None, _("This clause was changed since. Put the words in yourself, or answer the comment.")
        )
    save_draft(held.engagement, by=by, part=page, clauses={held.part: held.proposal})
    return _settle(held, by=by, outcome=Outcome.TAKEN_OVER)


@transaction.atomic
def answer_comment(comment: Comment, *, by: Person, answer: str) -> Comment:
    """Settle a comment in words, for all to read. Answering what is settled already does nothing."""
    held = _hold(comment)
    if not held.is_open:
        return held
    if not answer.strip():
        raise Refused("answer", _("Write what you do with it, and why."))
    held.answer = answer.strip()
    return _settle(held, by=by, outcome=Outcome.ANSWERED)


@transaction.atomic
def withdraw_comment(comment: Comment, *, by: Person) -> Comment:
    """Take one's own comment back. Twice does no harm. Refuses somebody else's."""
    held = _hold(comment)
    if held.written_by_id != by.pk:
        raise Refused(None, _("Only who wrote a comment takes it back."))
    return _settle(held, by=by, outcome=Outcome.WITHDRAWN) if held.is_open else held


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _hold(comment: Comment) -> Comment:
    engagement = open_for_changes(comment.engagement)
    held = Comment.objects.select_for_update().get(pk=comment.pk)
    held.engagement = engagement
    return held


def _settle(held: Comment, *, by: Person, outcome: Outcome) -> Comment:
    held.outcome, held.settled_by, held.settled_at = outcome, by, clock.now()
    held.save(update_fields=["outcome", "answer", "settled_by", "settled_at"])
    return held


def _tell(engagement: Engagement, comment: Comment) -> None:
    link = f"{settings.BASE_URL}{reverse('agreements:comments', args=[engagement.pk])}"
    settling = POLICY[Permission.OFFER_AGREEMENT].roles
    for party in engagement.parties_in_order:
        if party.role_ in settling and party.accepted_at and party.person_id != comment.written_by_id:
            whose = engagement.party(Role.COACHEE) or engagement.party(Role.SPONSOR) or party
            facts = whose_letter(whose.person, to=party.person) | {"asked": "read_comment", "link": link}
            post(
                party.person.email,
                template="your_turn",
                facts=facts,
                language=party.person.language,
                key=f"comment:{comment.pk}:{party.pk}",
                house=engagement.organisation_id,
            )
