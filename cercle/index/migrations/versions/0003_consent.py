"""The four books of consent: each event as of that day."""

from alembic import op
from sqlalchemy import MetaData

from cercle.index.tables import event_table

revision = "0003"
down_revision = "0002"

# As in 0001: never changed afterwards.
EVENTS = """
consent_agent_set: company_id uint256*, old_agent address*, new_agent address*
consent_company_denied: passport_id uint256*, company_id uint256*, is_denied bool
consent_company_described: company_id uint256*, hpke_key bytes32, uri string
consent_company_registered: company_id uint256*, controller address*
consent_consent_given: passport_id uint256*, company_id uint256*, purpose uint256*, grant uint256,
    record_hash bytes32
consent_consent_refused: passport_id uint256*, company_id uint256*, purpose uint256*
consent_consent_requested: passport_id uint256*, company_id uint256*, purpose uint256*, categories
    uint256
consent_consent_withdrawn: passport_id uint256*, company_id uint256*, purpose uint256*
consent_controller_changed: company_id uint256*, old_controller address*, new_controller address*
consent_controller_offered: company_id uint256*, candidate address*
consent_end_noted: passport_id uint256*, company_id uint256*, purpose uint256*, ended_at uint256
consent_everything_withdrawn: passport_id uint256*
consent_nonce_used: account address*, nonce uint256
consent_notice_ended: company_id uint256*, purpose uint256*, version uint256
consent_notice_published: company_id uint256*, purpose uint256*, version uint256, categories
    uint256, content_hash bytes32
consent_purpose_denied: passport_id uint256*, purpose uint256*, is_denied bool
decisions_decision_committed: decision_id uint256*, company_id uint256*, passport_id uint256*,
    commitment bytes32
decisions_decision_opened: decision_id uint256*, company_id uint256*, passport_id uint256*, rule
    bytes32, inputs bytes32, outcome bytes32, counterfactual bytes32, secret bytes32, is_late bool
decisions_opening_demanded: decision_id uint256*, company_id uint256*, passport_id uint256*,
    due_at uint256
decisions_silence_marked: decision_id uint256*, company_id uint256*, passport_id uint256*
records_category_erased: passport_id uint256*, category uint256*, version uint256
records_category_moved: passport_id uint256*, category uint256*, version uint256, commitment
    bytes32
records_custodians_set: passport_id uint256*, custodians address[]
records_move_acknowledged: passport_id uint256*, company_id uint256*, category uint256*, purpose
    uint256, version uint256
records_nonce_used: account address*, nonce uint256
records_shred_certified: passport_id uint256*, custodian address*, category uint256*, version
    uint256, certificate_hash bytes32
vault_access_requested: passport_id uint256*, company_id uint256*, order_hash bytes32*, purpose
    uint256, category uint256, issued_at uint256, read uint256, price uint256
vault_bond_set: company_id uint256*, old_bond uint256, new_bond uint256, since uint256
vault_deletion_attested: passport_id uint256*, company_id uint256*, purpose uint256*,
    certificate_hash bytes32, bond uint256
vault_deletion_overdue: passport_id uint256*, company_id uint256*, purpose uint256*, bond uint256
vault_funds_deposited: company_id uint256*, payer address*, amount uint256
vault_funds_withdrawn: company_id uint256*, payee address*, amount uint256
vault_income_collected: account uint256*, payee uint256*, amount uint256
vault_income_credited: account uint256*, amount uint256
vault_nonce_used: account address*, nonce uint256
vault_price_set: passport_id uint256*, purpose uint256*, category uint256*, old_price uint256,
    new_price uint256
vault_shares_set: account uint256*, month uint256, shares tuple[]
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
