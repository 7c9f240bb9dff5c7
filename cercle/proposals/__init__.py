"""Proposals: decisions that act. Build them from what is meant, read any of them back in words.

Usage example::

    draft = proposals.draft_of([proposals.build.accept_admin(deployment)], "Take over.")
    call = proposals.acts.propose(deployment, draft.reserved_for(account))
    for said in proposals.say(deployment, draft):
        print(said.text)
"""

from . import acts, build
from .draft import Action, BadProposal, Draft, draft_of
from .history import Course, Made, made
from .say import Said, say

__all__ = [
    "Action",
    "BadProposal",
    "Course",
    "Draft",
    "Made",
    "Said",
    "acts",
    "build",
    "draft_of",
    "made",
    "say",
]
