// Makes an element equal to a fresh one and leaves alone what is equal already: what somebody
// points at, reads, has focused or unfolded stays where it is. What changed fades in.

const still = matchMedia("(prefers-reduced-motion: reduce)");

export function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

export function merge(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType === Node.TEXT_NODE && fresh.nodeType === Node.TEXT_NODE) {
    old.nodeValue = fresh.nodeValue;
    fade(old.parentElement);
  } else if (old.nodeName === fresh.nodeName && old.id === fresh.id) {
    attributes(old, fresh);
    children(old, fresh);
  } else {
    old.replaceWith(fresh);
    fade(fresh);
  }
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
}

function children(old, fresh) {
  const named = new Map([...old.children].filter((e) => e.id).map((e) => [e.id, e]));
  let here = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const mine = child.id ? named.get(child.id) : alike(here, child) ? here : null;
    if (!mine) {
      old.insertBefore(child, here);
      if (child.nodeType === Node.ELEMENT_NODE) fade(child);
      continue;
    }
    if (mine === here) here = here.nextSibling;
    else old.insertBefore(mine, here);
    merge(mine, child);
  }
  while (here) {
    const next = here.nextSibling;
    here.remove();
    here = next;
  }
}

function alike(old, fresh) {
  return old && !old.id && old.nodeName === fresh.nodeName;
}

function fade(element) {
  if (!still.matches && element?.animate) element.animate({ opacity: [0.15, 1] }, 700);
}
