// The demo's wallet in the page: an EIP-1193 provider, announced by EIP-6963 like any other.
//
// It holds no key. The visitor picks a person of the demo; the server's own route lets the local
// node sign for that person after the visitor has agreed in the dialog below, as they would in a
// wallet of their own. Other people's text reaches the page as text only.

const ROUTE = "/demo-wallet";
const CHAIN = "0x7a69"; // 31337
const KEPT = "cercle.demo.account"; // an address; every tab of this browser borrows the same one
const SHOWN = 40; // people listed at once; a number finds the others

const settings = { words: {}, language: "en", saying: "", look: {} };
const listeners = new Map();
let asking = false;

/** The bridge says in which words and colours to speak, and what the page says it is about. */
export function configure(given) {
  Object.assign(settings, given);
  introduce();
}

// ---- speech ----

class ProviderError extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

async function ask(method, params = []) {
  const answer = await fetch(ROUTE, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  }).catch(() => null);
  if (!answer || !answer.ok) throw new ProviderError(4900, "The demo's server does not answer.");
  const { result, error } = await answer.json();
  if (error) throw new ProviderError(error.code, error.message, error.data);
  return result;
}

function say(key, values = {}) {
  const text = settings.words[key] || key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

// ---- the borrowed account ----

const store = {
  get: () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  },
  set: (account) => {
    try {
      if (account) localStorage.setItem(KEPT, account);
      else localStorage.removeItem(KEPT);
    } catch {
      /* a private window: the account lasts as long as the page */
    }
  },
};
let account = store.get();
let everybody = null;

async function people() {
  const list = await ask("demo_people");
  let visitors = 0;
  everybody = list.map((person) => ({
    account: person.account,
    isMember: person.member > 0,
    name: person.member
      ? say("member", { n: person.member })
      : say("visitor", { n: (visitors += 1) }),
    note: (person.note && (person.note[settings.language] || person.note.en)) || "",
  }));
  return everybody;
}

/** What was borrowed before is there at once; whether it may still be is looked up behind it. */
function accounts() {
  if (!account) return [];
  if (!everybody) {
    people()
      .then((list) => list.some((person) => person.account === account) || use(null))
      .catch(() => null); // the server will refuse whatever it does not know
  }
  return [account];
}

function use(chosen) {
  if (chosen === account) return;
  account = chosen;
  store.set(chosen);
  emit("accountsChanged", chosen ? [chosen] : []);
}

window.addEventListener("storage", (event) => {
  if (event.key !== KEPT || event.newValue === account) return;
  account = event.newValue;
  emit("accountsChanged", account ? [account] : []);
});

// ---- the provider ----

function emit(event, value) {
  for (const listener of [...(listeners.get(event) || [])]) listener(value);
}

const CONFIRMED = new Set(["eth_sendTransaction", "eth_signTypedData_v4", "personal_sign"]);

async function request({ method, params = [] }) {
  if (method === "eth_chainId") return CHAIN; // the server looks again before it signs
  if (method === "eth_accounts") return accounts();
  if (method === "eth_requestAccounts") {
    const known = accounts();
    return known.length ? known : alone(choose);
  }
  if (method === "wallet_requestPermissions") {
    const [chosen] = await alone(choose);
    return [{ parentCapability: "eth_accounts", caveats: [{ value: [chosen] }] }];
  }
  if (method === "wallet_revokePermissions") {
    use(null);
    return null;
  }
  if (method === "wallet_switchEthereumChain") {
    if (params[0]?.chainId === CHAIN) return null;
    throw new ProviderError(4902, "The demo's wallet knows the local chain only.");
  }
  if (method === "eth_getTransactionCount") return ask(method, params);
  if (!CONFIRMED.has(method)) {
    throw new ProviderError(4200, "The demo's wallet does not do this.");
  }
  if (!account) throw new ProviderError(4100, "No account is connected.");
  await alone(() => confirm(method, params));
  return ask(method, params);
}

/** One dialog at a time, as in any wallet. */
async function alone(show) {
  if (asking) throw new ProviderError(-32002, "A request is already open.");
  asking = true;
  try {
    return await show();
  } finally {
    asking = false;
  }
}

const provider = Object.freeze({
  request,
  on(event, listener) {
    if (!listeners.has(event)) listeners.set(event, new Set());
    listeners.get(event).add(listener);
    return provider;
  },
  removeListener(event, listener) {
    listeners.get(event)?.delete(listener);
    return provider;
  },
});

// ---- the dialogs ----

