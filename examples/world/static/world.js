// The world: an avatar arrives; the page's own server asks the gateway whose it is.

import { ask, begin, node, number, points, price, proof, refusal, say, show, words } from "./page.js";

const SENTENCES = {
  title: ["The harbour", "Le port"],
  heading: ["The harbour", "Le port"],
  friend: ["A small world, a friend of {name}.", "Un petit monde, ami de {name}."],
  label: ["Your avatar", "Votre avatar"],
  hint: [
    "The number of your token. A game knows it by itself; this page takes your word.",
    "Le numéro de votre jeton. Un jeu le connaît de lui-même ; cette page vous croit sur parole.",
  ],
  go: ["Enter", "Entrer"],
  welcome: ["Welcome, {tier}.", "Bienvenue, {tier}."],
  line: ["{name} knows you: member no. {n}, with {points}.", "{name} vous connaît : membre n° {n}, avec {points}."],
  offer: ["{name} has something for you", "{name} a quelque chose pour vous"],
  offerHint: ["Claim it on the page Perks of {name}.", "Demandez-le sur la page Avantages de {name}."],
  noOffer: ["Nothing is waiting for you at {name} today. Have a look around.", "Rien ne vous attend chez {name} aujourd’hui. Promenez-vous."],
  stranger: ["Welcome, stranger. {name} does not know this avatar; have a look around all the same.", "Bienvenue. {name} ne connaît pas cet avatar ; promenez-vous quand même."],
  unnamed: ["Perk no. {n}", "Avantage n° {n}"],
};

const REFUSALS = {
  no_avatar: ["This is no avatar of this world: type the number of a token.", "Ce n’est pas un avatar de ce monde : tapez le numéro d’un jeton."],
  general: ["The gate is stuck. Try again in a minute.", "La porte est bloquée. Réessayez dans une minute."],
};

let shop = null;
let state = { kind: "empty" };

function arrival({ member, perks, read }) {
  const name = shop ? shop.name : "";
  if (!member.is_member) {
    return [node("div.card", node("p", say("stranger", { name }))), proof(read)];
  }
  const tier = words(member.tier && member.tier.name, "");
  const box = node("div.card");
  box.classList.add("yes");
  box.append(
    node("h2", say("welcome", { tier })),
    node("p", say("line", { name, n: number(member.member_no), points: points(member.points) })),
  );
  const fit = perks.find((perk) => perk.can_claim);
  const offer = fit
    ? [
        node("h3", say("offer", { name })),
        node(
          "div.card",
          node("div.row", node("span.name", words(fit.name, say("unnamed", { n: fit.id }))), node("span", price(fit))),
          node("p", words(fit.description)),
          node("p.hint", say("offerHint", { name })),
        ),
      ]
    : [node("p", say("noOffer", { name }))];
  return [box, ...offer, proof(read)];
}

function draw() {
  document.getElementById("friend").textContent = shop ? say("friend", { name: shop.name }) : "…";
  const drawn = {
    empty: () => [],
    busy: () => [node("p.quiet", say("busy"))],
    refused: () => [refusal(state.error)],
    arrived: () => arrival(state.told),
  }[state.kind]();
  show("result", ...drawn);
}

function become(next) {
  state = next;
  document.getElementById("go").disabled = next.kind === "busy";
  draw();
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  become({ kind: "busy" });
  try {
    shop ||= await ask("shop");
    become({ kind: "arrived", told: await ask("arrive", { shown: document.getElementById("shown").value }) });
  } catch (error) {
    become({ kind: "refused", error });
  }
});

begin(SENTENCES, REFUSALS, draw);
ask("shop").then((told) => { shop = told; draw(); }, (error) => become({ kind: "refused", error }));
