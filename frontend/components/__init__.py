"""What runs in the browser and is ours: the wallet bridge and the demo's wallet."""