function node(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "for" || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Show a dialog until `settle` is called with an answer; leaving it is a refusal. */
function dialog(title, build) {
  return new Promise((resolve, reject) => {
    const opener = document.activeElement;
    const host = node("div", { id: "cercle-demo-wallet" });
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    for (const [name, value] of Object.entries(settings.look)) {
      if (value) host.style.setProperty(`--${name}`, value);
    }
    const box = node("dialog", { "aria-labelledby": "title", tabIndex: -1 });
    const settle = (answer) => {
      box.close();
      host.remove();
      opener?.focus?.();
      if (answer === null) reject(new ProviderError(4001, "User rejected the request."));
      else resolve(answer);
    };
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      settle(null);
    });
    // Streamlit reads single keys as commands ("r" reruns, "c" clears): not while we ask.
    box.addEventListener("keydown", (event) => event.stopPropagation());
    box.append(
      node("p", { className: "brand", textContent: say("demo_wallet") }),
      node("h2", { id: "title", textContent: title }),
      ...build(settle),
    );
    root.append(box);
    document.body.append(host);
    box.showModal();
    box.focus(); // not the first field: on a phone that would raise the keyboard
  });
}

async function choose() {
  const list = await people();
  const chosen = await dialog(say("choose_title"), (settle) => {
    const group = { className: "people", role: "radiogroup", "aria-labelledby": "title" };
    const rows = node("div", group);
    const search = node("input", { id: "search", type: "search", autocomplete: "off" });
    const count = node("p", { className: "quiet", role: "status" });
    const current = list.find((person) => person.account === account) ?? list[0];
    const others = node("input", { id: "others", type: "checkbox" });
    others.checked = current?.isMember === false;
    let picked = current?.account;
    const draw = () => {
      const offered = list.filter((person) => person.isMember !== others.checked);
      const wanted = search.value.trim().toLowerCase();
      const number = /^\d+$/.test(wanted);
      const found = offered.filter((person) =>
        !wanted
          ? true
          : number
            ? person.name.match(/\d+/)?.[0].startsWith(wanted)
            : `${person.name} ${person.note} ${person.account}`.toLowerCase().includes(wanted),
      );
      if (!found.some((person) => person.account === picked)) picked = found[0]?.account;
      const mine = found.filter((person) => person.account === picked);
      const rest = found.filter((person) => person.account !== picked);
      const shown = [...mine, ...rest].slice(0, SHOWN);
      rows.replaceChildren(
        ...shown.map((person) =>
          node(
            "label",
            { className: "person" },
            node("input", {
              type: "radio",
              name: "person",
              value: person.account,
              checked: person.account === picked,
              onchange: () => (picked = person.account),
            }),
            node(
              "span",
              {},
              node("strong", { textContent: person.name }),
              person.note ? node("span", { className: "quiet", textContent: person.note }) : null,
            ),
            node("code", { textContent: shorten(person.account), title: person.account }),
          ),
        ),
      );
      count.textContent = found.length
        ? say("people_count", { shown: shown.length, all: offered.length })
        : say("nobody");
      go.disabled = found.length === 0;
    };
    const go = node("button", {
      className: "primary",
      textContent: say("use_account"),
      onclick: () => settle(picked),
    });
    search.addEventListener("input", draw);
    others.addEventListener("change", draw);
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !go.disabled) settle(picked);
    });
    draw();
    return [
      node("p", { textContent: say("choose_text") }),
      node("label", { for: "search", textContent: say("search") }),
      search,
      list.some((person) => person.isMember) && list.some((person) => !person.isMember)
        ? node(
            "label",
            { className: "choice", for: "others" },
            others,
            node("span", { textContent: say("others") }),
          )
        : "",
      rows,
      count,
      buttons(node("button", { textContent: say("cancel"), onclick: () => settle(null) }), go),
    ];
  });
  use(chosen);
  return [chosen];
}

async function confirm(method, params) {
  const list = everybody || (await people());
  const who = list.find((person) => person.account === account);
  const details = await detailsOf(method, params);
  const saying = settings.saying;
  return dialog(say(method === "eth_sendTransaction" ? "send_title" : "sign_title"), (settle) => [
    saying ? node("p", { className: "saying", textContent: saying }) : null,
    node("p", { textContent: say("acting_as", { name: who ? who.name : shorten(account) }) }),
    node("h3", { textContent: say("details") }),
    node(
      "div",
      { className: "details", tabIndex: 0, "aria-label": say("details"), role: "group" },
      node(
        "dl",
        {},
        ...details.map(([name, value]) =>
          node("div", {}, node("dt", { textContent: name }), node("dd", { textContent: value })),
        ),
      ),
    ),
    buttons(
      node("button", { textContent: say("reject"), onclick: () => settle(null) }),
      node("button", {
        className: "primary",
        textContent: say("approve"),
        onclick: () => settle(true),
      }),
    ),
  ].filter(Boolean));
}

/** What is really signed, read from the request itself and not from the page's sentence. */
async function detailsOf(method, params) {
  if (method === "personal_sign") return [[say("text"), decoded(params[0])]];
  if (method === "eth_signTypedData_v4") {
    const typed = typeof params[1] === "string" ? JSON.parse(params[1]) : params[1];
    return [
      [say("message"), String(typed.primaryType)],
      ...Object.entries(typed.message || {}).map(([name, value]) => [name, plain(value)]),
      [say("for"), `${typed.domain?.name ?? ""} ${typed.domain?.verifyingContract ?? ""}`.trim()],
    ];
  }
  const wanted = params[0];
  const known = await ask("demo_explain", [wanted]).catch(() => ({}));
  const rows = [];
  if (known.contract) rows.push([say("contract"), known.contract]);
  if (known.function) rows.push([say("function"), known.function]);
  for (const [name, value] of known.arguments || []) rows.push([name, value]);
  rows.push([say("to"), String(wanted.to)]);
  if (BigInt(wanted.value || 0) > 0n) rows.push([say("value"), `${BigInt(wanted.value)} wei`]);
  if (!known.function) rows.push([say("data"), String(wanted.data || "0x")]);
  return rows;
}

