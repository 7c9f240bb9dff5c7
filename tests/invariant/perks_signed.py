"""What the people of the perks' world sign, for somebody else to send; often wrongly."""

from tests.invariant.perks_model import CANCELLED, CODE, FULFILLED, SHIP
from tests.invariant.perks_world import TILL, World
from tests.invariant.revm import SOMEBODY
from tests.signing import typed

CLAIM = (
    "Claim(address wallet,uint256 perk_id,bytes32 content_hash,uint256 variant,uint256 price,"
    "bytes32 order_hash,uint256 claim_id,uint256 deadline)"
)
CANCEL = "Cancel(address wallet,uint256 claim_id,uint256 deadline)"
REDEEM = "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
CONTENT, ORDER, NO_ORDER = b"\x11" * 32, b"\x22" * 32, bytes(32)
OTHERS = (1, -1, 1 << 8, 1 << 48, 1 << 80)  # how far a wrong number is from the right one


class SignedActs(World):
    def signature(self, key, text, /, **words):
        """What a key answers to a message."""
        return bytes(key.sign_message(typed(self.domain, text, **words)).signature)

    def some_deadline(self):
        """Far, near, now, and sometimes past."""
        return self.now + self.dice.choice((0, 1, 2**60, 2**60, 2**60, 2**60, 2**60, -1))

    def some_order(self):
        return self.dice.choice((ORDER, ORDER, ORDER, NO_ORDER))

    def expired(self, deadline):
        return "signatures: expired" if deadline < self.now else None

    def of_the_member(self, number):
        """A claim's person and one of their wallets; sometimes somebody else's."""
        owner = self.claims[number].member if number in self.claims else 0
        if self.dice.random() < 0.8:
            return owner, owner, self.dice.choice(self.wallets[owner])
        return owner, *self.some_wallet()

    def claim_signed(self):
        (who, wallet), number = self.some_wallet(), self.some_perk()
        variant, deadline = self.some_variant(number), self.some_deadline()
        order = self.some_order()
        perk = self.perks.get(number)
        right = self.next_number(who, number) if perk else 0
        said = max(0, right + self.dice.choice((*[0] * 9, self.dice.choice(OTHERS))))
        key = wallet if self.dice.random() < 0.95 else self.some_wallet()[1]
        words = {"perk_id": number, "content_hash": CONTENT, "variant": variant}
        words |= {"price": perk.price if perk else 0, "order_hash": order, "claim_id": said}
        told = self.signature(key, CLAIM, wallet=wallet.address, **words, deadline=deadline)
        refusal = (
            self.is_halted()
            or self.expired(deadline)
            or self.missing(number, variant)
            or ("signatures: not by signer" if key is not wallet else None)
            or self.is_over(number)
            or self.refused_to_person(who, number, order)
            or self.refused_by_shelf(who, number, variant)
            or ("perks: other claim number" if said != right else None)
            or self.refused_by_purse(wallet.address, number)
        )
        sent = wallet.address, number, variant, order, said, deadline, told
        if self.expect(refusal, "claim_by_signature", *sent, sender=SOMEBODY):
            self.note_claim(who, wallet.address, number, variant)

    def cancel_signed(self):
        number, deadline = self.some_claim(), self.some_deadline()
        owner, signer, wallet = self.of_the_member(number)
        key = wallet if self.dice.random() < 0.9 else self.some_wallet()[1]
        words = {"wallet": wallet.address, "claim_id": number, "deadline": deadline}
        told = self.signature(key, CANCEL, **words)
        refusal = self.expired(deadline) or self.unknown(number)
        if not refusal and (signer != owner or self.is_read_at_once(number)):
            refusal = "perks: not theirs to cancel"
        if key is not wallet:
            refusal = refusal or "signatures: not by signer"
        refusal = refusal or self.refused_end(number)
        sent = wallet.address, number, deadline, told
        if self.expect(refusal, "cancel_by_signature", *sent, sender=SOMEBODY):
            self.note_end(number, CANCELLED)

    def redeem(self):
        """By a code from either wallet of the member's, or from one of somebody else's."""
        number, deadline = self.some_claim(), self.some_deadline()
        owner, signer, wallet = self.of_the_member(number)
        words = {"wallet": wallet.address, "claim_id": number, "deadline": deadline}
        code = self.signature(wallet, REDEEM, **words)
        refusal = self.expired(deadline)
        if signer != owner:
            refusal = refusal or "perks: not the member's wallet"
        refusal = refusal or self.refused_end(number)
        if not refusal and self.perks[self.claims[number].perk].kind == SHIP:
            refusal = "perks: is sent, not collected"
        sent = number, wallet.address, deadline, code
        if self.expect(refusal, "redeem", *sent, sender=TILL):
            self.note_end(number, FULFILLED)

    def is_read_at_once(self, number):
        """Codes may have been read: their members do not give them back."""
        return self.perks[self.claims[number].perk].kind == CODE

    def unknown(self, number):
        return None if number in self.claims else "perk_claims: unknown claim"
