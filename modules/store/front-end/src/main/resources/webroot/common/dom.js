// Elements are made here and nowhere from text: what the store answers is never taken for HTML.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with attributes and children. A null or false attribute is left out; on… is a listener.
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function drawn(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Changes a text only if it differs: a screen reader reads what changes. */
export function say(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}

export const byId = (id) => document.getElementById(id);