const shorten = (text) => `${text.slice(0, 6)}…${text.slice(-4)}`;
const plain = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));
const buttons = (...kids) => node("div", { className: "buttons" }, ...kids);

function decoded(hex) {
  try {
    const bytes = Uint8Array.from(hex.slice(2).match(/../g) || [], (pair) => parseInt(pair, 16));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return String(hex);
  }
}

const STYLE = `
  :host { all: initial; }
  dialog {
    box-sizing: border-box; width: min(30rem, calc(100vw - 1.5rem));
    max-height: calc(100dvh - 2rem);
    padding: 1.25rem; border: 1px solid var(--border, #888); border-radius: 14px; overflow-y: auto;
    background: var(--background, Canvas); color: var(--text, CanvasText);
    font: 1rem/1.45 var(--font, system-ui, sans-serif);
    box-shadow: 0 1.5rem 4rem rgb(0 0 0 / 35%);
  }
  dialog:focus { outline: none; }
  dialog::backdrop { background: rgb(20 18 15 / 55%); }
  p, h2, h3, dl { margin: 0 0 .75rem; }
  h2 { font-size: 1.25rem; line-height: 1.25; }
  h3 { font-size: .9rem; margin-bottom: .35rem; }
  .brand { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase;
    margin-bottom: .35rem; }
  .saying { font-size: 1.05rem; font-weight: 600; overflow-wrap: anywhere; }
  .quiet { font-size: .88rem; }
  label { display: block; font-size: .9rem; margin-bottom: .25rem; }
  input[type="search"] {
    box-sizing: border-box; width: 100%; padding: .55rem .75rem; margin-bottom: .6rem;
    font: inherit; color: inherit; background: var(--background, Field);
    border: 1px solid var(--control, #777); border-radius: 9px;
  }
  .people { max-height: min(16rem, 40dvh); overflow-y: auto; margin-bottom: .5rem;
    border: 1px solid var(--border, #888); border-radius: 9px; }
  .person { display: grid; grid-template-columns: auto 1fr auto; gap: .7rem; align-items: center;
    padding: .55rem .75rem; margin: 0; font-size: 1rem; cursor: pointer; min-height: 1.75rem; }
  .person + .person { border-top: 1px solid var(--border, #888); }
  .person:has(:checked) { background: var(--secondary, #8882); }
  .person span { display: grid; }
  .person strong { font-weight: 600; }
  .choice { display: flex; align-items: center; gap: .5rem; margin-bottom: .6rem;
    min-height: 1.75rem; }
  input[type="checkbox"], input[type="radio"] { accent-color: var(--primary, #1e5b52);
    width: 1.1rem; height: 1.1rem; margin: 0; }
  code { font: .85rem ui-monospace, monospace; }
  .details { border: 1px solid var(--border, #888); border-radius: 9px; padding: .35rem .75rem;
    max-height: min(18rem, 40dvh); overflow-y: auto; background: var(--secondary, #8881); }
  dl { margin: 0; }
  dl div { padding: .35rem 0; }
  dl div + div { border-top: 1px solid var(--border, #888); }
  dt { font-size: .82rem; }
  dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; font-weight: 500; }
  .buttons { display: flex; gap: .6rem; justify-content: flex-end; flex-wrap: wrap;
    margin-top: 1rem; }
  button { font: inherit; font-weight: 600; color: inherit; min-height: 2.75rem;
    padding: .5rem 1.1rem; border: 1px solid var(--control, #777); border-radius: 99px;
    background: transparent; cursor: pointer; }
  button.primary { background: var(--primary, #1e5b52); color: #fff; border-color: transparent; }
  button:disabled { opacity: .5; cursor: default; }
  :focus-visible { outline: 3px solid var(--primary, #1e5b52); outline-offset: 2px; }
  @media (max-width: 30rem) { .buttons button { flex: 1 1 9rem; } .person code { display: none; } }
`;

// ---- the announcement ----

const ICON =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><rect width='24' height='24' " +
  "rx='6' fill='#1e5b52'/><path d='M5 8h14v9H5zM15 12h4' fill='none' stroke='#fff' " +
  "stroke-width='1.8'/></svg>";
let introduced = false;

/** Announce once, under a name in the visitor's language. */
function introduce() {
  if (introduced) return;
  introduced = true;
  const info = Object.freeze({
    uuid: "cercle-demo",
    name: say("demo_wallet"),
    rdns: "example.cercle.demo",
    icon: `data:image/svg+xml,${encodeURIComponent(ICON)}`,
  });
  const detail = Object.freeze({ info, provider });
  const announce = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
}
