"""The Governor and its Guard: each event as of that day."""

from alembic import op
from sqlalchemy import MetaData

from cercle.index.tables import event_table

revision = "0002"
down_revision = "0001"

# As in 0001: never changed afterwards.
EVENTS = """
governor_ballot_skipped: proposal_id uint256*, voter address*, index uint256, why uint256
governor_proposal_canceled: proposal_id uint256
governor_proposal_classed: proposal_id uint256*, class_id uint256*
governor_proposal_created: proposal_id uint256, proposer address, targets address[], values
    uint256[], signatures string[], calldatas bytes[], vote_start uint256, vote_end uint256,
    description string
governor_proposal_executed: proposal_id uint256
governor_proposal_extended: proposal_id uint256*, extended_deadline uint64
governor_proposal_queued: proposal_id uint256, eta_seconds uint256
governor_proposal_vetoed: proposal_id uint256*, warden address*, reason string
governor_vote_cast: voter address*, proposal_id uint256, support uint8, weight uint256, reason
    string
governor_vote_cast_with_params: voter address*, proposal_id uint256, support uint8, weight
    uint256, reason string, params bytes
guard_assets_set: assets address[]
guard_code_pinned: target address*, code bytes32
guard_governor_bound: governor address*
guard_scope_set: class_id uint256*, target address*, selector bytes4*, cap uint256, amount_word
    uint256, is_allowed bool
guard_treasury_counted: season uint256*, asset address*, treasury uint256
guard_season_spent: season uint256*, class_id uint256*, asset address*, amount uint256, total
    uint256
guard_terms_set: class_id uint256*, version uint256, voting_delay uint256, voting_period uint256,
    late_extension uint256, queue_delay uint256, threshold uint256, quorum uint256, season_share
    uint256, is_bounded bool, is_vetoable bool
"""


def upgrade() -> None:
    metadata = MetaData()
    for line in EVENTS.replace("\n    ", " ").strip().splitlines():
        name, _, fields = line.partition(":")
        columns = [one.strip().partition(" ") for one in fields.split(",") if one.strip()]
        event_table(
            metadata,
            name,
            [(column, kind.rstrip("*"), kind.endswith("*")) for column, _, kind in columns],
        )
    metadata.create_all(op.get_bind(), checkfirst=False)
