// A passkey of this device in the page: an EIP-1193 provider, announced by EIP-6963 like any other.
//
// The key is the device's own and never here. The server says which 32 bytes stand for a message,
// the device asks for a finger, a face or a code, and what it answers is the account's signature.
// What is kept in this browser is public: an address, and the id of a credential.

import {
  ProviderError,
  announce,
  ask as askServer,
  buttons,
  dialog,
  fill,
  icon,
  keeper,
  makeProvider,
  node,
} from "/own/own.js";

const ROUTE = "/passkey";
const RDNS = "cercle.passkey";
const ES256 = -7; // the one algorithm that the chain checks
const PATIENCE = 90; // seconds in which an account is made, with much to spare
const TIMEOUT = 120_000; // ms for the device's own question

const settings = { words: {}, language: "en", look: {}, site: "", brand: "", invitation: null };
let store = null; // {account, id}
let unfinished = null; // a credential that was made, and has no account yet
let mine = null;

/** The bridge says where this is, and in which words and colours to speak. */
export function configure(given) {
  Object.assign(settings, given);
  if (store || !window.PublicKeyCredential || window.location.origin !== settings.origin) return;
  // By chain and factory: the same address on another chain is another person's, or nobody's.
  store = keeper(`cercle.passkey.${settings.place}`);
  unfinished = keeper(`cercle.passkey.${settings.place}.made`);
  mine = read(store);
  window.addEventListener("storage", (event) => {
    if (event.key !== store.key) return;
    mine = read(store);
    emit("accountsChanged", accounts());
  });
  const drawing = "M12 12v3.5M8.5 15.5V12a3.5 3.5 0 0 1 7 0v2M5.5 14v-2a6.5 6.5 0 0 1 13 0v4M12 18.5v.5";
  announce({ uuid: RDNS, name: say("this_device"), rdns: RDNS, icon: icon(drawing) }, provider);
}

const say = (key, values) => fill(settings.words[key] || key, values);
const ask = (method, ...params) => askServer(ROUTE, method, params, { language: settings.language });

function read(kept) {
  try {
    return JSON.parse(kept.get());
  } catch {
    return null;
  }
}

// ---- bytes ----

const letters = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const chance = () => crypto.getRandomValues(new Uint8Array(32));

// ---- the device ----

/** Make a credential; what comes out is public. */
async function create(signal) {
  const name = `${settings.brand} · ${new Date().toLocaleDateString(settings.language)}`;
  const { rawId, response } = await navigator.credentials.create({
    signal,
    publicKey: {
      rp: { id: settings.site, name: settings.brand },
      user: { id: chance(), name, displayName: name },
      challenge: chance(), // nobody is signed in by it: the key that is made is all that counts
      pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
      attestation: "none",
      timeout: TIMEOUT,
    },
  });
  return {
    rawId: letters(rawId),
    response: {
      clientDataJSON: letters(response.clientDataJSON),
      authenticatorData: letters(response.getAuthenticatorData()),
      publicKey: letters(response.getPublicKey() ?? new ArrayBuffer(0)),
      publicKeyAlgorithm: response.getPublicKeyAlgorithm(),
    },
  };
}

/** Have the device sign 32 bytes, with one credential or with one that its person chooses. */
async function sign(challenge, id, signal) {
  const { rawId, response } = await navigator.credentials.get({
    signal,
    publicKey: {
      challenge,
      rpId: settings.site,
      allowCredentials: id ? [{ type: "public-key", id: bytes(id) }] : [],
      userVerification: "required",
      timeout: TIMEOUT,
    },
  });
  return {
    rawId: letters(rawId),
    response: {
      clientDataJSON: letters(response.clientDataJSON),
      authenticatorData: letters(response.authenticatorData),
      signature: letters(response.signature),
    },
  };
}

// ---- the account ----

const accounts = () => (mine ? [mine.account] : []);

function use(chosen) {
  mine = chosen;
  store.set(chosen && JSON.stringify(chosen));
  emit("accountsChanged", accounts());
}

/** Find the account of a passkey that is there already. */
async function find(tell, signal) {
  tell("answer_device");
  const challenge = chance();
  const answer = await sign(challenge, null, signal);
  tell("looking");
  const { account } = await ask("passkey_find", answer, letters(challenge));
  return { account, id: answer.rawId };
}

