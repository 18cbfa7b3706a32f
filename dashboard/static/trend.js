"use strict";

// Pages work without this file: ranges are links and a form, figures are a table. With it a trend is
// read point by point, by mouse and by arrow keys, and a range is marked on the picture itself.

const SVG = "http://www.w3.org/2000/svg";
const PAGE = 10; // points that Page Up and Page Down go
const LEAST = 6; // pixels of a mark that is meant
const HELP =
  "Point at the chart, or walk along it with the arrow keys; a click or Enter holds a point. Drag, or hold Shift, to mark a range.";

function made(tag, attributes, parent) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent?.append(element);
  return element;
}

function paragraph(box, className, role) {
  const line = document.createElement("p");
  line.className = className;
  if (role) line.setAttribute("role", role);
  box.after(line);
  return line;
}

class Reader {
  constructor(section) {
    this.section = section;
    this.chart = section.querySelector("svg.trend");
    this.points = null;
    this.at = -1;
    this.anchor = null;
    this.box = this.wrap();
    this.said = paragraph(this.box, "vh", "status");
    const line = paragraph(this.box, "readout");
    this.shown = document.createElement("span");
    this.shown.setAttribute("aria-hidden", "true");
    this.shown.textContent = HELP;
    this.ways = document.createElement("span");
    line.append(this.shown, this.ways);
    this.held = false;
    this.cursor = this.draw();
    this.listen();
  }

  wrap() {
    const box = document.createElement("div");
    box.className = "plotbox";
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-roledescription", "chart");
    box.setAttribute("aria-label", `${this.chart.getAttribute("aria-label")}. ${HELP}`);
    this.chart.replaceWith(box);
    box.append(this.chart);
    this.section.classList.add("read");
    return box;
  }

  draw() {
    const group = made("g", { class: "cursor", visibility: "hidden" }, this.chart);
    const height = this.height();
    return {
      group,
      mark: made("rect", { y: 0, height, width: 0 }, group),
      line: made("line", { y1: 0, y2: height }, group),
      dot: made("circle", { class: "dotx", r: 5 }, group),
    };
  }

  height() {
    return Number(this.chart.querySelector("line.axis").getAttribute("y1"));
  }

  listen() {
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("focus", () => this.start());
    this.chart.addEventListener("pointermove", (event) => this.move(event));
    this.chart.addEventListener("pointerdown", (event) => this.press(event));
    this.chart.addEventListener("pointerup", (event) => this.release(event));
    this.chart.addEventListener("pointerleave", () => this.leave());
  }

  async load() {
    if (!this.loading) {
      this.loading = fetch(this.section.dataset.points, { headers: { Accept: "application/json" } })
        .then((answer) => (answer.ok ? answer.json() : { points: [] }))
        .then((found) => (this.points = found.points))
        .catch(() => (this.points = []));
    }
    return this.loading;
  }

  async start() {
    await this.load();
    if (this.at < 0 && this.points.length) this.go(this.points.length - 1);
  }

  share(event) {
    const box = this.chart.getBoundingClientRect();
    return (100 * (event.clientX - box.left)) / box.width;
  }

  nearest(share) {
    let best = 0;
    this.points.forEach((point, index) => {
      if (Math.abs(point[0] - share) < Math.abs(this.points[best][0] - share)) best = index;
    });
    return best;
  }

  show(index) {
    const [x, y, , words] = this.points[index];
    const { group, line, dot, mark } = this.cursor;
    this.at = index;
    group.setAttribute("visibility", "visible");
    for (const name of ["x1", "x2"]) line.setAttribute(name, `${x}%`);
    dot.setAttribute("cx", `${x}%`);
    dot.setAttribute("cy", y);
    const from = this.anchor === null ? x : this.points[this.anchor][0];
    mark.setAttribute("x", `${Math.min(from, x)}%`);
    mark.setAttribute("width", `${Math.abs(from - x)}%`);
    this.shown.textContent = this.anchor === null ? words : this.range();
    if (this.anchor === null) this.lead();
    else this.ways.replaceChildren();
  }

  // What moved the score between this point and the one before it, and since; and what was found.
  lead() {
    const { compare, findings } = this.section.dataset;
    const last = this.points.length - 1;
    const commit = (index) => this.points[index][4];
    const between = (from, to) => `${compare}?from=${commit(from)}&to=${commit(to)}`;
    const ways = [];
    if (this.at > 0) ways.push(["Against the point before", between(this.at - 1, this.at)]);
    if (this.at < last) ways.push(["Against now", between(this.at, last)]);
    ways.push(["What was found", `${findings}?at=${commit(this.at)}`]);
    this.ways.replaceChildren(
      ...ways.flatMap(([words, href]) => {
        const link = document.createElement("a");
        link.href = href;
        link.textContent = words;
        return [" ", link];
      }),
    );
  }

  range() {
    const [first, last] = this.days();
    return `From ${first} to ${last}: Enter or letting go shows these days, Escape drops them.`;
  }

  days() {
    return [this.anchor, this.at].sort((a, b) => a - b).map((index) => this.points[index][2]);
  }

  go(index) {
    this.show(Math.min(Math.max(index, 0), this.points.length - 1));
    this.said.textContent = this.shown.textContent;
  }

  key(event) {
    const moves = {
      ArrowRight: this.at + 1,
      ArrowLeft: this.at - 1,
      PageDown: this.at + PAGE,
      PageUp: this.at - PAGE,
      Home: 0,
      End: Infinity,
    };
    if (event.target !== this.box || !this.points?.length) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) {
      if (!event.shiftKey) this.anchor = null;
      else this.anchor ??= this.at;
      this.go(moves[event.key]);
    } else if (event.key === "Enter" && this.anchor !== null) this.visit();
    else if (event.key === "Enter") this.ways.querySelector("a")?.focus();
    else if (event.key === "Escape" && this.anchor !== null) {
      this.anchor = null;
      this.go(this.at);
    } else return;
    event.preventDefault();
  }

  async move(event) {
    if (this.held && this.pressed === undefined) return;
    if (!this.points) await this.load();
    if (this.points.length) this.show(this.nearest(this.share(event)));
  }

  press(event) {
    const held = this.held;
    this.held = false;
    if (event.pointerType !== "mouse") return void this.move(event);
    if (event.button !== 0 || !this.points?.length || event.target.closest("a")) return;
    event.preventDefault();
    this.pressed = event.clientX;
    this.was = held;
    this.anchor = this.nearest(this.share(event));
    this.chart.setPointerCapture(event.pointerId);
  }

  release(event) {
    if (this.pressed === undefined) return;
    const isMeant = Math.abs(event.clientX - this.pressed) >= LEAST && this.anchor !== this.at;
    this.pressed = undefined;
    if (isMeant) this.visit();
    else {
      this.anchor = null;
      this.held = !this.was;
      this.show(this.nearest(this.share(event)));
    }
  }

  leave() {
    if (this.held || this.pressed !== undefined || this.anchor !== null) return;
    if (document.activeElement !== this.box) this.cursor.group.setAttribute("visibility", "hidden");
  }

  visit() {
    const [from, to] = this.days();
    const address = new URL(location.href);
    for (const name of ["span", "page"]) address.searchParams.delete(name);
    address.searchParams.set("from", from);
    address.searchParams.set("to", to);
    address.hash = "trend";
    location.assign(address);
  }
}

for (const section of document.querySelectorAll(".trend-of[data-points]")) {
  if (section.querySelector("svg.trend")) new Reader(section);
}
