"use strict";
// Sorting and filtering of the table of students; without it the table is there in whole, sorted by key.
(() => {
  const table = document.getElementById("students-table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headers = [...table.tHead.rows[0].cells];
  const texts = new Map(rows.map((row) => [row, row.textContent.toLocaleLowerCase()]));
  const words = new Intl.Collator(undefined, { numeric: true });

  // What has no number goes last, in either direction.
  const compare = (column, direction) => (a, b) => {
    const [left, right] = [a.cells[column], b.cells[column]].map((cell) => cell.textContent.trim());
    if (!headers[column].classList.contains("number")) return direction * words.compare(left, right);
    const [x, y] = [parseFloat(left), parseFloat(right)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
    return direction * (x - y);
  };

  headers.forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => {
      const ascending = header.getAttribute("aria-sort") !== "ascending";
      headers.forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      body.append(...rows.sort(compare(column, ascending ? 1 : -1)));
    });
  });

  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  filter.addEventListener("input", () => {
    const parts = filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !parts.every((part) => texts.get(row).includes(part));
      count += !row.hidden;
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  });
  document.getElementById("tools").hidden = false;
})();
