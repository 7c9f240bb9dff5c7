// The vault's forms, byte for byte as docs/vault.md has them: bindings, ring, record, wraps. `place`
// is {chain_id, consent, passport_id}: whose vault it is, and of which ledger.

const ITERATIONS = 600_000;
const MOST_ITERATIONS = 5_000_000; // a ring that asks for more would only freeze the page
const LONGEST = 4_096; // characters of a record's content
const MOST_BYTES = 16 * 1024; // of a ciphertext, the tag of 16 with them

class TooLong extends Error {}

const binding = (what, place, more = {}) =>
  utf8(
    canonical({
      what: `cercle vault ${what} 1`,
      chain_id: place.chain_id,
      consent: place.consent.toLowerCase(),
      passport_id: place.passport_id,
      ...more,
    }),
  );

const recordBinding = (place, category, version) => binding("record", place, { category, version });
const wrapBinding = (place, category, version, to) =>
  binding("wrap", place, { category, version, to });
const contactBinding = (place, contactId) => binding("contact", place, { contact_id: contactId });
const recoveryBinding = (place, contactId, to) =>
  binding("recovery", place, { contact_id: contactId, to });

function releaseBinding(place, ask) {
  const { category, version, company_id, purpose, order_hash, issued_at, expires_at } = ask;
  const more = { category, version, company_id, purpose, issued_at, expires_at };
  return binding("release", place, { ...more, order_hash: order_hash.toLowerCase() });
}

// ---- ring ----

/** Seal a private key with a passphrase, and for a contact if there is one. */
async function sealRing(place, secret, passphrase, contact = null) {
  const salt = random(16);
  const nonce = random(NONCE);
  const key = await stretch(passphrase, salt, ITERATIONS);
  const sealed = await aesSeal(key, nonce, binding("ring", place), secret);
  key.fill(0);
  return {
    version: 1,
    kdf: { name: "PBKDF2-HMAC-SHA256", iterations: ITERATIONS, salt: encode(salt) },
    public_key: encode(await publicFrom(secret)),
    nonce: encode(nonce),
    sealed: encode(sealed),
    contact: contact && {
      passport_id: contact.passport_id,
      public_key: contact.public_key,
      sealed: encode(
        await hpkeSeal(
          decode(contact.public_key),
          contactBinding(place, contact.passport_id),
          secret,
        ),
      ),
    },
  };
}

/** The 32 bytes of the private key; throws if the passphrase or the place is another. */
async function openRing(place, ring, passphrase) {
  const { kdf } = ring;
  const isKnown = ring.version === 1 && kdf?.name === "PBKDF2-HMAC-SHA256";
  // A weaker ring than ours was not made here: it would tell the passphrase to who guesses.
  if (!isKnown || kdf.iterations < ITERATIONS || kdf.iterations > MOST_ITERATIONS)
    throw new Error("unknown ring");
  const key = await stretch(passphrase, decode(kdf.salt), kdf.iterations);
  const sealed = decode(ring.sealed);
  const secret = await aesOpen(key, decode(ring.nonce), binding("ring", place), sealed);
  if (encode(await publicFrom(secret)) !== ring.public_key) throw new Error("another key");
  return secret;
}

// ---- record ----

/** What the ledger gets of a record (`cercle.consent.commitment`). */
async function commit(record) {
  const { category, content, made_at } = record;
  const told = utf8(canonical({ category, content, made_at }));
  const sealed = await hmac(decode(record.secret), utf8("cercle record 1"), Uint8Array.of(0), told);
  return `0x${hex(sealed)}`;
}

/**
 * Seal a record to its member, and to the vault if `vaultKey` is given. A category is its bit
 * where things are bound, and its code in what the person told.
 */
async function sealRecord(place, { category, code, version, content, madeAt }, memberKey, vaultKey) {
  const record = {
    category: code,
    content: content.normalize("NFC"),
    made_at: madeAt,
    secret: encode(random(KEY)),
  };
  const plain = utf8(canonical(record));
  if ([...record.content].length > LONGEST || plain.length + 16 > MOST_BYTES) throw new TooLong();
  const key = random(KEY);
  const nonce = random(NONCE);
  const wrapTo = async (publicKey, to) =>
    encode(await hpkeSeal(publicKey, wrapBinding(place, category, version, to), key));
  const envelope = {
    version: 1,
    passport_id: place.passport_id,
    category,
    record_version: version,
    nonce: encode(nonce),
    ciphertext: encode(await aesSeal(key, nonce, recordBinding(place, category, version), plain)),
    member: await wrapTo(memberKey, "member"),
    vault: vaultKey ? await wrapTo(vaultKey, "vault") : null,
    commitment: await commit(record),
  };
  key.fill(0);
  return envelope;
}

/** The key of a record of one's own. */
function recordKey(place, envelope, pair) {
  const { category, record_version } = envelope;
  const info = wrapBinding(place, category, record_version, "member");
  return hpkeOpen(pair, info, decode(envelope.member));
}

/** A record of one's own; throws unless it is the one of this code that its commitment names. */
async function openRecord(place, envelope, code, pair) {
  const key = await recordKey(place, envelope, pair);
  const aad = recordBinding(place, envelope.category, envelope.record_version);
  const plain = await aesOpen(key, decode(envelope.nonce), aad, decode(envelope.ciphertext));
  key.fill(0);
  const record = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
  if (record.category !== code || (await commit(record)) !== envelope.commitment)
    throw new Error("another record");
  return record;
}

/** The record's key for the vault: from then on the service can release alone, and read. */
async function wrapForVault(place, envelope, pair, vaultKey) {
  const key = await recordKey(place, envelope, pair);
  const { category, record_version } = envelope;
  const info = wrapBinding(place, category, record_version, "vault");
  const sealed = await hpkeSeal(vaultKey, info, key);
  key.fill(0);
  return encode(sealed);
}

/** The record's key for one company, one purpose and one order. */
async function answerAsk(place, envelope, pair, ask) {
  if (ask.category !== envelope.category || ask.version !== envelope.record_version)
    throw new Error("another record");
  const key = await recordKey(place, envelope, pair);
  const sealed = await hpkeSeal(decode(ask.public_key), releaseBinding(place, ask), key);
  key.fill(0);
  return encode(sealed);
}

// ---- recovery ----

/** As a contact: what was left for us of somebody's key, sealed to the key that they show now. */
async function answerRecovery(place, contactId, sealed, to, pair) {
  const secret = await hpkeOpen(pair, contactBinding(place, contactId), decode(sealed));
  const again = await hpkeSeal(decode(to), recoveryBinding(place, contactId, to), secret);
  secret.fill(0);
  return encode(again);
}

/** What a contact gave back: the 32 bytes of one's own key, if it is the one of the ring. */
async function openRecovery(place, contactId, sealed, pair, expected) {
  const info = recoveryBinding(place, contactId, encode(pair.publicKey));
  const secret = await hpkeOpen(pair, info, decode(sealed));
  if (encode(await publicFrom(secret)) !== expected) throw new Error("another key");
  return secret;
}
