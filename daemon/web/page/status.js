
// Keeps the page live. The status says whether anything has changed; only then is the server's own
// rendering fetched, so that numbers are formatted in one place. Between those only ages move.
const interval = 5000;
let seen;
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

function show(status) {
  document.querySelector("#verdict").textContent = status.verdict.sentence;
  const now = Date.parse(status.now);
  for (const time of document.querySelectorAll("time.age")) {
    time.textContent = spoken(Math.max(0, now - Date.parse(time.dateTime))) + " ago";
  }
}

async function refresh() {
  const offline = document.querySelector("#offline");
  try {
    const status = await (await fetch("/api/v1/status")).json();
    const targets = status.targets.map((target) => ({ ...target, verdict: target.verdict.condition }));
    const state = JSON.stringify([status.verdict.condition, targets]);
    if (seen !== undefined && seen !== state) {
      const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.title = page.title;
    }
    seen = state;
    show(status);
    answered = new Date();
    offline.hidden = true;
  } catch {
    offline.querySelector("span").textContent = answered.toLocaleTimeString();
    offline.hidden = false;
  }
  setTimeout(refresh, interval);
}

refresh();
