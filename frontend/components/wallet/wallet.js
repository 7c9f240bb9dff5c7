// The bridge between Streamlit and the wallet in this browser: a v2 component, a plain module
// without a build or a dependency. It runs in the page itself, so wallets see it as the page.
//
// Streamlit calls the default export again whenever `data` or the theme changes, and its clean-up
// only when the component goes: so whatever must exist once lives in one object per page.
//
// Delivery. Python repeats a request until it is answered, this side repeats an answer until it is
// acknowledged, and an id is CLAIMED (in memory and in the tab's journal) before the wallet is
// asked: at most one question per id and tab, and no answer is lost while the session lives.
//
// Nothing here is markup: names, labels and sentences are set as text.

const BRIDGE = Symbol.for("cercle.wallet.bridge");
const JOURNAL = "cercle.wallet.journal"; // sessionStorage: this tab, outlives a reload
const LAST = "cercle.wallet.rdns"; // localStorage: which wallet to find again
const JOURNAL_LENGTH = 30;
const PROVIDER_LIMIT = 20;
const ICON_LENGTH = 65_536;
const REPEAT = 2_000; // ms between repetitions of an answer that nobody acknowledged
const LEGACY_WAIT = 400; // ms before a wallet from before EIP-6963 is looked for

// The wallet that this very device is: it signs, and sends nothing by itself.
const DEVICE = "cercle.passkey";

const METHODS = new Set(["eth_sendTransaction", "eth_signTypedData_v4", "personal_sign"]);

// Codes of our own, beside those of EIP-1193 and JSON-RPC.
const CODE = {
  rejected: 4001,
  unsupported: 4200,
  disconnected: 4900,
  unknownChain: 4902,
  pending: -32002,
};
const OURS = { expired: -1, otherAccount: -2, otherChain: -3 };

// ---- small tools ----

const keep = (store) => ({
  get(key) {
    try {
      return JSON.parse(store().getItem(key) || "null");
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      store().setItem(key, JSON.stringify(value));
    } catch {
      /* a private window or a full quota: the page's memory has to do */
    }
  },
});
const tab = keep(() => window.sessionStorage);
const browser = keep(() => window.localStorage);

const shorten = (account) => (account ? `${account.slice(0, 6)}…${account.slice(-4)}` : "");
const same = (one, other) => String(one).toLowerCase() === String(other).toLowerCase();
const isAccount = (text) => typeof text === "string" && /^0x[0-9a-fA-F]{40}$/.test(text);
const accountsOf = (list) => (Array.isArray(list) ? list.filter(isAccount) : []);
const chainOf = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 ? number : null;
};

/** A name that a wallet gave itself: no line breaks, no invisible or direction marks, short. */
const nameOf = (text) =>
  String(text ?? "")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .trim()
    .slice(0, 40);

/** Icons are taken as pictures only: in an <img> even an SVG runs no script. */
const iconOf = (text) =>
  typeof text === "string" &&
  text.length <= ICON_LENGTH &&
  /^data:image\/(png|jpeg|webp|gif|svg\+xml)[;,]/.test(text)
    ? text
    : "";

function faultOf(error, stage) {
  let data = null;
  try {
    data = error?.data === undefined ? null : JSON.parse(JSON.stringify(error.data));
  } catch {
    data = null;
  }
  if (JSON.stringify(data)?.length > 2_000) data = null;
  return {
    code: Number.isInteger(error?.code) ? error.code : -32603,
    message: String(error?.message ?? error).slice(0, 300),
    data,
    stage,
  };
}

// ---- the one bridge of this page ----

