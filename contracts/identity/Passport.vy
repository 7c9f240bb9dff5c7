# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Passport
@custom:contract-name Passport
@license AGPL-3.0-only
@author The Cercle authors
@notice The person behind the wallets. A passport is a token that never changes
        hands; its person may link several wallets to it and choose the main one.
@dev A wallet: unknown -> registered or linked -> (unlinked -> unknown). A passport:
     registered, then for ever; the token lies with the main wallet and moves only
     when its person names another of their own.
     Ownerless: no role, no pause, no upgrade; `id_of` stands under every exit of
     every brand. It calls nothing but a contract wallet's own signature check.
     Signs: a wallet that is to be linked (EIP-712 `Link`); and whatever a person may do
     here they may also sign, for somebody else to send. Pays: the sender.
     Lies: nobody vouches for anybody. One person may hold many passports; linking
     is public, and says no more than that two wallets consent to be one person.
     Recovery comes with a later edition. Room is kept for it: a wallet's word uses
     64 of 256 bits, so that the mark of a pending recovery and the heir (160 bits)
     join the id in the same slot; a person's word keeps 64 bits for its clock. Until
     then `is_recovering` and `heir_of` say what is true: there is none.
@custom:security security@cercle.example
@custom:kill None, on purpose: nobody can stop it.
"""

from ethereum.ercs import IERC165
from ethereum.ercs import IERC721

implements: IERC165
implements: IERC721

from ..interfaces import IPassport

implements: IPassport

from ..common import limits
from ..common import signatures

initializes: signatures

exports: (
    signatures.cancel_nonce,
    signatures.is_nonce_used,
    signatures.DOMAIN_SEPARATOR,
    signatures.eip712_domain_separator.eip712Domain,
)


# ---- constants ------------------------------------------------------------------

VERSION: public(constant(String[8])) = "1.0.0"

name: public(constant(String[16])) = "Cercle Passport"
symbol: public(constant(String[8])) = "CERCLE"

REGISTER_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Register(address wallet,uint256 nonce,uint256 deadline)"
)
LINK_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Link(uint256 passport_id,address wallet,uint256 nonce,uint256 deadline)"
)

ADOPT_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Adopt(address main_wallet,address wallet,uint256 nonce,uint256 deadline)"
)
UNLINK_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "Unlink(address sender,address wallet,uint256 nonce,uint256 deadline)"
)
SET_MAIN_TYPE_HASH: public(constant(bytes32)) = keccak256(
    "SetMain(address main_wallet,address wallet,uint256 nonce,uint256 deadline)"
)

SUPPORTED: constant(bytes4[4]) = [
    0x01ffc9a7,  # ERC-165
    0x80ac58cd,  # ERC-721
    0x5b5e139f,  # ERC-721 metadata
    0xb45a3c0e,  # ERC-5192
]

ID_MASK: constant(uint256) = 2**64 - 1
LOWER_MASK: constant(uint256) = 2**96 - 1  # of a word in `ids_in`, beside the wallet
WALLET_MASK: constant(uint256) = 2**160 - 1
COUNT_SHIFT: constant(uint256) = 160
COUNT_MASK: constant(uint256) = 2**32 - 1


# ---- storage --------------------------------------------------------------------

passport_count: public(reentrant(uint256))

# wallet -> passport_id 64 | free 192
_wallets: HashMap[address, uint256]
# passport_id -> main wallet 160 | wallets linked, the main one included, 32 | free 64
_persons: HashMap[uint256, uint256]


# ---- events ---------------------------------------------------------------------

event Locked:  # spelt by ERC-5192
    tokenId: uint256


# ---- constructor ----------------------------------------------------------------

@deploy
def __init__():
    """
    @notice Open the register, empty and ownerless.
    """
    signatures.__init__("Cercle Passport", "1")


# ---- external: a person ------------------------------------------------------------

@external
def register() -> uint256:
    """
    @notice Take a passport of your own; this wallet becomes its main one.
    @return The passport's id, counted from one.
    """
    return self._register(msg.sender)


@external
def link(
    wallet: address, nonce: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
):
    """
    @notice Add a wallet that agreed to be yours; send it from your main wallet.
    @param wallet The wallet, which has no passport.
    @param nonce Any number that this wallet has not used here.
    @param deadline The last second in which its signature counts.
    @param signature The wallet's EIP-712 signature of `Link`.
    """
    signatures._require_live(deadline)
    self._link(msg.sender, wallet, nonce, deadline, signature)


@external
def unlink(wallet: address):
    """
    @notice Let a wallet go. Its person may, from the main wallet, and so may the
            wallet itself; the main wallet stays.
    @param wallet The wallet to let go.
    """
    self._unlink(msg.sender, wallet)


@external
def set_main(wallet: address):
    """
    @notice Make another of your wallets the main one; send it from the present one.
    @dev The token goes along: a Transfer between two wallets of one person.
    @param wallet A wallet linked to your passport.
    """
    self._set_main(msg.sender, wallet)


# ---- external: anyone, with what a person signed ---------------------------------------

@external
def register_by_signature(
    wallet: address, nonce: uint256, deadline: uint256, signature: Bytes[limits.MAX_SIGNATURE]
) -> uint256:
    """
    @notice Give a passport to a wallet that asked for one.
    @param wallet Who signed; it becomes the main wallet.
    @param nonce Any number that it has not used here.
    @param deadline The last second in which its signature counts.
    @param signature The wallet's, of `Register`.
    @return The passport's id.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(wallet, nonce)
    signatures._require_signed(
        wallet, keccak256(abi_encode(REGISTER_TYPE_HASH, wallet, nonce, deadline)), signature
    )
    return self._register(wallet)


