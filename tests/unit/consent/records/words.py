"""What is signed for Records, as EIP-712 writes it; told here and not taken from the contract."""

MOVE = (
    "Move(address wallet,uint256 passport_id,uint256 category,bytes32 commitment,"
    "uint256 version,uint256 deadline)"
)
ERASE = (
    "Erase(address wallet,uint256 passport_id,uint256 category,uint256 version,uint256 deadline)"
)
SET_CUSTODIANS = "SetCustodians(address wallet,address[] custodians,uint256 nonce,uint256 deadline)"
SHRED = (
    "Shred(address custodian,uint256 passport_id,uint256 category,uint256 version,"
    "bytes32 certificate_hash)"
)
