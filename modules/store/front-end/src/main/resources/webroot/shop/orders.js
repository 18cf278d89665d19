// What was bought in this browser, newest first. Where nothing may be kept, it lasts as long as the page.

const PLACE = 'orders';
const MOST = 100;

let orders = read();

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '[]');
    return Array.isArray(kept) ? kept.filter((order) => Number.isInteger(order?.number)) : [];
  } catch {
    return [];
  }
}

export const myOrders = () => orders;

export function remember(order) {
  // Another tab may have bought meanwhile.
  orders = [order, ...read().filter((other) => other.number !== order.number)].slice(0, MOST);
  try {
    localStorage.setItem(PLACE, JSON.stringify(orders));
  } catch {
    // See above.
  }
}
