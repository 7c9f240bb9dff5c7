"""The bridge between pages and the browser's wallet; pages reach it by `frontend.wallet`."""
