// A picture for each toy: one that was drawn for it, else one made from its name, always the same.

import {byId, drawn} from '/common/dom.js';

const COLOURS = ['#e2465a', '#f0763a', '#f5b829', '#3f9d5a', '#2fa6a0', '#3b7dd8', '#7a4fd0', '#d0499f'];
const WASHES = 6;

const drawings = fetch('/shop/toys.svg')
  .then((answer) => answer.text())
  .then((text) => {
    const sheet = document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);
    sheet.setAttribute('hidden', '');
    document.body.append(sheet);
  })
  .catch(() => {}); // Then all toys have pictures made from their names.

const idOf = (name) => `toy-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

/** The same number for the same text, 0 to 2^32 - 1, by FNV-1a. */
function numberOf(text) {
  let number = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    number = Math.imul(number ^ text.charCodeAt(i), 0x01000193);
  }
  return (number ^ (number >>> 15)) >>> 0;
}

export const wash = (name) => `w${numberOf(name) % WASHES}`;

export function picture(name) {
  const frame = drawn('svg', {viewBox: '0 0 120 90', 'aria-hidden': 'true'});
  drawings.then(() => frame.append(byId(idOf(name)) ? drawn('use', {href: `#${idOf(name)}`}) : made(name)));
  return frame;
}

const path = (d, fill) => drawn('path', {d, fill});
const circle = (cx, cy, r, fill) => drawn('circle', {cx, cy, r, fill});
const bar = (x, y, width, height, fill) => drawn('rect', {x, y, width, height, rx: height / 3, fill});

/** Each with the height of its letter, if there is room for one. */
const SHAPES = [
  [62, (a, b, c) => [circle(60, 46, 34, a), path('M28 34q32 22 64 0l2 18q-34 20-68 0z', b), circle(60, 18, 5, c)]], // a ball
  [34, (a, b, c) => [bar(22, 46, 36, 36, a), bar(62, 46, 36, 36, b), bar(42, 7, 36, 36, c)]], // blocks
  [62, (a, b, c) => [path('M57 4h6v14h-6z', c), path('M22 36q38-34 76 0-6 28-38 48-32-20-38-48z', a), path('M22 36q38 18 76 0l-3 9q-35 17-70 0z', b)]], // a top
  [0, (a, b, c) => [bar(24, 66, 72, 16, a), bar(32, 48, 56, 16, b), bar(40, 30, 40, 16, c), circle(60, 18, 10, a)]], // rings
  [62, (a, b, c) => [path('M14 64V44h20l12-18h30l16 18h16v20z', a), path('M50 32h22l9 12H42z', b), circle(36, 66, 13, c), circle(86, 66, 13, c)]], // a car
  [66, (a, b, c) => [bar(34, 34, 52, 46, a), bar(40, 8, 40, 24, b), circle(51, 20, 4, '#fff'), circle(69, 20, 4, '#fff'), bar(22, 40, 10, 28, c), bar(88, 40, 10, 28, c)]], // a robot
];

function made(name) {
  const number = numberOf(name);
  const colour = (step) => COLOURS[((number >>> 8) + step * (1 + ((number >>> 12) % 3))) % COLOURS.length];
  const [y, parts] = SHAPES[(number >>> 4) % SHAPES.length];
  const letter = y ? [...name][0].toUpperCase() : '';
  const text = drawn('text', {x: 60, y, 'text-anchor': 'middle', 'font-size': 24, 'font-weight': 700, fill: '#fff'}, letter);
  return drawn('g', {}, ...parts(colour(0), colour(1), colour(2)), text);
}