function makeBridge() {
  const bridge = {
    providers: new Map(),
    active: null,
    accounts: [],
    chainId: null,
    claimed: new Set(),
    seen: new Map(), // id -> when this page first saw it, by its own clock
    busy: null, // the id that the wallet is being asked about
    note: null, // [key, values]: a sentence of `data.words`
    outbox: {},
    orphans: {},
    attempt: 0,
    views: new Set(),
    own: new Map(), // address -> the module of a wallet that this server brings itself
    wished: null, // the id of the last wish that was heard
    detach: null,
    turn: 0,
  };

  bridge.refresh = () => {
    for (const view of bridge.views) view.render();
  };

  bridge.journal = (id, entry) => {
    const all = tab.get(JOURNAL) || {};
    if (entry === null) delete all[id];
    else all[id] = { ...all[id], ...entry };
    const ids = Object.keys(all);
    for (const old of ids.slice(0, Math.max(0, ids.length - JOURNAL_LENGTH))) delete all[old];
    tab.set(JOURNAL, all);
  };

  // Whatever the journal still holds, the page before this one did not get acknowledged. It is
  // never asked again; Python is told, and looks at the chain.
  for (const [id, entry] of Object.entries(tab.get(JOURNAL) || {})) {
    bridge.claimed.add(id);
    bridge.orphans[id] = entry;
  }

  // ---- which wallet ----

  const onAnnounce = (event) => {
    const { info, provider } = event?.detail ?? {};
    if (!info || typeof provider?.request !== "function") return;
    const uuid = String(info.uuid);
    if (bridge.providers.has(uuid) || bridge.providers.size >= PROVIDER_LIMIT) return;
    const rdns = String(info.rdns ?? "").slice(0, 100);
    const name = nameOf(info.name) || nameOf(rdns) || "?";
    bridge.providers.set(uuid, { uuid, name, rdns, icon: iconOf(info.icon), provider });
    if (!bridge.active && rdns && browser.get(LAST) === rdns) void bridge.select(uuid, false);
    bridge.refresh();
  };

  /** Use a wallet; `ask` lets it show its question, otherwise only what it already grants. */
  bridge.select = async (uuid, ask) => {
    const chosen = bridge.providers.get(uuid);
    if (!chosen) return;
    const turn = (bridge.turn += 1); // a later choice wins over one that is still open
    const speaks = ask && chosen.rdns !== DEVICE; // this device has a dialog of its own
    bridge.note = speaks ? ["connecting", { name: chosen.name }] : null;
    bridge.refresh();
    try {
      const method = ask ? "eth_requestAccounts" : "eth_accounts";
      const accounts = accountsOf(await chosen.provider.request({ method }));
      if (turn !== bridge.turn) return;
      if (!accounts.length) {
        bridge.note = ask ? ["declined", {}] : null;
        return;
      }
      const chainId = chainOf(await chosen.provider.request({ method: "eth_chainId" }));
      if (turn !== bridge.turn) return;
      bridge.detach?.();
      Object.assign(bridge, { active: chosen, accounts, chainId, note: null });
      bridge.detach = listen(chosen.provider);
      browser.set(LAST, chosen.rdns);
    } catch (error) {
      if (turn === bridge.turn) bridge.note = ask ? noteOf(error, chosen.name) : null;
    } finally {
      bridge.refresh();
    }
  };

  const listen = (provider) => {
    const onAccounts = (list) => {
      bridge.accounts = accountsOf(list);
      if (!bridge.accounts.length) bridge.disconnect();
      else bridge.refresh();
    };
    const onChain = (chainId) => {
      bridge.chainId = chainOf(chainId);
      bridge.refresh();
    };
    provider.on?.("accountsChanged", onAccounts);
    provider.on?.("chainChanged", onChain);
    return () => {
      provider.removeListener?.("accountsChanged", onAccounts);
      provider.removeListener?.("chainChanged", onChain);
    };
  };

  const noteOf = (error, name) => {
    if (error?.code === CODE.rejected) return ["declined", {}];
    if (error?.code === CODE.pending) return ["already_open", { name }];
    return ["failed", { name }];
  };

  bridge.disconnect = () => {
    bridge.turn += 1;
    bridge.detach?.();
    Object.assign(bridge, { detach: null, active: null, accounts: [], chainId: null, note: null });
    browser.set(LAST, null);
    bridge.refresh();
  };

  /** EIP-2255: lets the wallet offer its accounts; a wallet without it is told about in words. */
  bridge.changeAccount = async () => {
    const { provider, name } = bridge.active;
    try {
      const params = [{ eth_accounts: {} }];
      await provider.request({ method: "wallet_requestPermissions", params });
      bridge.accounts = accountsOf(await provider.request({ method: "eth_accounts" }));
      bridge.note = null;
    } catch (error) {
      bridge.note =
        error?.code === CODE.rejected
          ? null
          : error?.code === CODE.pending
            ? ["already_open", { name }]
            : ["change_in_wallet", { name }];
    }
    bridge.refresh();
  };

  /** Python passes on that the member pressed a button for one wallet: once. */
  bridge.hear = async ({ wish, device }) => {
    if (!wish || bridge.wished === wish.id) return;
    bridge.wished = wish.id;
    await Promise.all(bridge.own.values());
    const found = [...bridge.providers.values()].find((wallet) => wallet.rdns === wish.rdns);
    if (found) void bridge.select(found.uuid, true);
    else bridge.note = [deviceProblem({ device }) || "device_unable", device ?? {}];
    bridge.refresh();
  };

  bridge.changeChain = async (data) => {
    const { provider, name } = bridge.active;
    try {
      bridge.chainId = await reachChain(provider, data.chainId, data.addChain);
      bridge.note = bridge.chainId === data.chainId ? null : ["failed", { name }];
    } catch (error) {
      bridge.note = error?.code === CODE.rejected ? null : noteOf(error, name);
    }
    bridge.refresh();
  };

  // ---- a request ----

  bridge.finish = (id, entry) => {
    bridge.outbox[id] = entry;
    if (bridge.busy === id) bridge.busy = null;
    bridge.refresh();
  };

  bridge.fail = (id, code, stage, message = "") => {
    bridge.claimed.add(id);
    bridge.finish(id, { status: "error", error: { code, message, data: null, stage } });
  };

  bridge.isExpired = (request) =>
    performance.now() - (bridge.seen.get(request.id) ?? performance.now()) > request.lifetime;

  /** The only place that asks a wallet to sign or to send. */
  bridge.run = async (request) => {
    const { id, method, params, sender, chainId, label } = request;
    if (bridge.claimed.has(id) || bridge.busy) return;
    bridge.claimed.add(id);
    if (!METHODS.has(method)) return bridge.fail(id, CODE.unsupported, "check");
    if (bridge.isExpired(request)) return bridge.fail(id, OURS.expired, "check");
    if (!bridge.active) return bridge.fail(id, CODE.disconnected, "check");
    const { provider } = bridge.active;
    let stage = "check";
    bridge.busy = id;
    bridge.note = null;
    bridge.refresh();
    try {
      const accounts = accountsOf(await provider.request({ method: "eth_accounts" }));
      if (!accounts.some((account) => same(account, sender)))
        return bridge.fail(id, OURS.otherAccount, stage);
      stage = "switch";
      const now = await reachChain(provider, chainId, request.addChain);
      if (now !== chainId) return bridge.fail(id, OURS.otherChain, stage);
      let nonce = null;
      if (method === "eth_sendTransaction") {
        const counting = { method: "eth_getTransactionCount", params: [sender, "latest"] };
        nonce = await provider.request(counting).catch(() => null);
      }
      stage = "wallet";
      const from = { label, method, sender, chainId, at: Date.now() };
      bridge.journal(id, { ...from, nonce: typeof nonce === "string" ? nonce : null });
      for (const own of bridge.own.values()) own.then((made) => made?.configure({ saying: label }));
      const result = await provider.request({ method, params });
      // A hash is kept over a reload, a signature is not.
      if (method === "eth_sendTransaction") bridge.journal(id, { hash: String(result) });
      bridge.finish(id, { status: "ok", result: result === undefined ? null : result });
    } catch (error) {
      bridge.finish(id, { status: "error", error: faultOf(error, stage) });
    }
  };

  bridge.acknowledge = (ids) => {
    for (const id of ids) {
      if (!(id in bridge.outbox) && !(id in bridge.orphans)) continue;
      delete bridge.outbox[id];
      delete bridge.orphans[id];
      bridge.journal(id, null);
    }
  };

  // Listening comes last: wallets answer while the event is being dispatched.
  window.addEventListener("eip6963:announceProvider", onAnnounce);
  window.dispatchEvent(new Event("eip6963:requestProvider"));
  setTimeout(() => {
    const old = window.ethereum;
    if (bridge.providers.size || typeof old?.request !== "function") return;
    const [view] = bridge.views;
    const name = view?.data.words?.legacy ?? "";
    const info = { uuid: "legacy", name, rdns: "legacy.injected", icon: "" };
    onAnnounce({ detail: { info, provider: old } });
  }, LEGACY_WAIT);
  // Streamlit keeps a state that was set while the connection was down, and sends it only with
  // the next run of the page: so an answer is offered again, changed a little, until it is known.
  setInterval(() => {
    const waiting = Object.keys(bridge.outbox).length + Object.keys(bridge.orphans).length;
    if (waiting) bridge.attempt += 1;
    if (waiting || bridge.seen.size) bridge.refresh();
  }, REPEAT);
  return bridge;
}

