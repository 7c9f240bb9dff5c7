// What the vault's cryptography is made of, on WebCrypto alone: bytes, canonical JSON, X25519, HPKE
// (RFC 9180: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, empty aad), PBKDF2.
// Nothing here asks, shows or keeps anything.

const KEM = 0x0020;
const KDF = 0x0001;
const AES_256_GCM = { id: 0x0002, length: 32 };
const NONCE = 12; // bytes
const KEY = 32; // bytes of any key and any secret here

// ---- bytes ----

const utf8 = (text) => new TextEncoder().encode(text);
const random = (length) => crypto.getRandomValues(new Uint8Array(length));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function join(...parts) {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

/** base64url without padding. */
function encode(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decode(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text)) throw new Error("no base64url");
  const raw = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  if (encode(bytes) !== text) throw new Error("no base64url"); // bits that nobody reads
  return bytes;
}

/** JSON as RFC 8785 writes it; of numbers only whole ones, which is all that our forms have. */
function canonical(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Error("no whole number");
    return String(value);
  }
  if (typeof value === "string") {
    if (/\p{Cs}/u.test(value)) throw new Error("half a character");
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const names = Object.keys(value).sort(); // by UTF-16, as the RFC asks
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(",")}}`;
}

// ---- keys ----

const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32]);

/** Whether this browser can do what is needed; old ones know no X25519. */
async function isAble() {
  try {
    await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
    return true;
  } catch {
    return false;
  }
}

const importPublic = (bytes) => crypto.subtle.importKey("raw", bytes, "X25519", true, []);

/** A private key that cannot be read out again. */
const importPrivate = (bytes) =>
  crypto.subtle.importKey("pkcs8", join(PKCS8, bytes), "X25519", false, ["deriveBits"]);

/** A fresh pair: 32 bytes each. Who calls this wipes the private half. */
async function makePair() {
  const pair = await crypto.subtle.generateKey("X25519", true, ["deriveBits"]);
  const packed = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  const secret = packed.slice(-KEY);
  packed.fill(0);
  return { secret, publicKey: await publicOf(pair.publicKey) };
}

const publicOf = async (key) => new Uint8Array(await crypto.subtle.exportKey("raw", key));

/** The public half of a private key: 9 is the curve's base point. */
async function publicFrom(secret) {
  const base = new Uint8Array(KEY);
  base[0] = 9;
  return agree(await importPrivate(secret), base);
}

async function agree(privateKey, publicKey) {
  const algorithm = { name: "X25519", public: await importPublic(publicKey) };
  // A point of small order is refused by the browser, as the RFC asks.
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, 256));
}

// ---- HMAC, PBKDF2, AES ----

async function hmac(key, ...parts) {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const known = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", known, join(...parts)));
}

async function stretch(passphrase, salt, iterations) {
  const typed = utf8(passphrase.normalize("NFKC"));
  const known = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveBits"]);
  typed.fill(0);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, known, 256));
}

async function aesSeal(key, nonce, aad, plain) {
  const known = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, known, plain));
}

async function aesOpen(key, nonce, aad, sealed) {
  const known = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: aad };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, known, sealed));
}

// ---- HPKE ----

const EMPTY = new Uint8Array();
const two = (number) => Uint8Array.of(number >> 8, number & 255);

// An empty salt is one of zeros: HMAC fills its key up with them, and WebCrypto takes no empty key.
const extract = (suite, salt, label, material) =>
  hmac(salt.length ? salt : new Uint8Array(KEY), utf8("HPKE-v1"), suite, utf8(label), material);

// One block of HKDF-Expand is all that is ever needed: 32 bytes at most.
async function expand(suite, secret, label, info, length) {
  const labelled = [two(length), utf8("HPKE-v1"), suite, utf8(label), info];
  return (await hmac(secret, ...labelled, Uint8Array.of(1))).slice(0, length);
}

async function sharedSecret(agreed, enc, publicKey) {
  const suite = join(utf8("KEM"), two(KEM));
  const secret = await extract(suite, EMPTY, "eae_prk", agreed);
  return expand(suite, secret, "shared_secret", join(enc, publicKey), KEY);
}

async function schedule(shared, info, aead = AES_256_GCM) {
  const suite = join(utf8("HPKE"), two(KEM), two(KDF), two(aead.id));
  const [id, hash] = await Promise.all([
    extract(suite, EMPTY, "psk_id_hash", EMPTY),
    extract(suite, EMPTY, "info_hash", info),
  ]);
  const context = join(Uint8Array.of(0), id, hash);
  const secret = await extract(suite, shared, "secret", EMPTY);
  return {
    key: await expand(suite, secret, "key", context, aead.length),
    nonce: await expand(suite, secret, "base_nonce", context, NONCE),
  };
}

/** Seal to a public key: `enc || ciphertext`. */
async function hpkeSeal(publicKey, info, plain) {
  const ephemeral = await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
  const enc = await publicOf(ephemeral.publicKey);
  const agreed = await agree(ephemeral.privateKey, publicKey);
  const { key, nonce } = await schedule(await sharedSecret(agreed, enc, publicKey), info);
  return join(enc, await aesSeal(key, nonce, EMPTY, plain));
}

/** Open what was sealed to a pair `{privateKey, publicKey}`: a CryptoKey, and 32 bytes. */
async function hpkeOpen(pair, info, sealed) {
  const enc = sealed.slice(0, KEY);
  const agreed = await agree(pair.privateKey, enc);
  const { key, nonce } = await schedule(await sharedSecret(agreed, enc, pair.publicKey), info);
  return aesOpen(key, nonce, EMPTY, sealed.slice(KEY));
}
