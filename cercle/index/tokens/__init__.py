"""Tokens of others (ERC-20, ERC-721, ERC-1155) in members' linked wallets, as staff list them."""

from .following import TokenFollower
from .holdings import Holding, holders
from .listing import Standard, Token, read_tokens

__all__ = ["Holding", "Standard", "Token", "TokenFollower", "holders", "read_tokens"]