@external
def link_by_signatures(
    main_wallet: address,
    wallet: address,
    nonce: uint256,
    deadline: uint256,
    main_signature: Bytes[limits.MAX_SIGNATURE],
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Add a wallet to a person who both agreed, under one nonce and one deadline.
    @param main_wallet The person's main wallet, which signed `Adopt`.
    @param wallet The wallet, which has no passport and signed `Link`.
    @param nonce Any number that neither of them has used here.
    @param deadline The last second in which their signatures count.
    @param main_signature The main wallet's.
    @param signature The other wallet's.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(main_wallet, nonce)
    self._require_signed_move(ADOPT_TYPE_HASH, main_wallet, wallet, nonce, deadline, main_signature)
    self._link(main_wallet, wallet, nonce, deadline, signature)


@external
def unlink_by_signature(
    sender: address,
    wallet: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Let a wallet go for who may let it go.
    @param sender Who signed: the main wallet, or the one to let go.
    @param wallet The wallet to let go.
    @param nonce Any number that the sender has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The sender's, of `Unlink`.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(sender, nonce)
    self._require_signed_move(UNLINK_TYPE_HASH, sender, wallet, nonce, deadline, signature)
    self._unlink(sender, wallet)


@external
def set_main_by_signature(
    main_wallet: address,
    wallet: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @notice Make another wallet of a person the main one, as the present one signed.
    @param main_wallet The present main wallet, which signed.
    @param wallet A wallet linked to the same passport.
    @param nonce Any number that the main wallet has not used here.
    @param deadline The last second in which the signature counts.
    @param signature The main wallet's, of `SetMain`.
    """
    signatures._require_live(deadline)
    signatures._use_nonce(main_wallet, nonce)
    self._require_signed_move(SET_MAIN_TYPE_HASH, main_wallet, wallet, nonce, deadline, signature)
    self._set_main(main_wallet, wallet)


# ---- external: what a passport refuses ------------------------------------------------

@external
@payable
def transferFrom(sender: address, receiver: address, token_id: uint256):
    """
    @notice Refused: a passport is its person's.
    @param sender Anybody.
    @param receiver Anybody.
    @param token_id Any passport.
    """
    raise "passport: soulbound"


@external
@payable
def safeTransferFrom(
    sender: address, receiver: address, token_id: uint256, data: Bytes[1_024] = b""
):
    """
    @notice Refused: a passport is its person's.
    @param sender Anybody.
    @param receiver Anybody.
    @param token_id Any passport.
    @param data Anything.
    """
    raise "passport: soulbound"


@external
@payable
def approve(operator: address, token_id: uint256):
    """
    @notice Refused: there is nothing that an operator could do.
    @param operator Anybody.
    @param token_id Any passport.
    """
    raise "passport: soulbound"


@external
def setApprovalForAll(operator: address, is_approved: bool):
    """
    @notice Refused: there is nothing that an operator could do.
    @param operator Anybody.
    @param is_approved Either.
    """
    raise "passport: soulbound"


# ---- external: views, the person -------------------------------------------------------

@external
@view
@reentrant
def id_of(wallet: address) -> uint256:
    """
    @notice Whose wallet it is.
    @param wallet Any address.
    @return The passport's id; 0 for nobody's.
    """
    return self._id_of(wallet)


@external
@view
@reentrant
def ids_of(wallets: DynArray[address, limits.MAX_BATCH]) -> DynArray[uint256, limits.MAX_BATCH]:
    """
    @notice Whose wallets they are.
    @param wallets Up to `MAX_BATCH` addresses.
    @return An id for each, in their order; 0 for nobody's.
    """
    ids: DynArray[uint256, limits.MAX_BATCH] = []
    for wallet: address in wallets:
        ids.append(self._id_of(wallet))
    return ids


@external
@view
@reentrant
def ids_in(words: DynArray[uint256, limits.MAX_BATCH], kept: uint256) -> uint256[limits.MAX_BATCH]:
    """
    @notice Whose wallets stand in the upper 160 bits of some words.
    @dev For batches: the answer is made of words too, and has a fixed length, so that
         neither side copies them one by one.
    @param words Words of wallet << 96 | anything.
    @param kept Which of the lower 96 bits come back with the id.
    @return Words of id << 96 | kept bits, in their order; zeros past the last one.
    """
    ids: uint256[limits.MAX_BATCH] = empty(uint256[limits.MAX_BATCH])
    bits: uint256 = kept & LOWER_MASK
    i: uint256 = 0
    for word: uint256 in words:
        ids[i] = ((self._wallets[convert(word >> 96, address)] & ID_MASK) << 96) | (word & bits)
        i = unsafe_add(i, 1)  # at most `MAX_BATCH`
    return ids


@external
@view
@reentrant
def wallet_of(passport_id: uint256) -> address:
    """
    @notice Where a person receives.
    @param passport_id The passport.
    @return Its main wallet; zero for an unknown passport.
    """
    return self._main(passport_id)


@external
@view
@reentrant
def wallet_count(passport_id: uint256) -> uint256:
    """
    @notice How many wallets a person shows, the main one included.
    @param passport_id The passport.
    @return The count; 0 for an unknown passport.
    """
    return self._count(passport_id)


@external
@view
@reentrant
def is_recovering(wallet: address) -> bool:
    """
    @notice Whether a recovery is pending for a wallet.
    @param wallet Any address.
    @return False: this edition knows no recovery.
    """
    return False


@external
@view
@reentrant
def heir_of(wallet: address) -> address:
    """
    @notice Which wallet a finished recovery put in this one's place.
    @param wallet Any address.
    @return Zero: this edition knows no recovery.
    """
    return empty(address)


# ---- external: views, the token ----------------------------------------------------------

@external
@view
@reentrant
def ownerOf(token_id: uint256) -> address:
    """
    @notice The main wallet of a passport.
    @param token_id The passport's id.
    @return Its main wallet; unknown ones are refused, as ERC-721 wants.
    """
    return self._require_known(token_id)


@external
@view
@reentrant
def balanceOf(owner: address) -> uint256:
    """
    @notice How many passports lie with a wallet.
    @param owner Any address but zero.
    @return 1 for a main wallet, 0 for any other.
    """
    assert owner != empty(address), "passport: zero address"
    passport_id: uint256 = self._id_of(owner)
    return 1 if passport_id != 0 and self._main(passport_id) == owner else 0


@external
@view
@reentrant
def getApproved(token_id: uint256) -> address:
    """
    @notice Who may move a passport.
    @param token_id The passport's id.
    @return Zero: nobody.
    """
    self._require_known(token_id)
    return empty(address)


@external
@view
@reentrant
def isApprovedForAll(owner: address, operator: address) -> bool:
    """
    @notice Whether an operator may move an owner's passport.
    @param owner Anybody.
    @param operator Anybody.
    @return False: nobody may.
    """
    return False


@external
@view
@reentrant
def locked(token_id: uint256) -> bool:
    """
    @notice Whether a passport is bound to its person (ERC-5192).
    @param token_id The passport's id.
    @return True, always; unknown ones are refused.
    """
    self._require_known(token_id)
    return True


@external
@view
@reentrant
def tokenURI(token_id: uint256) -> String[160]:
    """
    @notice What a wallet shows of a passport: its number, and nothing of its person.
    @param token_id The passport's id.
    @return The description itself, so that no server is asked.
    """
    self._require_known(token_id)
    return concat('data:application/json;utf8,{"name":"Cercle Passport ', uint2str(token_id), '"}')


@external
@view
@reentrant
def supportsInterface(interface_id: bytes4) -> bool:
    """
    @notice The standards this contract keeps (ERC-165).
    @param interface_id The standard's id.
    @return True for ERC-165, ERC-721 with its metadata, and ERC-5192.
    """
    return interface_id in SUPPORTED


# ---- internal: reads ---------------------------------------------------------------

@internal
@view
def _id_of(wallet: address) -> uint256:
    return self._wallets[wallet] & ID_MASK


@internal
@view
def _main(passport_id: uint256) -> address:
    return convert(self._persons[passport_id] & WALLET_MASK, address)


@internal
@view
def _count(passport_id: uint256) -> uint256:
    return (self._persons[passport_id] >> COUNT_SHIFT) & COUNT_MASK


@internal
@view
def _require_known(passport_id: uint256) -> address:
    main: address = self._main(passport_id)
    assert main != empty(address), "passport: unknown"
    return main


@internal
@view
def _require_main(wallet: address) -> uint256:
    passport_id: uint256 = self._id_of(wallet)
    assert passport_id != 0, "passport: no passport"
    assert self._main(passport_id) == wallet, "passport: not the main wallet"
    return passport_id


@internal
@view
def _require_signed_move(
    type_hash: bytes32,
    signer: address,
    wallet: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    """
    @dev Refuse unless `signer` signed one of the messages about another wallet.
    """
    signatures._require_signed(
        signer, keccak256(abi_encode(type_hash, signer, wallet, nonce, deadline)), signature
    )


# ---- internal: writes --------------------------------------------------------------

@internal
def _register(wallet: address) -> uint256:
    assert self._id_of(wallet) == 0, "passport: wallet has one"
    passport_id: uint256 = self.passport_count + 1
    self.passport_count = passport_id
    self._wallets[wallet] = passport_id
    self._set_person(passport_id, wallet, 1)
    log IERC721.Transfer(sender=empty(address), receiver=wallet, token_id=passport_id)
    log Locked(tokenId=passport_id)
    log IPassport.WalletLinked(passport_id=passport_id, wallet=wallet)
    return passport_id


@internal
def _link(
    main: address,
    wallet: address,
    nonce: uint256,
    deadline: uint256,
    signature: Bytes[limits.MAX_SIGNATURE],
):
    passport_id: uint256 = self._require_main(main)
    assert self._id_of(wallet) == 0, "passport: wallet has one"
    signatures._use_nonce(wallet, nonce)
    signatures._require_signed(
        wallet,
        keccak256(abi_encode(LINK_TYPE_HASH, passport_id, wallet, nonce, deadline)),
        signature,
    )
    self._wallets[wallet] = passport_id
    self._set_person(passport_id, main, self._count(passport_id) + 1)
    log IPassport.WalletLinked(passport_id=passport_id, wallet=wallet)


@internal
def _unlink(sender: address, wallet: address):
    passport_id: uint256 = self._id_of(wallet)
    assert passport_id != 0, "passport: not linked"
    main: address = self._main(passport_id)
    assert wallet != main, "passport: main wallet stays"
    assert sender == main or sender == wallet, "passport: not yours"
    self._wallets[wallet] = 0
    self._set_person(passport_id, main, self._count(passport_id) - 1)
    log IPassport.WalletUnlinked(passport_id=passport_id, wallet=wallet)


@internal
def _set_main(main: address, wallet: address):
    passport_id: uint256 = self._require_main(main)
    assert self._id_of(wallet) == passport_id, "passport: not linked"
    assert wallet != main, "passport: main already"
    self._set_person(passport_id, wallet, self._count(passport_id))
    log IERC721.Transfer(sender=main, receiver=wallet, token_id=passport_id)
    log IPassport.MainWalletChanged(passport_id=passport_id, old_wallet=main, new_wallet=wallet)


@internal
def _set_person(passport_id: uint256, main: address, count: uint256):
    # 2**32 links would take more gas than centuries of blocks hold.
    self._persons[passport_id] = convert(main, uint256) | (count << COUNT_SHIFT)