/** Make a passkey and have its account made; one whose account failed is not made twice. */
async function make(tell, signal) {
  let made = read(unfinished);
  if (!made) {
    tell("answer_device");
    made = await create(signal);
    unfinished.set(JSON.stringify(made));
  }
  tell("making");
  let told = await ask("passkey_make", made, settings.invitation);
  for (let tries = 0; told.state !== "made"; tries += 1) {
    if (tries === PATIENCE) throw new ProviderError(-32603, "slow", { sentence: say("slow") });
    await new Promise((go) => setTimeout(go, 1_000));
    if (signal.aborted) throw new ProviderError(4001, "User rejected the request.");
    told = await ask("passkey_state", told.account, told.number);
  }
  unfinished.set(null);
  return { account: told.account, id: made.rawId };
}

// ---- the dialog ----

function choose() {
  const isGoingOn = Boolean(read(unfinished));
  const canMake = Boolean(settings.invitation) || isGoingOn;
  const leaving = new AbortController();
  const frame = {
    id: "cercle-passkey",
    brand: say("this_device"),
    title: say("title"),
    look: settings.look,
    left: () => leaving.abort(), // the device's own question goes with ours
  };
  return dialog(frame, (settle) => {
    const status = node("p", { className: "quiet", role: "status" });
    const alert = node("p", { className: "problem", role: "alert" });
    const choices = [];
    const attempt = (way) => async () => {
      for (const button of choices) button.disabled = true;
      alert.textContent = "";
      try {
        const found = await way((key) => (status.textContent = say(key)), leaving.signal);
        if (leaving.signal.aborted) return;
        use(found);
        settle([found.account]);
      } catch (error) {
        if (leaving.signal.aborted) return;
        status.textContent = "";
        alert.textContent = problem(error);
        for (const button of choices) button.disabled = false;
        choices.at(-1).focus();
      }
    };
    const choice = (key, way, isFirst) => {
      const className = isFirst ? "primary" : "";
      choices.push(node("button", { className, textContent: say(key), onclick: attempt(way) }));
      return choices.at(-1);
    };
    const cancel = { textContent: say("cancel"), onclick: () => settle(null) };
    const row = buttons(node("button", cancel));
    row.append(choice("have_one", find, !canMake));
    if (canMake) row.append(choice(isGoingOn ? "go_on" : "make_one", make, true));
    return [
      node("p", { textContent: say("what") }),
      node(
        "ul",
        {},
        node("li", { textContent: say("bound", { site: settings.site }) }),
        node("li", { textContent: say("lost") }),
        node("li", { textContent: isGoingOn ? say("unfinished") : canMake ? say("free") : say("invited_only") }),
      ),
      status,
      alert,
      row,
    ];
  });
}

/** What went wrong, in words. */
function problem(error) {
  if (error?.data?.sentence) return error.data.sentence;
  if (error?.code === 4900) return say("unreachable");
  return say(
    { NotAllowedError: "declined", AbortError: "declined", NotSupportedError: "unable",
      ConstraintError: "unable", SecurityError: "elsewhere" }[error?.name] ?? "failed",
    { site: settings.site },
  );
}

// ---- the provider ----

const SIGNED = { eth_signTypedData_v4: [0, 1], personal_sign: [1, 0] }; // account, message

async function request({ method, params = [] }) {
  if (method === "eth_chainId") return settings.chain;
  if (method === "eth_accounts") return accounts();
  if (method === "eth_requestAccounts") return mine ? accounts() : alone(choose);
  if (method === "wallet_requestPermissions") {
    const value = await alone(choose);
    return [{ parentCapability: "eth_accounts", caveats: [{ value }] }];
  }
  if (method === "wallet_revokePermissions") {
    use(null);
    return null;
  }
  if (method === "wallet_switchEthereumChain") {
    if (params[0]?.chainId === settings.chain) return null;
    throw new ProviderError(4902, "This device's account lives on one chain.");
  }
  if (!(method in SIGNED)) {
    throw new ProviderError(4200, "This account signs only: it sends nothing by itself.");
  }
  const [at, of] = SIGNED[method];
  if (!mine || String(params[at]).toLowerCase() !== mine.account.toLowerCase()) {
    throw new ProviderError(4100, "This account is not connected.");
  }
  return alone(() => answer(method, params[of]));
}

/** One signature: the server names the 32 bytes, the device signs, the server packs. */
async function answer(method, message) {
  const { account, id } = mine;
  const { challenge } = await ask("passkey_ask", account, method, message);
  const signed = await sign(bytes(challenge), id).catch((error) => {
    const isLeft = error?.name === "NotAllowedError" || error?.name === "AbortError";
    throw new ProviderError(isLeft ? 4001 : -32603, problem(error));
  });
  const { signature } = await ask("passkey_sign", account, method, message, signed);
  return signature;
}

const { provider, emit, alone } = makeProvider(request);
