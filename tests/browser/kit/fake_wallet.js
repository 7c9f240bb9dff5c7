// The page's half of the test wallet: announces itself and forwards; keys and popup are in Python.
(() => {
  const config = __CONFIG__;
  const all = (window.__fakeWallets ??= {});
  if (all[config.name]) return;
  const listeners = {};
  const waiting = new Map();
  let count = 0;
  const provider = {
    on(event, listener) {
      (listeners[event] ??= []).push(listener);
      return provider;
    },
    removeListener(event, listener) {
      listeners[event] = (listeners[event] || []).filter((one) => one !== listener);
      return provider;
    },
    request({ method, params }) {
      return new Promise((resolve, reject) => {
        const id = `${performance.timeOrigin}-${(count += 1)}`;
        waiting.set(id, { resolve, reject });
        window
          .__fakeWalletRequest(config.name, id, method, JSON.stringify(params ?? null))
          .then((answer) => answer !== null && all[config.name].settle(id, answer));
      });
    },
  };
  all[config.name] = {
    settle(id, text) {
      const promise = waiting.get(id);
      waiting.delete(id);
      const { result, error } = JSON.parse(text);
      if (error) promise?.reject(Object.assign(new Error(error.message), error));
      else promise?.resolve(result);
    },
    emit: (event, value) => [...(listeners[event] || [])].forEach((listener) => listener(value)),
    listeners: () =>
      Object.fromEntries(Object.entries(listeners).map(([event, all]) => [event, all.length])),
  };
  const { uuid, name, rdns, icon } = config;
  const detail = Object.freeze({ info: Object.freeze({ uuid, name, rdns, icon }), provider });
  const announce = () =>
    window.dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
})();
