"""Goals, drafts, versions and signatures."""

from driehoek.agreements.models.draft import Comment, Deliverable, Draft
from driehoek.agreements.models.goals import Criterion, Goal
from driehoek.agreements.models.versions import SealedCopy, Signature, Version

__all__ = ["Comment", "Criterion", "Deliverable", "Draft", "Goal", "SealedCopy", "Signature", "Version"]
