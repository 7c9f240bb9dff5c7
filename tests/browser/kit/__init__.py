"""What browser tests are made of: processes, a wallet whose popup is in the test's hand, looks."""
