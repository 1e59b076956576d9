// What the instructor does: forms sent without leaving the page, and keys for the commonest. A key
// acts only while a button of the person that it is about has the focus.

const KEYS = { h: "helped", s: "snooze", g: "claim" };

const SHOWN = 8000; // ms
let end = 0;

export function say(words) {
  const place = document.getElementById("spoken");
  place.textContent = words;
  clearTimeout(end);
  end = setTimeout(() => (place.textContent = ""), SHOWN);
}

async function send(event) {
  const form = event.target;
  if (form.getAttribute("action") !== "/board/act") return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) fields.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
    });
    const said = await answer.json();
    say(answer.ok ? said.done : said.error);
    if (answer.ok && event.submitter?.value === "say") form.reset();
  } catch {
    say("That did not reach the room. Try again.");
  }
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
  const person = event.target.closest?.(".person");
  if (!person) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const all = [...document.querySelectorAll(".person")];
    const next = all[all.indexOf(person) + (event.key === "ArrowDown" ? 1 : -1)];
    next?.querySelector("button").focus();
    event.preventDefault();
  } else if (Object.hasOwn(KEYS, event.key)) {
    person.querySelector(`[aria-keyshortcuts="${event.key}"]`)?.click();
    event.preventDefault();
  }
}

function line(event) {
  const words = event.target.closest?.("[data-line]")?.dataset.line;
  if (words === undefined) return;
  const field = document.getElementById("line");
  field.value = words.slice(0, field.maxLength);
  field.focus();
}

export function listen() {
  addEventListener("submit", send);
  addEventListener("keydown", pressed);
  addEventListener("click", line);
  const by = document.getElementById("by");
  if (!by) return;
  by.value ||= localStorage.getItem("by") ?? "";
  by.addEventListener("change", () => localStorage.setItem("by", by.value));
}
