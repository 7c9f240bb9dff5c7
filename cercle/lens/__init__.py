"""What each page shows, read in one batch (or two, where one answer asks for the next).

Usage example::

    view = lens.card(chain, deployment, account)
    print(view.points, view.tier)
"""

from .attack_view import attacks
from .brand_view import brand
from .card_view import card
from .consent_view import company, consents, notices
from .data_views import decisions, income, moves
from .delegation_views import delegates, delegation
from .perk_views import perks
from .poll_views import polls
from .profile_view import member_of_avatar, profile, world
from .proposal_views import proposals
from .rounds import Part
from .treasury_view import season_end, treasury

__all__ = [
    "Part",
    "attacks",
    "brand",
    "card",
    "company",
    "consents",
    "decisions",
    "delegates",
    "delegation",
    "income",
    "member_of_avatar",
    "moves",
    "notices",
    "perks",
    "polls",
    "profile",
    "proposals",
    "season_end",
    "treasury",
    "world",
]
