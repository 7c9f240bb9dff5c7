// The packing table: what members claimed, what each order needs to know, and that it went.
// What comes out of a vault is shown until the next look, and kept nowhere.

import { ask, begin, moment, no, node, refusal, say, show, words } from "./page.js";

const SENTENCES = {
  title: ["Packing table", "Table d’emballage"],
  go: ["What is to be sent?", "Qu’y a-t-il à envoyer ?"],
  hint: [
    "Each look at somebody's data is written on the ledger first, for this order alone.",
    "Chaque consultation de données est d’abord inscrite au registre, pour cette commande seulement.",
  ],
  nothing: ["Nothing waits to be sent.", "Rien n’attend d’être envoyé."],
  order: ["{what}", "{what}"],
  claimed: ["Claimed on {time}; to be sent until {until}.", "Demandé le {time} ; à envoyer avant le {until}."],
  look: ["Where does it go?", "Où l’envoyer ?"],
  lookHint: ["Writes {n} looks on the ledger.", "Inscrit {n} consultations au registre."],
  lookOnce: ["Writes one look on the ledger.", "Inscrit une consultation au registre."],
  refused: ["Not to be seen: {why}", "Consultation refusée : {why}"],
  person: ["The member has to open this themselves, in their vault.", "La personne doit l’ouvrir elle-même, dans son coffre."],
  ledger: ["The ledger has to go on a little first. Look again in a minute.", "Le registre doit d’abord avancer un peu. Réessayez dans une minute."],
  parcel: ["Number of the parcel", "Numéro du colis"],
  sent: ["It is on its way", "C’est parti"],
  done: ["Sent. The member sees it in their history.", "Envoyé. La personne le voit dans son historique."],
  doneProof: ["Written in block {n}.", "Inscrit au bloc {n}."],
  unnamed: ["Perk no. {n}", "Avantage n° {n}"],
};

const REFUSALS = {
  access_not_allowed: ["the member does not allow it, or no longer.", "la personne ne le permet pas, ou plus."],
  no_reads_left: ["as often as they allowed, already.", "déjà autant de fois que permis."],
  not_allowed: ["the member does not allow it, or no longer.", "la personne ne le permet pas, ou plus."],
  no_record: ["there is no such record in the vault.", "le coffre ne contient rien de tel."],
  erased: ["the member had it erased.", "la personne l’a fait effacer."],
  vault_unreachable: ["the vault does not answer.", "le coffre ne répond pas."],
  claim_settled: ["This was sent or cancelled already.", "Déjà envoyé ou annulé."],
  no_parcel: ["Write the number of the parcel first.", "Inscrivez d’abord le numéro du colis."],
  general: ["This did not work.", "Cela n’a pas marché."],
};

let shop = null;
let orders = null;
let failed = null;
let busy = false;

function name(order) {
  const number = say("unnamed", { n: order.perk_id });
  return [words(order.perk, number), words(order.variant)].filter(Boolean).join(", ");
}

function fact({ category, content, refusal: word, waits }) {
  const said = waits ? say(waits) : word ? say("refused", { why: no(word, "general") }) : content;
  return node("li", node("span.quiet", words(category)), node(word || waits ? "div.hint" : "div.name", said));
}

function card(order) {
  const box = node("div.card", node("h2", name(order)));
  box.append(node("p.hint", say("claimed", { time: moment(order.claimed_at), until: moment(order.deadline) })));
  if (order.block) {
    box.classList.add("yes");
    box.append(node("p.name", say("done")), node("p.hint", say("doneProof", { n: order.block })));
    return box;
  }
  if (order.failed) box.append(refusal(order.failed));
  if (!order.facts) {
    box.append(press("look", () => look(order)));
    box.append(node("p.hint", say(order.looks === 1 ? "lookOnce" : "lookHint", { n: order.looks })));
    return box;
  }
  box.append(node("ul", ...order.facts.map(fact)));
  if (order.facts.some((one) => one.refusal || one.waits)) {
    box.append(press("look", () => look(order)));
    return box;
  }
  const field = node("input");
  field.id = `parcel-${order.claim_id}`;
  field.autocomplete = "off";
  field.value = order.parcel || "";
  field.addEventListener("input", () => { order.parcel = field.value; });
  const label = node("label", say("parcel"));
  label.htmlFor = field.id;
  box.append(label, field, press("sent", () => sent(order)));
  return box;
}

function press(word, then) {
  const button = node("button", say(word));
  button.type = "button";
  button.disabled = busy;
  button.addEventListener("click", then);
  return button;
}

function draw() {
  document.getElementById("shop").textContent = shop ? shop.name : "…";
  document.getElementById("go").disabled = busy;
  if (failed) show("result", refusal(failed));
  else if (orders === null) show("result");
  else if (!orders.length) show("result", node("p", say("nothing")));
  else show("result", ...orders.map(card));
}

async function attempt(act, order) {
  busy = true;
  failed = null;
  if (order) order.failed = null;
  draw();
  try {
    shop ||= await ask("shop");
    await act();
  } catch (error) {
    if (order) order.failed = error;
    else failed = error;
  }
  busy = false;
  draw();
}

function look(order) {
  return attempt(async () => {
    order.facts = (await ask("look", { claim_id: order.claim_id })).facts;
  }, order);
}

function sent(order) {
  return attempt(async () => {
    const told = await ask("sent", { claim_id: order.claim_id, parcel: order.parcel || "" });
    order.block = told.block;
    order.facts = null; // where it went is nobody's business any more
  }, order);
}

document.getElementById("go").addEventListener("click", () =>
  attempt(async () => { orders = (await ask("orders")).orders; }));

begin(SENTENCES, REFUSALS, draw);
attempt(async () => { orders = (await ask("orders")).orders; });