/** Bring a wallet to a chain, adding it if the wallet does not know it; says where it ended. */
async function reachChain(provider, chainId, addChain) {
  const current = async () => chainOf(await provider.request({ method: "eth_chainId" }));
  const change = () =>
    provider.request({
      method: "wallet_switchEthereumChain",
      params: [{ chainId: `0x${chainId.toString(16)}` }],
    });
  const before = await current();
  if (before === chainId) return before;
  try {
    await change();
  } catch (error) {
    const code = error?.data?.originalError?.code ?? error?.code;
    if (code !== CODE.unknownChain || !addChain) throw error;
    await provider.request({ method: "wallet_addEthereumChain", params: [addChain] });
    if ((await current()) !== chainId) await change();
  }
  return current();
}

// ---- the view ----

function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "key") made.dataset.key = value;
    else if (name === "role" || name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function picture({ name, icon }) {
  if (icon) return make("img", { src: icon, alt: "", width: 20, height: 20 });
  return make("span", { className: "initial", "aria-hidden": "true", textContent: name[0] });
}

export default function mount({ data, parentElement, setStateValue }) {
  const bridge = (window[BRIDGE] ??= makeBridge());
  const root = parentElement.querySelector(".wallet");
  const view = (root.view ??= { sent: "", drawn: "", shown: null });
  view.data = data || {};
  view.root = root;
  view.publish = (value) => setStateValue("bridge", value);
  view.render = () => render(bridge, view);
  bridge.views.add(view);
  for (const own of view.data.own || []) load(bridge, view, own);
  void bridge.hear(view.data);

  bridge.acknowledge(view.data.ack || []);
  const { request } = view.data;
  if (request && !bridge.claimed.has(request.id)) {
    if (!bridge.seen.has(request.id)) bridge.seen.set(request.id, performance.now());
  }
  for (const id of bridge.seen.keys()) if (id !== request?.id) bridge.seen.delete(id);
  view.render();
  if (request?.mode === "auto") void bridge.run(request);
  return () => bridge.views.delete(view);
}

/** A wallet of this server is a script of this server, and only where the server offers it. */
function load(bridge, { root }, { script, ...told }) {
  const url = new URL(script, window.location.origin);
  if (url.origin !== window.location.origin) return;
  if (!bridge.own.has(url.href)) {
    bridge.own.set(
      url.href,
      import(url.href).catch(() => null),
    );
  }
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const look = {
    background: colour("background-color"),
    secondary: colour("secondary-background-color"),
    text: colour("text-color"),
    border: colour("border-color"),
    primary: colour("primary-color"),
    font: colour("font"),
  };
  bridge.own.get(url.href).then((made) => made?.configure({ ...told, look }));
}

function render(bridge, view) {
  const { data, root } = view;
  const words = data.words || {};
  const say = (key, values = {}) =>
    (words[key] || "").replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  const { request } = data;
  if (request && !bridge.claimed.has(request.id) && bridge.isExpired(request)) {
    bridge.fail(request.id, OURS.expired, "check"); // renders again
    return;
  }
  const account = bridge.accounts[0] || null;
  const isElsewhere = Boolean(bridge.active && data.chainId && bridge.chainId !== data.chainId);
  const isOpen = Boolean(request && !bridge.claimed.has(request.id) && request.mode !== "auto");

  const parts = [];
  if (bridge.active) parts.push(...connected(bridge, data, say, account, isElsewhere));
  else parts.push(...wallets(bridge, data, say));
  if (isOpen) parts.push(card(bridge, request, say, account));

  // Draw only what changed: a button that is replaced between press and release swallows the
  // click; and give the focus back to what had it.
  const drawn = parts.map((part) => part.outerHTML).join("") + (isOpen ? request.id : "");
  const body = root.querySelector(".body");
  root.setAttribute("aria-label", say("region"));
  if (drawn !== view.drawn) {
    view.drawn = drawn;
    const focused = root.getRootNode().activeElement?.dataset?.key;
    body.replaceChildren(...parts);
    if (focused) body.querySelector(`[data-key="${focused}"]`)?.focus({ preventScroll: true });
  }
  const how = bridge.active?.rdns === DEVICE ? "device_waiting" : "waiting";
  const waiting = bridge.busy ? say(how, { name: bridge.active?.name ?? "" }) : "";
  write(root.querySelector(".status"), waiting || noteText(bridge, say, "connecting"));
  write(root.querySelector(".alert"), noteText(bridge, say, null));
  present(bridge, view, isOpen ? request.id : null);
  publish(bridge, view, account);
}

function noteText(bridge, say, only) {
  if (!bridge.note) return "";
  const [key, values] = bridge.note;
  return (key === "connecting") === (only === "connecting") ? say(key, values) : "";
}

/** Live regions stay in the page; only their text changes, so that it is read out. */
function write(region, text) {
  if (region.textContent !== text) region.textContent = text;
}

/** Why somebody without a wallet cannot use this device either, if so. */
function deviceProblem({ device }) {
  if (!device) return "";
  if (!device.isOffered) return "device_no_chain";
  if (window.location.origin !== device.origin) return "device_elsewhere";
  return window.PublicKeyCredential ? "" : "device_no_browser";
}

function wallets(bridge, data, say) {
  if (!bridge.providers.size) {
    const why = deviceProblem(data);
    const told = [say("none"), why && say(why, data.device)].filter(Boolean);
    return told.map((textContent) => make("p", { className: "quiet", textContent }));
  }
  const found = [...bridge.providers.values()].map((wallet) =>
    make(
      "button",
      {
        key: `connect-${wallet.uuid}`.replace(/[^\w-]/g, ""),
        type: "button",
        onclick: () => bridge.select(wallet.uuid, true),
      },
      picture(wallet),
      make("span", {
        textContent:
          wallet.rdns === DEVICE ? say("device_use") : say("connect", { name: wallet.name }),
      }),
    ),
  );
  return [make("div", { className: "row" }, ...found)];
}

function connected(bridge, data, say, account, isElsewhere) {
  const { name } = bridge.active;
  const button = (key, onclick, className = "plain") =>
    make("button", { key, type: "button", className, onclick, textContent: say(key) });
  const row = make(
    "div",
    { className: "row" },
    picture(bridge.active),
    make(
      "span",
      { className: "who" },
      make("span", { className: "account", title: account ?? "", textContent: shorten(account) }),
      make("span", { className: "quiet", textContent: name }),
    ),
    make(
      "span",
      { className: "links" },
      button("change", () => bridge.changeAccount()),
      button("disconnect", () => bridge.disconnect()),
    ),
  );
  if (!isElsewhere) return [row];
  const chain = data.chainName || String(data.chainId);
  const warning = make(
    "div",
    { className: "warning" },
    make("p", { textContent: say("other_chain", { chain }) }),
    make("button", {
      key: "switch",
      type: "button",
      onclick: () => bridge.changeChain(data),
      textContent: say("switch", { chain }),
    }),
  );
  return [row, warning];
}

function card(bridge, request, say, account) {
  const isOther = Boolean(account && !same(account, request.sender));
  const isBusy = Boolean(bridge.busy);
  const isDevice = bridge.active?.rdns === DEVICE;
  const hint = !account
    ? say("connect_first")
    : isOther
      ? say("other_account", { account: shorten(request.sender) })
      : isBusy
        ? say("other_open")
        : say(isDevice ? "device_hint" : "hint");
  return make(
    "div",
    { className: "card", key: "card", role: "group", tabIndex: -1, "aria-label": request.label },
    make("p", { className: "label", textContent: request.label }),
    make("p", { className: isOther ? "problem" : "quiet", textContent: hint }),
    make(
      "div",
      { className: "buttons" },
      make("button", {
        key: "cancel",
        type: "button",
        textContent: say("cancel"),
        onclick: () => bridge.fail(request.id, CODE.rejected, "page"),
      }),
      make("button", {
        key: "open",
        type: "button",
        className: "primary",
        textContent: say(isDevice ? "device_open" : "open"),
        disabled: !account || isOther || isBusy,
        onclick: () => bridge.run(request),
      }),
    ),
  );
}

/** Bring a new question before the person's eyes once, and the focus back when it is over. */
function present(bridge, view, id) {
  if (view.shown === id) return;
  const { root } = view;
  if (id !== null) {
    view.shown = id;
    if (!view.before) view.before = document.activeElement;
    const shown = root.querySelector(".card");
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    // After Streamlit has laid out the run that brought it.
    requestAnimationFrame(() => {
      shown.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
      shown.focus({ preventScroll: true });
    });
    return;
  }
  view.shown = null;
  const focused = document.activeElement;
  const isLost = !focused || focused === document.body || focused === root.getRootNode().host;
  const before = view.before;
  view.before = null;
  if (isLost && before?.isConnected) before.focus({ preventScroll: true });
}

/** Tell Python what it does not know yet; it repeats what it knows in `known` and `ack`. */
function publish(bridge, view, account) {
  const { data } = view;
  const wallet = {
    account,
    chainId: bridge.chainId,
    name: bridge.active ? bridge.active.name : null,
    found: bridge.providers.size,
    signsOnly: bridge.active?.rdns === DEVICE,
  };
  const acknowledged = new Set(data.ack || []);
  const left = (entries) =>
    Object.fromEntries(Object.entries(entries).filter(([id]) => !acknowledged.has(id)));
  const outbox = left(bridge.outbox);
  const orphans = left(bridge.orphans);
  const hasNews = Object.keys(outbox).length + Object.keys(orphans).length > 0;
  const isKnown = JSON.stringify(data.known ?? null) === JSON.stringify(wallet);
  if (isKnown && !hasNews) {
    view.sent = "";
    return;
  }
  const value = { wallet, outbox, orphans, attempt: hasNews ? bridge.attempt : 0 };
  const text = JSON.stringify(value);
  if (text === view.sent) return;
  view.sent = text;
  view.publish(value);
}
