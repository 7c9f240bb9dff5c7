"""Every act that is measured, by the name it has in the tables."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import (
    acts,
    agreement_acts,
    consent_acts,
    governor_acts,
    passkey_acts,
    signed_acts,
)
from benchmarks.acts import Measured
from benchmarks.town import Town

ACTS: dict[str, Callable[[Town], Measured]] = {
    "points_transfer": acts.points_transfer,
    "points_permit": acts.points_permit,
    "award_batch_100": acts.award_batch_100,
    "perk_claim": acts.perk_claim,
    "perk_claim_by_sig": signed_acts.perk_claim_by_sig,
    "perk_redeem": acts.perk_redeem,
    "poll_ballot": acts.poll_ballot,
    "poll_batch_100": signed_acts.poll_batch_100,
    "poll_batch_100_first": signed_acts.poll_batch_100_first,
    "passkey_vote": passkey_acts.passkey_vote,
    "propose": governor_acts.propose,
    "cast_vote": governor_acts.cast_vote,
    "cast_vote_history": governor_acts.cast_vote_history,
    "cast_vote_by_sig": governor_acts.cast_vote_by_sig,
    "ballot_batch_100": governor_acts.ballot_batch_100,
    "queue_execute": governor_acts.queue_execute,
    "consent_grant_first": consent_acts.consent_grant_first,
    "consent_grant_again": consent_acts.consent_grant_again,
    "consent_grant_by_sig_first": consent_acts.consent_grant_by_sig_first,
    "consent_grant_by_sig_again": consent_acts.consent_grant_by_sig_again,
    "withdraw_one": consent_acts.withdraw_one,
    "withdraw_all_1000": consent_acts.withdraw_all_1000,
    "withdraw_all_first": consent_acts.withdraw_all_first,
    "move_house_1000": consent_acts.move_house_1000,
    "request_access": consent_acts.request_access,
    "allowed_cold": consent_acts.allowed_cold,
    "perk_claim_sent": consent_acts.perk_claim_sent,
    "agreement_open": agreement_acts.agreement_open,
    "agreement_open_6": agreement_acts.agreement_open_6,
    "agreement_settle": agreement_acts.agreement_settle,
    "agreement_settle_switch": agreement_acts.agreement_settle_switch,
    "agreement_settle_close": agreement_acts.agreement_settle_close,
    "agreement_batch_50": agreement_acts.agreement_batch_50,
    "advice_12x6": agreement_acts.advice_12x6,
    "delegate": acts.delegate,  # the last, for who lends their votes has none to cast
}
