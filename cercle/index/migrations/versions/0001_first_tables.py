"""The first tables: who, what was read, blocks, subjects, and each event as of that day."""

from alembic import op
from sqlalchemy import MetaData

from cercle.index.tables import event_table, fixed_tables

revision = "0001"
down_revision = None

# table: column ABI-type, with a star where it is in the topics. Never changed afterwards: what
# is new comes with a new revision, and whoever changes the builders copies the old ones here.
EVENTS = """
charter_admin_handed_over: old_admin address*, new_admin address*
charter_admin_offered: admin address*, candidate address*
charter_charter_sealed: entries uint256
charter_company_id_set: company_id uint256
charter_daouri_update: dao_address address, dao_uri string
charter_domain_changed: old_hash bytes32, new_hash bytes32
charter_entry_replaced: name bytes32*, old_contract address*, new_contract address*, has_retired
    bool
charter_entry_set: name bytes32*, contract address*, codehash bytes32
charter_pause_ended: name bytes32*, warden address*
charter_pause_started: name bytes32*, warden address*, until uint256
charter_profile_changed: old_hash bytes32, new_hash bytes32
charter_replacement_announced: name bytes32*, old_contract address*, new_contract address*,
    old_codehash bytes32, new_codehash bytes32, effective_at uint256
charter_replacement_cancelled: name bytes32*, new_contract address*
charter_roles_given: account address*, roles uint256
charter_roles_taken: account address*, roles uint256
charter_warden_term_extended: old_until uint256, new_until uint256
electorate_delegate_changed: delegator address*, from_delegate address*, to_delegate address*
electorate_delegate_votes_changed: delegate address*, previous_votes uint256, new_votes uint256
electorate_delegation_expiry_set: delegator address*, expires_at uint256
electorate_membership_bound: membership address*
electorate_nonce_used: account address*, nonce uint256
electorate_units_refreshed: member_no uint256*, old_units uint256, new_units uint256
membership_halted: until uint256
membership_member_joined: member_no uint256*, passport_id uint256*, way uint256, counts_from
    uint256
membership_member_left: member_no uint256*, passport_id uint256*
membership_nonce_used: account address*, nonce uint256
membership_retired:
membership_standing_credited: credits uint256[]
membership_standing_debited: passport_id uint256*, amount uint256
membership_tiers_changed: old_thresholds uint256[], new_thresholds uint256[]
passkey_account_executed: target address*, nonce uint256, amount uint256
passkey_account_received: sender address*, amount uint256
passkey_factory_account_created: account address*, credential_hash bytes32*, x uint256, y uint256,
    rp_id_hash bytes32
passport_locked: token_id uint256
passport_main_wallet_changed: passport_id uint256*, old_wallet address*, new_wallet address*
passport_nonce_used: account address*, nonce uint256
passport_transfer: sender address*, receiver address*, token_id uint256*
passport_wallet_linked: passport_id uint256*, wallet address*
passport_wallet_unlinked: passport_id uint256*, wallet address*
perks_claim_cancelled: claim_id uint256*, by address*, refund uint256
perks_claim_fulfilled: claim_id uint256*, by address*, evidence bytes32
perks_claim_missed: claim_id uint256*, by address*, refund uint256
perks_halted: until uint256
perks_perk_claimed: perk_id uint256*, member_no uint256*, claim_id uint256, wallet address,
    variant uint256, serial uint256, order_hash bytes32
perks_perk_closed: perk_id uint256*, closes_at uint256
perks_perk_opened: perk_id uint256*, steward address*, content_hash bytes32, terms tuple, stock
    uint256[]
perks_retired:
perks_stock_added: perk_id uint256*, variant uint256, amount uint256
points_approval: owner address*, spender address*, value uint256
points_contract_recognised: name bytes32*, contract address*, rights uint256
points_expiry_period_raised: old_period uint256, new_period uint256
points_face_value_raised: old_value uint256, new_value uint256
points_halted: until uint256
points_holder_frozen: holder address*
points_holder_thawed: holder address*
points_points_expired: holder address*, amount uint256
points_points_pulled: old_wallet address*, new_wallet address*, amount uint256
points_retired:
points_rights_lost: name bytes32*, contract address*, rights uint256
points_transfer: sender address*, receiver address*, value uint256
polls_ballot_cast: poll_id uint256*, member_no uint256*, old_options uint256, new_options uint256,
    sequence uint256
polls_ballot_skipped: poll_id uint256*, voter address*, index uint256, why uint256
polls_halted: until uint256
polls_poll_opened: poll_id uint256*, steward address*, content_hash bytes32, kind uint256,
    option_count uint256, snapshot uint256, closes_at uint256
polls_poll_withdrawn: poll_id uint256*
polls_retired:
profile_attestation_revoked: world bytes32*, reference bytes32*, passport_id uint256*
profile_avatar_removed: passport_id uint256*, world bytes32*, reference bytes32*
profile_avatar_set: passport_id uint256*, world bytes32*, reference bytes32*, kind uint256, token
    address, token_id uint256
profile_collection_changed: world bytes32*, token address*, is_recognised bool
profile_nonce_used: account address*, nonce uint256
profile_profile_set: passport_id uint256*, old_content bytes32, new_content bytes32
profile_world_handed_over: world bytes32*, old_controller address*, new_controller address*
profile_world_key_changed: world bytes32*, old_key address, new_key address
profile_world_offered: world bytes32*, controller address*, candidate address*
profile_world_registered: world bytes32*, controller address*, key address, name string
rewards_award_reversed: batch_id uint256*, index uint256, account address*, points uint256,
    standing uint256
rewards_award_skipped: batch_id uint256*, index uint256, account address*, reason uint256
rewards_batch_awarded: batch_id uint256*, issuer address*, awards_hash bytes32, points uint256,
    standing uint256
rewards_budget_changed: old_budget uint256, new_budget uint256, effective_from uint256
rewards_halted: until uint256
rewards_retired:
"""


def upgrade() -> None:
    metadata = MetaData()
    fixed_tables(metadata)
    for line in EVENTS.replace("\n    ", " ").strip().splitlines():
        name, _, fields = line.partition(":")
        columns = [one.strip().partition(" ") for one in fields.split(",") if one.strip()]
        event_table(
            metadata,
            name,
            [(column, kind.rstrip("*"), kind.endswith("*")) for column, _, kind in columns],
        )
    metadata.create_all(op.get_bind(), checkfirst=False)
