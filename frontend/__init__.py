"""What a member sees: pages over plain values, one door to the chain, one to the wallet."""
