// What the wallets that this server puts into a page have in common: EIP-1193's errors and events,
// EIP-6963's announcement, a dialog that anybody can use. Other people's text is set as text.

export class ProviderError extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Ask this server's own route. */
export async function ask(route, method, params = [], more = {}) {
  const answer = await fetch(route, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params, ...more }),
  }).catch(() => null);
  if (!answer || !answer.ok) throw new ProviderError(4900, "The server does not answer.");
  const { result, error } = await answer.json();
  if (error) throw new ProviderError(error.code, error.message, error.data);
  return result;
}

/** A sentence with its blanks filled in. */
export function fill(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** One text that every tab of this browser shares. */
export function keeper(key) {
  return {
    key,
    get: () => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set: (text) => {
      try {
        if (text === null) localStorage.removeItem(key);
        else localStorage.setItem(key, text);
      } catch {
        /* a private window: it lasts as long as the page */
      }
    },
  };
}

/** A provider around `request`, one dialog at a time, as in any wallet. */
export function makeProvider(request) {
  const listeners = new Map();
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
  let isOpen = false;
  return {
    provider,
    emit(event, value) {
      for (const listener of [...(listeners.get(event) || [])]) listener(value);
    },
    async alone(show) {
      if (isOpen) throw new ProviderError(-32002, "A request is already open.");
      isOpen = true;
      try {
        return await show();
      } finally {
        isOpen = false;
      }
    },
  };
}

/** Announce a wallet of ours, now and whenever a page asks. */
export function announce(info, provider) {
  const detail = Object.freeze({ info: Object.freeze(info), provider });
  const tell = () => window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", tell);
  tell();
}

/** A drawing of 24 by 24 on the brand's square, as an icon. */
export function icon(drawing) {
  const svg =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><rect width='24' height='24' " +
    `rx='6' fill='#1e5b52'/><path d='${drawing}' fill='none' stroke='#fff' ` +
    "stroke-width='1.8' stroke-linecap='round'/></svg>";
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const shorten = (text) => `${text.slice(0, 6)}…${text.slice(-4)}`;
export const buttons = (...kids) => node("div", { className: "buttons" }, ...kids);

export function node(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "for" || name === "role") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Show a dialog until `settle` is called with an answer; leaving it is a refusal. */
export function dialog({ id, brand, title, look, left }, build) {
  return new Promise((resolve, reject) => {
    const opener = document.activeElement;
    const host = node("div", { id });
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    for (const [name, value] of Object.entries(look)) {
      if (value) host.style.setProperty(`--${name}`, value);
    }
    const box = node("dialog", { "aria-labelledby": "title", tabIndex: -1 });
    const settle = (answer) => {
      left?.();
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
      node("p", { className: "brand", textContent: brand }),
      node("h2", { id: "title", textContent: title }),
      ...build(settle),
    );
    root.append(box);
    document.body.append(host);
    box.showModal();
    box.focus(); // not the first field: on a phone that would raise the keyboard
  });
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
  .problem { font-weight: 600; }
  .quiet:empty, .problem:empty { display: none; }
  ul { margin: 0 0 .75rem; padding-inline-start: 1.2rem; }
  li { margin-bottom: .35rem; }
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
