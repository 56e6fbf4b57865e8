
// Keeps the page live. The status says whether anything has changed; only then is the server's own
// rendering fetched, so that numbers are formatted in one place. Between those only ages move.
const interval = 5000;
const offline = document.querySelector("#offline");
const verdict = document.querySelector("#verdict");
let seen;
let title = document.title;
let answered = new Date();

function spoken(ms) {
  const units = [["d", 86400000], ["h", 3600000], ["min", 60000], ["s", 1000]];
  const at = units.findIndex(([, size]) => ms >= size);
  if (at < 0) return "0 s";
  const [name, size] = units[at];
  const [small, part] = units[at + 1] ?? ["", ms + 1];
  const rest = Math.floor((ms % size) / part);
  return `${Math.floor(ms / size)} ${name}` + (rest ? ` ${rest} ${small}` : "");
}

async function answer(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(2 * interval) });
  if (!response.ok) throw new Error(path);
  return response;
}

// The contents of the live parts alone are replaced: what the reader has scrolled to stays in place.
async function take_over() {
  const text = await (await answer("/")).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh) return location.reload(); // another version answers
    if (part.innerHTML === fresh.innerHTML) continue;
    part.className = fresh.className;
    part.replaceChildren(...fresh.childNodes);
  }
  title = page.title;
}

function show(status) {
  verdict.textContent = status.verdict.sentence;
  const now = Date.parse(status.now);
  for (const time of document.querySelectorAll("time.age")) {
    time.textContent = spoken(Math.max(0, now - Date.parse(time.dateTime))) + " ago";
  }
}

// Without an answer no verdict stands: the last one may be wrong by now.
function show_reach(reached) {
  if (reached) answered = new Date();
  else offline.querySelector("span").textContent = answered.toLocaleTimeString();
  offline.hidden = reached;
  verdict.hidden = !reached;
  document.title = reached ? title : `no answer · ${title.split(" · ").at(-1)}`;
}

async function refresh() {
  try {
    const status = await (await answer("/api/v1/status")).json();
    const targets = status.targets.map((target) => ({ ...target, verdict: target.verdict.condition }));
    const state = JSON.stringify([status.verdict.condition, targets]);
    if (seen !== state) await take_over();
    seen = state;
    show(status);
    show_reach(true);
  } catch {
    show_reach(false);
  }
  setTimeout(refresh, interval);
}

refresh();
