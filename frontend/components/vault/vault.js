// The vault in the page: what is typed into it (contents, passphrases) is sealed here and leaves only
// sealed. Python says what is to be done (`data.task`) and gets what came of it, by an id, until it
// acknowledges it. The key is in this page's memory, cannot be read out, and is forgotten.
//
// Streamlit calls the default export again with each change of `data`; the key outlives that in one
// object per page. Nothing is markup: all is set as text.

const VAULT = Symbol.for("cercle.vault");
const OPEN_FOR = 15 * 60_000; // ms after which the key is forgotten
const REPEAT = 2_000; // ms between repetitions of what nobody acknowledged
const LEAST = 12; // characters of a passphrase
const GOOD = 20;
const UNLOCKING = "[data-form=unlock] input";
const STORE = "cercle.vault"; // IndexedDB: the key that a contact answers to, until they did

// ---- the one vault of this page ----

function makeVault() {
  let pair = null; // {privateKey, publicKey}
  let owner = "";
  let until = 0;
  let timer = null;
  const vault = { views: new Set(), outbox: {}, attempt: 0, able: null, restored: null, shown: null };
  const refresh = () => vault.views.forEach((view) => view.render());

  vault.lock = () => {
    clearTimeout(timer);
    pair = null;
    until = 0;
    refresh();
  };
  /** The pair, while it is open; a clock that slept does not keep it longer. */
  vault.pair = () => {
    if (pair && Date.now() >= until) vault.lock();
    return pair;
  };
  vault.until = () => until;
  vault.keep = async (place, secret) => {
    const publicKey = await publicFrom(secret);
    pair = { privateKey: await importPrivate(secret), publicKey };
    secret.fill(0);
    owner = canonical(place);
    until = Date.now() + OPEN_FOR;
    clearTimeout(timer);
    timer = setTimeout(vault.lock, OPEN_FOR);
    refresh();
  };
  /** Another person, another ledger or another key: what is open is not theirs. */
  vault.check = ({ place, ring }) => {
    const isOther = !place || owner !== canonical(place);
    // No ring, though all was handed over: it was refused, so nothing may be sealed to it.
    const isUnkept = !ring && !Object.keys(vault.outbox).length;
    const isNew = ring && pair && ring.public_key !== encode(pair.publicKey);
    if (pair && (isOther || isUnkept || isNew)) vault.lock();
    if (place) vault.recall(canonical(place));
    if (ring && ring.sealed === vault.restored) {
      vault.restored = null;
      void waiting("readwrite", (store) => store.delete(canonical(place)));
    }
  };
  /** What was shown to one's contact is read here: a service could name another key for it. */
  vault.recall = (name) => {
    if (vault.shown?.name === name) return;
    vault.shown = { name, letters: null };
    const found = (kept) => {
      if (!kept || vault.shown.name !== name) return;
      vault.shown.letters = letters(encode(kept.publicKey));
      refresh();
    };
    void waiting("readonly", (store) => store.get(name)).then(found, () => {});
  };
  vault.tell = (kind, task, value) => {
    vault.outbox[crypto.randomUUID()] = { kind, task, value };
    refresh();
  };
  vault.acknowledge = (ids) => ids.forEach((id) => delete vault.outbox[id]);
  setInterval(() => {
    if (!Object.keys(vault.outbox).length) return;
    vault.attempt += 1;
    refresh();
  }, REPEAT);
  void isAble().then((able) => {
    vault.able = able;
    refresh();
  });
  return vault;
}

/** A key pair that waits for a contact's answer, in this browser; it cannot be read out. */
function waiting(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(STORE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("recovery");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const done = opening.result.transaction("recovery", mode);
      const asked = act(done.objectStore("recovery"));
      done.onerror = () => reject(done.error);
      done.oncomplete = () => {
        opening.result.close();
        resolve(asked.result);
      };
    };
  });
}

// ---- the view ----

