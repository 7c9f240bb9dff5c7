// The till: whatever a member shows is read here; the page's own server asks the gateway.

import { ask, begin, card, moment, node, price, proof, refusal, say, show, why, words } from "./page.js";

const SENTENCES = {
  title: ["Till", "Caisse"],
  label: ["What does the customer show?", "Que présente la personne ?"],
  hint: [
    "Scan their code, or type it; a wallet or the number of a passport will do to recognise them.",
    "Scannez son code ou tapez-le ; un portefeuille ou le numéro d’un passeport suffit pour la reconnaître.",
  ],
  go: ["Look", "Chercher"],
  handOut: ["Hand out: {what}", "À remettre : {what}"],
  goodUntil: ["The code is good until {time}.", "Le code est valable jusqu’au {time}."],
  redeem: ["Hand it out", "Remettre"],
  redeemHint: ["The claim is then settled, and the code is used up.", "La demande est alors close et le code utilisé."],
  done: ["Done. Hand it over.", "C’est fait. Vous pouvez remettre l’avantage."],
  doneProof: ["Written in block {n}.", "Inscrit au bloc {n}."],
  unsigned: ["This till signs nothing itself. Send this call from its account:", "Cette caisse ne signe rien. Envoyez cet appel depuis son compte :"],
  fits: ["You can offer", "Vous pouvez proposer"],
  fitsHint: ["They claim it in the app and show you the code.", "La personne le demande dans l’application et vous présente le code."],
  nothingFits: ["No perk fits them at the moment.", "Aucun avantage ne lui correspond pour le moment."],
  waiting: ["Waiting to be collected", "À retirer"],
  waitingHint: ["Ask them to show the code.", "Demandez-lui de présenter le code."],
  others: ["Not for them now", "Pas pour cette personne à présent"],
  nobody: ["Nobody here is known by this. Welcome them, and invite them to join.", "Personne n’est connu ici sous ce nom. Accueillez cette personne et proposez-lui de rejoindre la communauté."],
  unnamed: ["Perk no. {n}", "Avantage n° {n}"],
};

const REFUSALS = {
  bad_slip: ["This is no code of ours, or a letter is missing. Scan it again.", "Ce n’est pas un code d’ici, ou il manque une lettre. Scannez-le de nouveau."],
  claim_settled: ["This was handed out or cancelled already.", "Déjà remis ou annulé."],
  claim_past_deadline: ["This claim is past its date: the points go back to the member.", "La date est passée : les points reviennent au membre."],
  signature_expired: ["This code has run out. Ask for a fresh one in the app.", "Ce code a expiré. Demandez-en un nouveau dans l’application."],
  not_signed_by_them: ["This code was not signed by the member's wallet.", "Ce code n’a pas été signé par le portefeuille du membre."],
  not_the_members_wallet: ["This claim belongs to somebody else.", "Cette demande appartient à quelqu’un d’autre."],
  lacks_the_role: ["This till may not hand out. Ask the manager.", "Cette caisse n’a pas le droit de remettre. Demandez au responsable."],
  wing_halted: ["Perks are paused for the moment.", "Les avantages sont suspendus pour le moment."],
  other_call: ["The gateway prepared something else than this code says. Nothing was sent.", "La passerelle a préparé autre chose que ce code. Rien n’a été envoyé."],
  unknown_outcome: ["Nobody can say yet what became of it. Read the code again in a minute.", "On ne sait pas encore ce qu’il en est. Relisez le code dans une minute."],
  general: ["This did not work, and nothing has changed.", "Cela n’a pas marché ; rien n’a changé."],
};

let shop = null;
let state = { kind: "empty" };

function name(perk) {
  return words(perk.name, say("unnamed", { n: perk.id }));
}

function perkRow(perk, second) {
  return node("li", node("div.row", node("span.name", name(perk)), node("span", price(perk))), node("p.hint", second));
}

function section(title, hint, rows) {
  return rows.length ? [node("h3", title), hint ? node("p.hint", hint) : "", node("ul", ...rows)] : [];
}

function somebody({ member, perks }) {
  if (!member.is_member) {
    return [node("div.card", node("p", say(member.was_member ? "left" : "nobody")))];
  }
  const fit = perks.filter((perk) => perk.can_claim);
  const waiting = perks.flatMap((perk) =>
    perk.waiting.map((one) =>
      node("li", node("span.name", [name(perk), words(one.variant)].filter(Boolean).join(", ")))));
  const others = perks.filter((perk) => !perk.can_claim);
  return [
    card(member),
    ...section(say("waiting"), say("waitingHint"), waiting),
    ...(fit.length
      ? section(say("fits"), say("fitsHint"), fit.map((perk) => perkRow(perk, words(perk.description))))
      : [node("p", say("nothingFits"))]),
    ...section(say("others"), "", others.map((perk) => perkRow(perk, why(perk, shop ? shop.tiers : [])))),
  ];
}

function handOut({ member, hand_out: what }) {
  const number = say("unnamed", { n: what.perk_id });
  const things = [words(what.perk, number), words(what.variant)].filter(Boolean).join(", ");
  const box = node("div.card", node("h2", say("handOut", { what: things })), node("p.quiet", number));
  if (what.good_until) box.append(node("p.hint", say("goodUntil", { time: moment(what.good_until) })));
  const button = node("button", say("redeem"));
  button.type = "button";
  button.addEventListener("click", () => redeem(button));
  box.append(button, node("p.hint", say("redeemHint")));
  return [box, member.is_member ? card(member) : ""];
}

function done({ outcome }) {
  const box = node("div.card");
  if (outcome.sent) {
    box.classList.add("yes");
    box.append(node("h2", say("done")), node("p.hint", say("doneProof", { n: outcome.block })));
  } else {
    box.append(node("p", say("unsigned")), node("pre", JSON.stringify(outcome.call, null, 1)));
  }
  return [box];
}

function draw() {
  document.getElementById("shop").textContent = shop ? shop.name : "…";
  const drawn = {
    empty: () => [],
    busy: () => [node("p.quiet", say("busy"))],
    refused: () => [refusal(state.error)],
    done: () => done(state),
    read: () => [...(state.told.hand_out ? handOut(state.told) : somebody(state.told)), proof(state.told.read)],
  }[state.kind]();
  show("result", ...drawn);
}

function become(next) {
  state = next;
  document.getElementById("go").disabled = next.kind === "busy";
  draw();
}

async function attempt(question, told, then) {
  become({ kind: "busy" });
  try {
    shop ||= await ask("shop");
    become(then(await ask(question, told)));
  } catch (error) {
    become({ kind: "refused", error });
  }
}

let shown = "";

async function redeem(button) {
  button.disabled = true;
  await attempt("redeem", { shown }, (outcome) => ({ kind: "done", outcome }));
}

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const field = document.getElementById("shown");
  shown = field.value;
  await attempt("read", { shown }, (told) => ({ kind: "read", told }));
  field.select();
});

begin(SENTENCES, REFUSALS, draw);
ask("shop").then((told) => { shop = told; draw(); }, (error) => become({ kind: "refused", error }));
