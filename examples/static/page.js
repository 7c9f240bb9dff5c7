// What both pages share: two languages, numbers as people say them, and nodes built from text
// alone, so that no name of a perk is ever read as markup.

const asked = new URLSearchParams(location.search).get("lang") || navigator.language || "en";
let language = asked.toLowerCase().startsWith("fr") ? "fr" : "en";
let sentences = {};
let refusals = {};
let redraw = () => {};

const SHARED = {
  other: ["Français", "English"],
  otherLabel: ["Show in French", "Afficher en anglais"],
  member: ["Member no. {n}", "Membre n° {n}"],
  since: ["since {day}", "depuis le {day}"],
  tier: ["Tier", "Palier"],
  points: ["Points", "Points"],
  toNext: ["{n} of standing to the next tier", "Encore {n} de statut acquis avant le palier suivant"],
  left: ["They were a member, and have left.", "Ancien membre, parti depuis."],
  free: ["free", "offert"],
  onePoint: ["{n} point", "{n} point"],
  manyPoints: ["{n} points", "{n} points"],
  proof: ["Proof", "Preuve"],
  read: ["Read at block {n}.", "Lu au bloc {n}."],
  busy: ["One moment…", "Un instant…"],
  needs_tier: ["From the tier {tier} on.", "À partir du palier {tier}."],
};

// What a gateway's word may choose from, and nothing else: it must not make a page say "Done".
const REFUSALS = {
  gate_closed: ["Not open to them yet.", "Pas encore ouvert pour cette personne."],
  points_too_few: ["Not enough points.", "Pas assez de points."],
  perk_sold_out: ["All are taken.", "Tout est pris."],
  perk_limit_reached: ["Claimed as often as one may for now.", "Déjà demandé autant de fois que permis pour l’instant."],
  perk_not_open_yet: ["Not open yet.", "Pas encore ouvert."],
  perk_closed: ["It has ended.", "C’est terminé."],
  perk_needs_membership: ["For members.", "Réservé aux membres."],
  not_now: ["Not possible now.", "Impossible pour le moment."],
  bad_checksum: ["A letter of this address is wrong. Copy it again.", "Une lettre de cette adresse est fausse. Copiez-la de nouveau."],
  nothing_asked: ["Nothing was shown yet.", "Rien n’a encore été présenté."],
  node_unreachable: ["The ledger does not answer at the moment. Try again in a minute.", "Le registre ne répond pas pour le moment. Réessayez dans une minute."],
  unreachable: ["The gateway does not answer. Try again in a minute.", "La passerelle ne répond pas. Réessayez dans une minute."],
  too_often: ["That was too quick. Wait a moment.", "C’était trop rapide. Patientez un instant."],
  broken: ["Something went wrong on our side, and nothing has changed.", "Un problème est survenu de notre côté ; rien n’a changé."],
};

export function say(key, words = {}) {
  const text = (sentences[key] || SHARED[key])[language === "fr" ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");
}

/** A no in a sentence, by its word; a word that nobody here knows says what `otherwise` does. */
export function no(word, otherwise) {
  const from = [refusals, REFUSALS].find((one) => Object.hasOwn(one, word));
  return from ? from[word][language === "fr" ? 1 : 0] : no(otherwise);
}

/** A text in both languages, or what to say where the brand's text is not there. */
export function words(pair, otherwise = "") {
  return pair ? pair[language] : otherwise;
}

function place() {
  return language === "fr" ? "fr-FR" : "en-GB";
}

export function number(text) {
  return new Intl.NumberFormat(place(), { maximumFractionDigits: 2 }).format(Number(text));
}

/** So many points, in the number that the language asks for. */
export function points(text) {
  const form = new Intl.PluralRules(place()).select(Number(text)) === "one" ? "onePoint" : "manyPoints";
  return say(form, { n: number(text) });
}

export function day(text) {
  return new Intl.DateTimeFormat(place(), { dateStyle: "long" }).format(new Date(text));
}

export function moment(text) {
  return new Intl.DateTimeFormat(place(), { dateStyle: "long", timeStyle: "short" }).format(new Date(text));
}

/** A node: its kind and class, then texts and nodes inside. */
export function node(kind, ...inside) {
  const [name, style] = kind.split(".");
  const made = document.createElement(name);
  if (style) made.className = style;
  made.append(...inside.filter((one) => one !== null && one !== ""));
  return made;
}

export async function ask(question, told = {}) {
  let answer;
  try {
    answer = await fetch(`/api/${question}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(told),
    });
  } catch {
    throw { code: "unreachable" };
  }
  const body = await answer.json().catch(() => ({ code: "broken" }));
  if (!answer.ok) throw body;
  return body;
}

/** The card of a person: who they are to the brand. */
export function card(member) {
  const made = node("div.card yes");
  made.className = "card yes";
  made.append(
    node("h2", say("member", { n: number(member.member_no) })),
    member.since ? node("p.quiet", say("since", { day: day(member.since) })) : "",
    node(
      "div.pair",
      figure(say("tier"), words(member.tier && member.tier.name, String(member.tier ? member.tier.level : 0))),
      figure(say("points"), number(member.points)),
    ),
    member.next_tier_in ? node("p.hint", say("toNext", { n: number(member.next_tier_in) })) : "",
  );
  return made;
}

function figure(label, value) {
  return node("div", node("div.quiet", label), node("div.figure", value));
}

export function price(perk) {
  return Number(perk.price) ? points(perk.price) : say("free");
}

/** Why a perk is not for them now, in a sentence. */
export function why(perk, tiers) {
  const least = perk.refusal === "gate_closed" && perk.tier ? tiers[perk.tier] : null;
  if (least) return say("needs_tier", { tier: words(least) });
  return no(perk.refusal, "not_now");
}

export function proof(read, more = "") {
  return node("details", node("summary", say("proof")), node("p.hint", say("read", { n: read.block })), more);
}

export function refusal(error) {
  const made = node("div.card", node("p", no(error.code, "general")));
  made.classList.add("no");
  return made;
}

/**
 * Start a page: its sentences, its refusals with a `general` one, and what draws it; every text
 * is drawn again in a new language.
 */
export function begin(own, noes, draw) {
  sentences = own;
  refusals = noes;
  redraw = () => {
    document.documentElement.lang = language;
    document.title = say("title");
    for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
    const button = document.getElementById("language");
    button.textContent = say("other");
    button.lang = language === "fr" ? "en" : "fr";
    draw();
  };
  document.getElementById("language").addEventListener("click", () => {
    language = language === "fr" ? "en" : "fr";
    redraw();
  });
  redraw();
}

/** Replace what a place shows, and say it to who does not see it. */
export function show(place, ...nodes) {
  document.getElementById(place).replaceChildren(...nodes);
}