function node(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "for" || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const words = (data) => (key, values) =>
  (data.words?.[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => String(values?.[name] ?? all));
const text = (content, className = "") => node("p", { className, textContent: content });

export default function mount({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".vault");
  const vault = (window[VAULT] ??= makeVault());
  const view = (root.view ??= { drawn: "", sent: "" });
  Object.assign(view, { root, vault, data: data || {} });
  view.publish = (value) => setStateValue("vault", value);
  view.render = () => render(view);
  // Streamlit reads single keys as commands: not what is typed here.
  root.tabIndex = -1;
  root.onkeydown = (event) => event.stopPropagation();
  vault.views.add(view);
  vault.acknowledge(view.data.ack || []);
  vault.check(view.data);
  view.render();
  return () => {
    vault.views.delete(view);
    root.querySelector(".body").replaceChildren(); // nothing that was shown or typed stays
    view.drawn = "";
  };
}

/** Draw anew only if another screen is due: what is being typed stays. */
function render(view) {
  const { vault, data, root } = view;
  const say = words(data);
  const pair = vault.pair();
  const isSending = Object.keys(vault.outbox).length > 0;
  const { task, ring, records, asked, language } = data;
  const shown = vault.shown?.letters;
  const state = [vault.able, vault.until(), task, ring, records, asked, shown, language, isSending];
  const drawn = JSON.stringify(state);
  root.setAttribute("aria-label", say("region"));
  if (drawn !== view.drawn) {
    view.drawn = drawn;
    const body = root.querySelector(".body");
    const had = root.contains(root.getRootNode().activeElement);
    const isNew = task && task.id !== view.task;
    view.task = task?.id;
    const typed = body.querySelector(UNLOCKING)?.value;
    body.replaceChildren(...screen(view, say, pair, isSending).flat(2).filter(Boolean));
    const same = body.querySelector(UNLOCKING);
    if (same && typed) same.value = typed; // something was chosen while the passphrase was typed
    tell(view, isSending ? say("sending") : "");
    warn(view, "");
    // Where something is to be done now, or where what had the focus has gone; never unasked.
    if (had || isNew) (root.querySelector("[data-first]") ?? root).focus();
  }
  publish(view);
}

function publish({ vault, publish: hand }) {
  if (!Object.keys(vault.outbox).length) return;
  hand({ outbox: vault.outbox, attempt: vault.attempt });
}

const tell = ({ root }, said) => (root.querySelector(".status").textContent = said);
const warn = ({ root }, said) => (root.querySelector(".alert").textContent = said);

function screen(view, say, pair, isSending) {
  const { vault, data } = view;
  if (vault.able === null || !data.place || isSending) return [];
  if (!vault.able) return [text(say("unable"), "problem")];
  const kind = data.task?.kind;
  if (kind === "recover") return recover(view, say);
  if (kind === "recovered") return recovered(view, say);
  if (kind === "anew" || (!data.ring && !pair)) return make(view, say);
  if (!pair) return [askedFor(view, say), unlock(view, say)];
  const tasks = { record, leave, ask, contact, help };
  // One thing at a time: the way out stands right below what is asked.
  const rest = tasks[kind]?.(view, say, pair) ?? [reading(view, say, pair), owns(say, pair)];
  return [askedFor(view, say), bar(view, say), rest];
}

/** Letters that one reads out, so that nobody in between can name another key. */
const letters = (key) => key.match(/.{1,4}/g).join(" ");
const lettersOf = (key) => text(letters(key), "letters");

const owns = (say, pair) =>
  node(
    "details",
    {},
    node("summary", { textContent: say("letters") }),
    text(say("letters_own"), "quiet"),
    lettersOf(encode(pair.publicKey)),
  );

function askedFor({ vault, data }, say) {
  if (!data.asked || !vault.shown?.letters) return null;
  return [text(say("letters_asked")), text(vault.shown.letters, "letters")];
}

function bar({ vault, data }, say) {
  const at = new Date(vault.until()).toLocaleTimeString(data.language, { timeStyle: "short" });
  return node(
    "div",
    { className: "row" },
    text(say("open_until", { time: at })),
    node("button", { type: "button", textContent: say("lock"), onclick: vault.lock }),
  );
}

/** A form that runs `act` once at a time; what it throws is said in words. */
function form(view, say, { key, fields, does, act, more = [] }) {
  const go = node("button", { type: "submit", className: "primary", textContent: does });
  if (!fields.length) go.setAttribute("data-first", "");
  const onsubmit = async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    warn(view, "");
    tell(view, say("working"));
    try {
      await act();
    } catch (error) {
      const known = error instanceof Said ? error.said : null;
      warn(view, known ?? (error instanceof TooLong ? say("too_long") : say("failed")));
    } finally {
      tell(view, "");
      go.disabled = false;
    }
  };
  return node("form", { onsubmit, "data-form": key }, ...fields, node("div", { className: "row" }, go, ...more));
}

class Said extends Error {
  constructor(said) {
    super();
    this.said = said;
  }
}

let labels = 0;

function field(label, element, note = null) {
  const id = `vault-${(labels += 1)}`;
  element.id = id;
  if (note) {
    note.id = `${id}-note`;
    element.setAttribute("aria-describedby", note.id);
  }
  return node("div", { className: "field" }, node("label", { for: id, textContent: label }), element, note);
}

const secretInput = (autocomplete, first = false) =>
  node("input", {
    type: "password",
    autocomplete,
    spellcheck: false,
    ...(first ? { "data-first": "" } : {}),
  });

// ---- key ----

/** Two fields for a new passphrase, and how good it is as far as anybody can tell. */
function newPassphrase(say) {
  const once = secretInput("new-password", true);
  const again = secretInput("new-password");
  const note = node("p", { className: "quiet", role: "status", textContent: say("strength") });
  const judged = () => {
    const typed = once.value.normalize("NFKC");
    const isFlat = new Set(typed).size < 6;
    if ([...typed].length < LEAST || isFlat) return "strength_short";
    return [...typed].length < GOOD ? "strength_fair" : "strength_long";
  };
  once.oninput = () => (note.textContent = say(once.value ? judged() : "strength"));
  const take = () => {
    if (judged() === "strength_short") throw new Said(say("strength_short"));
    if (once.value !== again.value) throw new Said(say("differ"));
    return once.value;
  };
  return { take, fields: [field(say("new"), once, note), field(say("again"), again)] };
}

/** The first key, or another in the place of one that is lost. */
function make(view, say) {
  const { vault, data } = view;
  const task = data.task?.kind === "anew" ? data.task : null;
  const typed = newPassphrase(say);
  const act = async () => {
    const passphrase = typed.take();
    const { secret } = await makePair();
    const ring = await sealRing(data.place, secret, passphrase);
    await vault.keep(data.place, secret);
    vault.tell("ring", task?.id ?? null, ring);
  };
  return [
    node("h3", { textContent: say("make_title") }),
    text(task ? task.said : say("make_what")),
    form(view, say, { key: "make", fields: typed.fields, does: task ? task.does : say("make"), act }),
  ];
}

/** The secret of the ring by what is typed, or a sentence. */
async function opened(say, { place, ring }, input) {
  try {
    return await openRing(place, ring, input.value);
  } catch {
    input.value = "";
    input.focus();
    throw new Said(say("wrong"));
  }
}

function unlock(view, say) {
  const { vault, data } = view;
  const typed = secretInput("current-password", true);
  const act = async () => {
    await vault.keep(data.place, await opened(say, data, typed));
  };
  return [
    node("h3", { textContent: say("unlock_title") }),
    data.task ? text(say("unlock_first")) : null,
    form(view, say, { key: "unlock", fields: [field(say("passphrase"), typed)], does: say("unlock"), act }),
    text(say("forgot"), "quiet"),
  ];
}

/** Leave the key with a contact, or with nobody: the ring is sealed anew, so it asks again. */
function contact(view, say) {
  const { vault, data } = view;
  const { task } = data;
  const typed = secretInput("current-password", true);
  const act = async () => {
    const secret = await opened(say, data, typed);
    const ring = await sealRing(data.place, secret, typed.value, task.contact);
    secret.fill(0);
    vault.tell("ring", task.id, ring);
  };
  return [
    text(task.said),
    task.contact ? lettersOf(task.contact.public_key) : null,
    form(view, say, { key: "contact", fields: [field(say("passphrase"), typed)], does: task.does, act }),
  ];
}

// ---- records ----

function record(view, say, pair) {
  const { vault, data } = view;
  const { task } = data;
  const typed = node("textarea", { rows: 4, autocomplete: "off", spellcheck: false, "data-first": "" });
  const act = async () => {
    const content = typed.value.trim();
    if (!content) throw new Said(say("empty"));
    const { category, code, version } = task;
    const told = { category, code, version, content, madeAt: Math.floor(Date.now() / 1000) };
    const vaultKey = task.vault_key ? decode(task.vault_key) : null;
    const envelope = await sealRecord(data.place, told, pair.publicKey, vaultKey);
    typed.value = "";
    vault.tell("record", task.id, envelope);
  };
  const note = text(say("record_note"), "quiet");
  return form(view, say, { key: "record", fields: [field(task.said, typed, note)], does: task.does, act });
}

/** One press that makes a wrap of a record that is kept. */
function press(view, say, kind, seal) {
  const { vault, data } = view;
  const { task } = data;
  const act = async () => {
    let value = null;
    try {
      value = await seal(task);
    } catch {
      throw new Said(say("not_opened"));
    }
    vault.tell(kind, task.id, value);
  };
  return [text(task.said), form(view, say, { key: kind, fields: [], does: task.does, act })];
}

const leave = (view, say, pair) =>
  press(view, say, "leave", ({ envelope, vault_key }) =>
    wrapForVault(view.data.place, envelope, pair, decode(vault_key)),
  );

const ask = (view, say, pair) =>
  press(view, say, "ask", ({ envelope, ask: asked }) =>
    answerAsk(view.data.place, envelope, pair, asked),
  );

/** What is kept, shown as text in this page alone, one at a time and on a press. */
function reading(view, say, pair) {
  const { data } = view;
  if (!data.records?.length) return null;
  const rows = data.records.map(({ envelope, label, code }) => {
    const shown = node("p", { className: "content", "aria-live": "polite" });
    const button = node("button", { type: "button", textContent: say("show") });
    button.setAttribute("aria-label", `${say("show")}: ${label}`);
    button.onclick = async () => {
      const isShown = shown.textContent !== "";
      shown.textContent = "";
      button.textContent = say(isShown ? "show" : "hide");
      button.setAttribute("aria-label", `${button.textContent}: ${label}`);
      if (isShown) return;
      try {
        shown.textContent = (await openRecord(data.place, envelope, code, pair)).content;
      } catch {
        shown.textContent = say("not_opened");
      }
    };
    return node("li", {}, node("span", { textContent: label }), button, shown);
  });
  return [node("h3", { textContent: say("kept") }), node("ul", {}, ...rows)];
}

// ---- recovery ----

const nameOf = ({ place }) => canonical(place);

/** Show one's contact a fresh key; its private half waits in this browser for their answer. */
function recover(view, say) {
  const { vault, data } = view;
  const { task } = data;
  const act = async () => {
    const { secret, publicKey } = await makePair();
    const kept = { privateKey: await importPrivate(secret), publicKey };
    secret.fill(0);
    await waiting("readwrite", (store) => store.put(kept, nameOf(data)));
    vault.shown = { name: nameOf(data), letters: letters(encode(publicKey)) };
    vault.tell("recover", task.id, encode(publicKey));
  };
  return [text(task.said), form(view, say, { key: "recover", fields: [], does: task.does, act })];
}

/** The contact answered: take the key back, under a new passphrase. */
function recovered(view, say) {
  const { vault, data } = view;
  const { task } = data;
  const typed = newPassphrase(say);
  const act = async () => {
    const passphrase = typed.take();
    const kept = await waiting("readonly", (store) => store.get(nameOf(data)));
    if (!kept) throw new Said(say("other_browser"));
    let secret = null;
    try {
      const expected = data.ring.public_key;
      secret = await openRecovery(data.place, task.contact_id, task.sealed, kept, expected);
    } catch {
      throw new Said(say("not_opened"));
    }
    const ring = await sealRing(data.place, secret, passphrase);
    ring.contact = data.ring.contact; // as it was sealed: whose key is named there, nobody compared
    await vault.keep(data.place, secret);
    vault.restored = ring.sealed; // once it is kept, the key that waited has served
    vault.tell("ring", task.id, ring);
  };
  return [text(task.said), form(view, say, { key: "recovered", fields: typed.fields, does: task.does, act })];
}

/** As somebody's contact: give them their key back, to the key that they showed. */
const help = (view, say, pair) =>
  press(view, say, "help", ({ place, contact_id, sealed, to }) =>
    answerRecovery(place, contact_id, sealed, to, pair),
  );
