// The demo's wallet in the page: an EIP-1193 provider, announced by EIP-6963 like any other.
//
// It holds no key. The visitor picks a person of the demo; the server's own route lets the local
// node sign for that person after the visitor has agreed in the dialog below, as they would in a
// wallet of their own. Other people's text reaches the page as text only.

import {
  ProviderError,
  announce,
  ask as askServer,
  buttons,
  dialog as show,
  fill,
  icon,
  keeper,
  makeProvider,
  node,
  shorten,
} from "/own/own.js";

const ROUTE = "/demo-wallet";
const CHAIN = "0x7a69"; // 31337
const KEPT = "cercle.demo.account"; // an address; every tab of this browser borrows the same one
const SHOWN = 40; // people listed at once; a number finds the others

const settings = { words: {}, language: "en", saying: "", look: {} };

/** The bridge says in which words and colours to speak, and what the page says it is about. */
export function configure(given) {
  Object.assign(settings, given);
  introduce();
}

// ---- speech ----

const ask = (method, params) => askServer(ROUTE, method, params);
const say = (key, values) => fill(settings.words[key] || key, values);

// ---- the borrowed account ----

const store = keeper(KEPT);
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

const { provider, emit, alone } = makeProvider(request);

// ---- the dialogs ----

function dialog(title, build) {
  const frame = { id: "cercle-demo-wallet", brand: say("demo_wallet"), title, look: settings.look };
  return show(frame, build);
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

const plain = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));

function decoded(hex) {
  try {
    const bytes = Uint8Array.from(hex.slice(2).match(/../g) || [], (pair) => parseInt(pair, 16));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return String(hex);
  }
}

// ---- the announcement ----

let introduced = false;

/** Announce once, under a name in the visitor's language. */
function introduce() {
  if (introduced) return;
  introduced = true;
  const info = {
    uuid: "cercle-demo",
    name: say("demo_wallet"),
    rdns: "example.cercle.demo",
    icon: icon("M5 8h14v9H5zM15 12h4"),
  };
  announce(info, provider);
}
