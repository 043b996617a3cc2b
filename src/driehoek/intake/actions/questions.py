"""Answering the six questions, each for oneself."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.engagements.actions import take_hold
from driehoek.engagements.models import Engagement
from driehoek.intake.actions.telling import ask_to_answer
from driehoek.intake.models import IntakeForm
from driehoek.intake.queries.marks import merge
from driehoek.intake.queries.questions import Voice, all_handed_in, voice_of, voices
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.people.models import Person


@transaction.atomic
def keep_answers(
    engagement: Engagement, *, by: Person, texts: dict[str, str], opened: str = ""
) -> IntakeForm:
    """Keep the texts of one question as a draft.

    Refuses once handed in. Raises Conflict when the same text was changed in another window.
    """
    form = _form(engagement, by)
    if form.handed_in_at:
        raise Refused(None, _("You have handed in your answers. Take them back first, then change them."))
    answers = json.loads(form.answers or "{}")
    merged = merge(texts, {key: answers.get(key, "") for key in texts}, opened)
    if merged.clashes:
        key, theirs = next(iter(merged.clashes.items()))
        message = _("You wrote this in another window too. Both versions are here.")
        raise Conflict(key, message, theirs=theirs, revision=form.revision)
    form.answers = json.dumps(answers | dict(merged.kept))
    form.revision, form.changed_at = form.revision + 1, clock.now()
    form.save()
    return form


@transaction.atomic
def hand_in(engagement: Engagement, *, by: Person) -> IntakeForm:
    """Hand in what was written; when everyone has, the answers are laid side by side for good.

    Refuses an empty form. Handing in twice is the same as once.
    """
    form = _form(engagement, by)
    if not any(json.loads(form.answers or "{}").values()):
        raise Refused(None, _("Nothing is written yet. Answer at least one question before you hand in."))
    if not form.handed_in_at:
        form.handed_in_at = clock.now()
        form.save(update_fields=["handed_in_at"])
    found = voices(engagement)
    if all_handed_in(found):
        _lay_open(found)
    ask_to_answer(engagement, by=by)
    return form


@transaction.atomic
def show_now(engagement: Engagement, *, by: Person) -> None:
    """Lay the answers that were handed in side by side without waiting for the others; twice is once.

    Refuses before `by` has handed in.
    """
    take_hold(engagement)
    found = voices(engagement)
    mine = voice_of(found, by)
    if mine is None or not mine.handed_in:
        raise Refused(None, _("Hand in your own answers first. Then you can decide not to wait."))
    _lay_open([voice for voice in found if voice.handed_in])


@transaction.atomic
def reopen(engagement: Engagement, *, by: Person) -> IntakeForm:
    """Take back what was handed in, to change it. Refuses once the answers have been side by side."""
    form = _form(engagement, by)
    if form.shown_at:
        raise Refused(
            None, _("The answers lie open to all, so yours stay as they are. Talk about what changed.")
        )
    form.handed_in_at = None
    form.save(update_fields=["handed_in_at"])
    return form


def _lay_open(found: list[Voice]) -> None:
    parties = [voice.party for voice in found]
    IntakeForm.objects.filter(party__in=parties, shown_at=None).update(shown_at=clock.now())


def _form(engagement: Engagement, person: Person) -> IntakeForm:
    Engagement.objects.select_for_update().filter(pk=engagement.pk).first()
    voice = voice_of(voices(engagement), person)
    if voice is None or voice.is_invited:
        raise Refused(None, _("In this engagement you do not answer the six questions."))
    return voice.form or _first_form(engagement, voice)


def _first_form(engagement: Engagement, voice: Voice) -> IntakeForm:
    now = clock.now()
    return IntakeForm.objects.create(engagement=engagement, party=voice.party, changed_at=now)
