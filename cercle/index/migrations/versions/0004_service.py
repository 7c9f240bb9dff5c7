"""Price lists and agreements: each event as of that day."""

from alembic import op
from sqlalchemy import MetaData

from cercle.index.tables import event_table

revision = "0004"
down_revision = "0003"

# As in 0001: never changed afterwards.
EVENTS = """
agreements_agreement_ended: agreement_id uint256*, by address*, ends_at uint256, is_at_once bool
agreements_agreement_opened: agreement_id uint256*, passport_id uint256*, list_id uint256*,
    revision uint256, periods uint256, total_cap uint256, terms tuple
agreements_agreement_stopped: agreement_id uint256*, period uint256, use uint256, price uint256
agreements_earnings_collected: list_id uint256*, payee address*, amount uint256
agreements_escrow_paid: agreement_id uint256*, payer address*, amount uint256
agreements_escrow_withdrawn: agreement_id uint256*, payee address*, amount uint256
agreements_limit_neared: agreement_id uint256*, period uint256, percent uint256
agreements_nonce_used: account address*, nonce uint256
agreements_period_closed: agreement_id uint256*, period uint256, use uint256, price uint256,
    credit uint256, charge uint256
agreements_plan_switched: agreement_id uint256*, period uint256, old_plan uint256, new_plan
    uint256
agreements_reading_settled: agreement_id uint256*, sequence uint256, read_at uint256, register
    uint256, period uint256, use uint256, outage uint256, rung uint256, price uint256, less_use
    uint256, less_price uint256, prices uint256[6]
agreements_reading_uncounted: agreement_id uint256*, sequence uint256, read_at uint256, register
    uint256
agreements_silence_closed: agreement_id uint256*, first uint256, periods uint256, charge uint256
agreements_terms_improved: agreement_id uint256*, revision uint256, terms tuple
agreements_terms_worsened: agreement_id uint256*, revision uint256
agreements_went_on: agreement_id uint256*, period uint256, limit uint256, period_cap uint256
price_lists_meter_registered: meter address*, company_id uint256*, content_hash bytes32
price_lists_nonce_used: account address*, nonce uint256
price_lists_plan_published: list_id uint256*, plan_id uint256*, passport_id uint256*, revision
    uint256, plan tuple, content_hash bytes32
price_lists_plan_withdrawn: list_id uint256*, plan_id uint256*, revision uint256
price_lists_price_list_opened: list_id uint256*, company_id uint256*, token address*, operator_id
    uint256, period uint256, grace uint256, outage_factor uint256, content_hash bytes32
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
