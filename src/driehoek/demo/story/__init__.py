"""Playing a case: every step is an action of a room, taken by the person who would take it, on its day."""

from django.db import transaction
from django.utils.translation import override

from driehoek.demo.case import Case
from driehoek.demo.story.agreeing import agree
from driehoek.demo.story.blending import blend
from driehoek.demo.story.closing import close
from driehoek.demo.story.preparing import prepare
from driehoek.demo.story.trying import try_out
from driehoek.demo.story.working import work
from driehoek.engagements.models import Engagement
from driehoek.vault import keys


@transaction.atomic
def play(case: Case) -> Engagement:
    """Play the case as far as it has come by today, in Dutch. All or nothing."""
    with override("nl"):
        engagement = prepare(case)
        keys.warm([engagement.data_key] if engagement.data_key else [])
        if agree(case, engagement):
            work(case, engagement)
            blend(case, engagement)
            close(case, engagement)
        try_out(case)
    return Engagement.objects.get(pk=engagement.pk)
