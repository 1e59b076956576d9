// Board, projector and replay: parts come in, the page shows them, focus and hands stay undisturbed.

import { listen, say } from "./acts.js";
import { follow } from "./live.js";
import { fragment, merge } from "./merge.js";

const page = document.body.dataset;
const PATIENCE = 3000; // ms for which parts wait at most while somebody is about to click
const STILL = 600;
let waiting = {};
let newest = 0; // by number: a clock may be put back
let ahead = 0; // ms by which the room's clock is ahead of ours
let down = false;
let moved = 0;
let begun = 0;

function take(message) {
  if (message.seq < newest) return;
  newest = message.seq;
  ahead = 1000 * message.at - Date.now();
  page.at = message.at;
  page.seq = message.seq;
  Object.assign(waiting, message.parts);
  show();
}

// A button that moves away under a finger is pressed for somebody else.
function show() {
  const now = Date.now();
  const busy = down || now - moved < STILL;
  begun = busy ? begun || now : 0;
  if (busy && now - begun < PATIENCE) return;
  begun = 0;
  const parts = waiting;
  waiting = {};
  for (const [id, html] of Object.entries(parts)) {
    const old = document.getElementById(id);
    if (!old) continue;
    if (old.contains(document.activeElement) && document.activeElement.matches("input")) {
      waiting[id] = html; // somebody writes or ticks there
      continue;
    }
    put(old, fragment(html));
    const part = document.getElementById(id);
    part.dataset.seq = page.seq;
    part.dataset.at = page.at;
  }
}

function put(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const person = focused?.closest(".person");
  const place = person ? [...old.querySelectorAll(".person")].indexOf(person) : -1;
  merge(old, fresh);
  if (!focused || document.activeElement === focused) return;
  const successor = focused.isConnected
    ? focused
    : [...document.querySelectorAll(".person")].slice(0, place + 1).pop()?.querySelector("button");
  (successor ?? document.getElementById("needs-title"))?.focus({ preventScroll: true });
}

function tell(how, since) {
  const words = document.getElementById("link-words");
  const said = {
    live: () => "live",
    asked: () => "live, by asking every few seconds",
    lost: () => `not connected since ${since.toLocaleTimeString()}; trying again`,
    ended: () => "this link opens nothing any more",
  }[how]();
  document.getElementById("link").dataset.how = how;
  if (words.textContent !== said) words.textContent = said;
}

function tick() {
  for (const timer of document.querySelectorAll("[data-ends]")) {
    const left = Math.round((1000 * timer.dataset.ends - Date.now() - ahead) / 1000);
    const seconds = String(left % 60).padStart(2, "0");
    timer.textContent = left > 0 ? `${Math.floor(left / 60)}:${seconds} left` : "over";
  }
}

async function rewind(slider) {
  const after = slider.value;
  const answer = await fetch(`${page.replay}?after=${after}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || slider.value !== after) return;
  newest = 0;
  take(await answer.json());
}

function replay() {
  const slider = document.getElementById("slider");
  const moment = document.getElementById("moment");
  let soon = 0;
  const name = () => {
    const minutes = Math.floor(slider.value / 60);
    const when = Number(moment.dataset.from) + Number(slider.value);
    const clock = new Date(1000 * when).toLocaleTimeString([], { timeStyle: "short" });
    moment.textContent = `${clock}, ${minutes} min after the beginning`;
    slider.setAttribute("aria-valuetext", moment.textContent);
  };
  slider.addEventListener("input", () => {
    name();
    clearTimeout(soon);
    soon = setTimeout(() => rewind(slider).catch(() => say("The room does not answer.")), 120);
  });
  name();
}

document.documentElement.classList.add("scripted");
listen();
addEventListener("pointerdown", () => (down = true));
for (const over of ["pointerup", "pointercancel", "blur"])
  addEventListener(over, () => setTimeout(() => (down = false), 0));
document.getElementById("needs")?.parentElement.addEventListener("pointermove", () => (moved = Date.now()));
setInterval(show, 300);
if (page.stream) {
  follow(page, take, tell);
  setInterval(tick, 250);
} else {
  replay();
}
