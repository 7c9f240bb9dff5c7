"""A brand in a state in which every writing function has somebody for whom it passes."""

from dataclasses import dataclass, field

from eth_utils import keccak

from tests.conftest import entry_name
from tests.signing import sign
from tools.access import Call, writers

DAY = 86_400
INVITATION = "Invitation(address inviter,uint256 passport_id,uint256 nonce,uint256 deadline)"
LINK = "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
REDEEM = "Redeem(address wallet,uint256 claim_id,uint256 deadline)"
DELEGATION = "Delegation(address delegatee,uint256 nonce,uint256 expiry)"
DELEGATE_UNTIL = (
    "DelegateUntil(address delegator,address delegatee,"
    "uint256 expires_at,uint256 nonce,uint256 deadline)"
)
PROFILE_MESSAGES = {
    "SetProfile": "bytes32 content_hash,",
    "ClearProfile": "",
    "SetTokenAvatar": "bytes32 world,address token,uint256 token_id,",
    "SetAttestedAvatar": "bytes32 world,bytes32 reference,",
    "SetStatedAvatar": "bytes32 world,bytes32 reference,",
    "RemoveAvatar": "bytes32 world,",
}
ATTESTATION = (
    "AvatarAttestation(address key,bytes32 world,bytes32 reference,uint256 passport_id,"
    "uint256 issued_at,uint256 deadline)"
)
PERMIT = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
CONTENT = keccak(text="content")
CLEARING = entry_name("clearing")
BADGES = entry_name("badges")
PERKS = entry_name("perks")
STORE, CODE = 1, 2


@dataclass
class Stage:
    """The contracts by name, and for each writing function plausible arguments.

    What a function can only do at another time of its contract's life is asked of a twin that is at
    that time: `elsewhere`.
    """

    contracts: dict
    arguments: dict
    elsewhere: dict = field(default_factory=dict)

    def calls(self) -> list[Call]:
        """Every writing function of every contract; one without arguments is a KeyError."""
        return [
            Call(
                name,
                self.elsewhere.get(f"{name}.{function}", contract).address,
                function,
                self.encoded(name, contract, function),
            )
            for name, contract in self.contracts.items()
            for function in writers(abi_of(contract))
        ]

    def encoded(self, name: str, contract, function: str) -> bytes:
        # Not by attribute: every Ape address has a `delegate` of its own, an EIP-7702 one.
        handler = contract._mutable_methods_[function.partition("(")[0]]
        return bytes(handler.encode_input(*self.arguments[f"{name}.{function}"]))


def abi_of(contract) -> list[dict]:
    """An ABI as the compiler writes it."""
    return [entry.model_dump() for entry in contract.contract_type.abi]


def vrs(signature: bytes) -> tuple[int, bytes, bytes]:
    """A signature as ERC-2612 and ERC-5805 take it."""
    return signature[64], signature[:32], signature[32:64]


def set_scene(chain, project, brand, people) -> dict:
    """Bring a brand with members to the point; what the arguments need to know of it."""
    charter, membership, points = people["charter"], brand["membership"], brand["points"]
    electorate = brand["electorate"]
    rewards, perks, polls = brand["rewards"], brand["perks"], brand["polls"]
    admin, member, steward = people["admin"], people["members"][0], people["steward"]

    clearing = admin.deploy(project.WingHarness, charter)
    successor = admin.deploy(project.Perks, charter, brand["passport"], membership, points)
    badges = admin.deploy(project.WingHarness, charter)
    charter.announce_replacement(CLEARING, clearing, sender=admin)
    charter.announce_replacement(BADGES, badges, sender=admin)
    now = chain.blocks.head.timestamp
    electorate.delegate_until(member, now + 2 * DAY, sender=people["members"][1])
    chain.mine(deltatime=15 * DAY)
    charter.replace(CLEARING, sender=admin)
    charter.announce_replacement(PERKS, successor, sender=admin)
    charter.offer_admin(people["treasurer"], sender=admin)

    words = [int(str(who.address), 16) << 96 | 1_000 << 48 | 200 for who in people["members"]]
    rewards.award(1, words, sender=people["issuer"])
    now = chain.blocks.head.timestamp
    for kind, within in ((STORE, 6 * DAY), (CODE, 6 * DAY), (STORE, DAY)):
        terms = (kind, 100, now, now + 60 * DAY, 0, 2, within, [])
        perks.open_perk(CONTENT, terms, [10], sender=steward)
    perks.open_perk(CONTENT, (STORE, 0, now, now + 60 * DAY, 0, 1, DAY, []), [10], sender=steward)
    claims = []
    for perk_id in (1, 2, 3):
        perks.claim(perk_id, 0, CONTENT, sender=member)
        claims += perks.claims_of(perk_id, 1)
    polls.open_poll(CONTENT, 1, 3, now + 60 * DAY, sender=steward)
    points.approve(people["till"], 10, sender=member)
    people["passport"].register(sender=people["newcomer"])
    link = {"passport_id": 1, "wallet": people["spares"][0], "nonce": 1, "deadline": now + DAY}
    signature = sign(people["spares"][0], people["passport"], LINK, **link)
    people["passport"].link(people["spares"][0], 1, now + DAY, signature, sender=member)
    chain.mine(deltatime=2 * DAY)
    charter.pause(CLEARING, DAY, sender=people["warden"])
    end = chain.blocks.head.timestamp + 99 * DAY
    founding = admin.deploy(project.Charter, admin, people["warden"], end)
    collection = found_world(project, brand["profile"], admin, people["treasurer"], member)
    return {
        "collection": collection,
        "claims": claims,
        "words": words,
        "spare": admin.deploy(project.WingHarness, charter),
        "founding": founding,
        "unbound": admin.deploy(project.Electorate, brand["passport"], 1, 0, DAY),
        "first_wing": admin.deploy(project.WingHarness, founding),
    }


def found_world(project, profile, controller, candidate, member):
    """A world of the controller's, offered to another, whose token 7 is the member's."""
    profile.register_world("Plaza", controller, sender=controller)
    world = profile.world_of(controller, "Plaza")
    collection = controller.deploy(project.FakeCollection)
    collection.give(7, member, sender=controller)
    profile.set_collection(world, collection, True, sender=controller)
    profile.offer_world(world, candidate, sender=controller)
    return collection
