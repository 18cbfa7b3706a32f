"use strict";

// Pages work without this file. It makes all cells of a table one tab stop: arrow keys walk from
// cell to cell and from row to row, Home and End go to the ends of a row.

const CELLS = ".repos tbody .cell a";

function cellsOf(row) {
  return row ? [...row.querySelectorAll(".cell a")] : [];
}

function beside(cell, step) {
  const cells = cellsOf(cell.closest("tr"));
  return cells[cells.indexOf(cell) + step];
}

function below(cell, step) {
  const column = cell.closest("td").cellIndex;
  const rows = [...cell.closest("tbody").rows];
  let index = rows.indexOf(cell.closest("tr")) + step;
  while (rows[index]) {
    const found = rows[index].cells[column].querySelector("a");
    if (found) return found;
    index += step;
  }
  return undefined;
}

const MOVES = {
  ArrowRight: (cell) => beside(cell, 1),
  ArrowLeft: (cell) => beside(cell, -1),
  ArrowDown: (cell) => below(cell, 1),
  ArrowUp: (cell) => below(cell, -1),
  Home: (cell) => cellsOf(cell.closest("tr"))[0],
  End: (cell) => cellsOf(cell.closest("tr")).at(-1),
};

document.addEventListener("keydown", (event) => {
  const cell = event.target instanceof Element ? event.target.closest(CELLS) : null;
  const move = MOVES[event.key];
  if (!cell || !move || event.ctrlKey || event.metaKey || event.altKey) return;
  const next = move(cell);
  if (!next) return;
  event.preventDefault();
  next.focus();
});

function stopAt(cell) {
  const body = cell.closest("tbody");
  for (const other of body.querySelectorAll('.cell a[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
}

document.addEventListener("focusin", (event) => {
  const cell = event.target instanceof Element ? event.target.closest(CELLS) : null;
  if (cell) stopAt(cell);
});

function haveOneStop() {
  const first = document.querySelector(CELLS);
  if (first && !document.querySelector(`${CELLS}[tabindex="0"]`)) stopAt(first);
}

haveOneStop();
document.addEventListener("htmx:afterSettle", haveOneStop);

// A slash leads to the search of the top bar, but where somebody is writing.
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("find");
  const here = event.target instanceof Element ? event.target : document.body;
  if (event.key !== "/" || !field || event.ctrlKey || event.metaKey || event.altKey) return;
  if (here.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Escape, and a click beside it, close an open menu; Escape leads back to what opened it.
const MENU = "details.menu[open]";

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? document.querySelector(MENU) : null;
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENU)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

function flipped(sort) {
  return sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
}

// A click on a column sorts what the filter says now, not what it said when the table was drawn.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-sort]") : null;
  const order = document.querySelector('#filter input[name="sort"]');
  if (!link || !order || !window.htmx) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  order.value = order.value === link.dataset.sort ? flipped(order.value) : link.dataset.sort;
  window.htmx.trigger("#filter", "submit");
});
