"use strict";

// Pages work without this file. It makes each row of cells one tab stop: arrow keys walk from
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
  for (const other of cellsOf(next.closest("tr"))) other.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});
