"""The Profile in a few dozen lines of Python: who appears as what, and whether that is so now."""

from dataclasses import dataclass, field

TOKEN, ATTESTED, STATED = 1, 2, 4
NONE = bytes(32)


@dataclass
class World:
    """A world: its controller, its key, since when, and the collections it recognises."""

    controller: str
    key: int
    key_since: int = 0
    candidate: str | None = None
    collections: set = field(default_factory=set)


@dataclass
class ProfileModel:
    """The same promises, with nothing packed and nothing cached."""

    worlds: dict = field(default_factory=dict)  # id -> World
    held: dict = field(default_factory=dict)  # (person, world) -> (kind, reference)
    texts: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)  # reference -> (collection, token_id)
    newest: dict = field(default_factory=dict)  # (world, reference) -> (issued_at, person)
    owners: dict = field(default_factory=dict)  # (collection, token_id) -> wallet
    persons: dict = field(default_factory=dict)  # wallet -> person
    mains: dict = field(default_factory=dict)  # person -> wallet
    liars: set = field(default_factory=set)  # collections that answer nonsense now

    # ---- who acts ----

    def refusal_of(self, wallet):
        """Why a wallet is nobody's main one; None when it is."""
        person = self.persons.get(wallet)
        if person is None:
            return "profile: no passport"
        return None if self.mains[person] == wallet else "profile: not the main wallet"

    # ---- what they do: a reason, or None and it is done ----

    def set_token(self, person, world, collection, token_id, reference):
        if collection not in self._collections(world):
            return "avatars: unknown collection"
        if self.holder(collection, token_id) != person:
            return "avatars: not the holder"
        self.tokens[reference] = (collection, token_id)
        self.held[person, world] = (TOKEN, reference)
        return None

    def set_attested(self, person, world, reference, issued_at, now, key, signed_for):
        if world not in self.worlds:
            return "worlds: unknown world"
        if key != self.worlds[world].key or signed_for != (person, world):
            return "signatures: not by signer"
        if reference in self.tokens:
            return "avatars: a token's reference"
        if issued_at > now:
            return "avatars: issued in the future"
        if issued_at <= self.worlds[world].key_since:
            return "avatars: older than the key"
        last, whose = self.newest.get((world, reference), (0, 0))
        if issued_at < last or (issued_at == last and whose != person):
            return "avatars: a newer one exists"
        self.newest[world, reference] = (issued_at, person)
        self.held[person, world] = (ATTESTED, reference)
        return None

    def set_stated(self, person, world, reference):
        if world not in self.worlds:
            return "worlds: unknown world"
        self.held[person, world] = (STATED, reference)
        return None

    # ---- the truth ----

    def holder(self, collection, token_id):
        """The person who holds a token; None for nobody."""
        if collection in self.liars:
            return None
        return self.persons.get(self.owners.get((collection, token_id)))

    def is_verified(self, person, world):
        kind, reference = self.held.get((person, world), (0, NONE))
        if kind == TOKEN:
            collection, token_id = self.tokens[reference]
            recognised = collection in self._collections(world)
            return recognised and self.holder(collection, token_id) == person
        if kind != ATTESTED or reference in self.tokens:
            return False
        issued_at, whose = self.newest[world, reference]
        return whose == person and issued_at > self.worlds[world].key_since

    def verified(self, world, reference):
        """Everybody who is verified as this now: never two."""
        return [
            person
            for (person, where), (_, what) in self.held.items()
            if (where, what) == (world, reference) and self.is_verified(person, world)
        ]

    def _collections(self, world):
        return self.worlds[world].collections if world in self.worlds else set()
