"""What an attacker writes where others will read: a perk's name, a wallet's name, its icon."""

import json

SCRIPT = "<img src=x onerror='window.stolen = true'>"
CONTENT = (
    f"{SCRIPT} [Confirm your membership](https://evil.example/phish) "
    "![](https://evil.example/pixel.png) www.evil.example me@evil.example "
    "**Official** :material/verified: $x^2$"
)
WALLET = """
(() => {
  const hostile = "Fox " + SCRIPT;
  const provider = {
    on() {}, removeListener() {},
    request: async ({ method }) => {
      if (method === "eth_chainId") return "0x7a69";
      if (method.endsWith("ccounts")) return ["0x70997970c51812dc3a010c7d01b50e0d17dc79c8"];
      throw Object.assign(new Error(hostile), { code: -32603, data: hostile });
    },
  };
  const info = {
    uuid: hostile, rdns: "org.example.hostile", name: hostile,
    icon: "data:image/svg+xml,x' onerror='window.stolen = true",
  };
  const forged = {
    ...info, uuid: "second", name: "\\u202eGood\\nwallet" + "x".repeat(99),
    icon: "javascript:window.stolen = true",
  };
  for (const one of [info, forged]) {
    const announce = () => window.dispatchEvent(
      new CustomEvent("eip6963:announceProvider", { detail: { info: one, provider } }));
    window.addEventListener("eip6963:requestProvider", announce);
    announce();
  }
})();
""".replace("SCRIPT", json.dumps(SCRIPT))
