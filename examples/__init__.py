"""Two small pages that ask a gateway: a till in a shop, and a world that knows its visitors."""
