"""What Polls promises, in plain Python: which answers there are, and whose last one counts."""

from dataclasses import dataclass, field

from tests.ballots import BAD_OPTIONS, EXPIRED, NO_VOICE, NOT_SIGNED, STALE

SINGLE, APPROVAL = 1, 2
OPEN, CLOSED, WITHDRAWN = 1, 2, 4
MOST = 127  # where the sequence stops

REASONS = {
    EXPIRED: "signatures: expired",
    BAD_OPTIONS: "polls: unknown option",
    NO_VOICE: "polls: no voice",
    NOT_SIGNED: "signatures: not by signer",
    STALE: "polls: stale ballot",
}


def options_of(bits):
    """The options, from 1, that stand as bits."""
    return tuple(place + 1 for place in range(bits.bit_length()) if bits >> place & 1)


@dataclass(frozen=True)
class Slip:
    """A ballot as somebody carries it: what it says, and what is wrong with its signature."""

    who: int | None  # a person, from 0; None: nobody who was ever heard of
    is_second_wallet: bool
    choice: int  # the option under SINGLE, the options as bits under APPROVAL
    sequence: int
    deadline: int
    flaw: str | None = None


@dataclass
class Poll:
    kind: int
    options: int
    snapshot: int
    closes_at: int
    is_withdrawn: bool = False
    ballots: dict = field(default_factory=dict)  # member number -> options as bits, sequence

    @property
    def is_approval(self):
        return self.kind == APPROVAL

    def state(self, now):
        if self.is_withdrawn:
            return WITHDRAWN
        return OPEN if now < self.closes_at else CLOSED

    def tally(self):
        return [
            sum(bits >> place & 1 for bits, _ in self.ballots.values())
            for place in range(self.options)
        ]

    def refusal(self, now):
        return None if self.state(now) == OPEN else "polls: not open"

    def objection(self, options):
        """Why these options are no answer."""
        last = 0
        for option in options:
            if not 1 <= option <= self.options:
                return "polls: unknown option"
            if option <= last:
                return "polls: options not ascending"
            last = option
        return None if self.is_approval or len(options) == 1 else "polls: one option only"

    def cast(self, member_no, bits, sequence=None):
        """Count a ballot, by its sequence or as the next one; what is logged of it."""
        old, cast = self.ballots.get(member_no, (0, 0))
        sequence = min(cast + 1, MOST) if sequence is None else sequence
        self.ballots[member_no] = bits, sequence
        return old, bits, sequence

    def judge(self, slip, has_voice, member_no, now):
        """Why a slip does not count: the first reason of several; None when it does."""
        if now > slip.deadline:
            return EXPIRED
        if slip.choice >> self.options if self.is_approval else not self._names_one(slip.choice):
            return BAD_OPTIONS
        if not has_voice:
            return NO_VOICE
        if slip.flaw is not None:
            return NOT_SIGNED
        _, cast = self.ballots.get(member_no, (0, 0))
        return None if cast < slip.sequence <= MOST else STALE

    def bits(self, slip):
        """What a slip says, as bits."""
        return slip.choice if self.is_approval else 1 << (slip.choice - 1)

    def _names_one(self, choice):
        return 1 <= choice <= self.options
