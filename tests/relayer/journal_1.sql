CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
-- A nonce of the relayer's, and what it was signed for: a call, in one or more transactions of
-- which at most one can be mined.
CREATE TABLE slots (
    nonce INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    data TEXT NOT NULL,
    gas INTEGER NOT NULL,
    state TEXT NOT NULL,
    day INTEGER NOT NULL,
    tx TEXT,
    block INTEGER,
    block_hash TEXT,
    gas_used INTEGER NOT NULL DEFAULT 0,
    wei INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE transactions (
    hash TEXT PRIMARY KEY,
    nonce INTEGER NOT NULL REFERENCES slots (nonce) ON DELETE CASCADE,
    raw TEXT NOT NULL,
    max_fee INTEGER NOT NULL,
    tip INTEGER NOT NULL,
    signed_at REAL NOT NULL
) STRICT;
CREATE INDEX transactions_of ON transactions (nonce);
CREATE INDEX slots_open ON slots (state) WHERE state IN ('pending', 'mined');
CREATE INDEX slots_by_day ON slots (day);
CREATE TABLE acts (
    id TEXT PRIMARY KEY,
    struct TEXT NOT NULL,
    actor TEXT NOT NULL,
    person TEXT NOT NULL,
    payload TEXT NOT NULL,
    poll TEXT,
    invitation TEXT,
    state TEXT NOT NULL,
    refusal TEXT,
    nonce INTEGER REFERENCES slots (nonce),
    place INTEGER,
    day INTEGER NOT NULL,
    created_at REAL NOT NULL,
    settled_at REAL
) STRICT;
CREATE INDEX acts_by_state ON acts (state, created_at) WHERE state IN ('accepted', 'sent');
CREATE INDEX acts_by_person ON acts (person, day);
CREATE INDEX acts_by_kind ON acts (struct, day);
CREATE INDEX acts_by_nonce ON acts (nonce);
-- An invitation brings one person through each door: an account, a passport, a membership.
CREATE UNIQUE INDEX acts_by_invitation ON acts (invitation, struct)
    WHERE invitation IS NOT NULL AND state NOT IN ('refused', 'failed');
