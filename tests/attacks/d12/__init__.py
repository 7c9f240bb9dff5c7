"""The pages of the D12 attack: ours, and a twin without the defences."""
