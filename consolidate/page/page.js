// Searching and sorting what the page already shows in full: without this script nothing is missing.
// Texts are compared and counted, never made into markup; sizes and places are left to the style sheet.
"use strict";
(() => {
  // "Đông Hưng" and "dong hung" are one word to whoever searches (the same folding as fold in plan/words.py).
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll("đ", "d").normalize("NFD")
    .replace(/\p{M}+/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  const spelled = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ".");
  const compare = new Intl.Collator("vi", { numeric: true }).compare;

  // Each sought word has to begin a word of the row, in any order: "quan nho" and "nho q" both find Nho Quan.
  const keyOf = (row) => Array.from(row.querySelectorAll("[data-key]"), (cell) => ` ${fold(cell.textContent)}`).join("");

  const setUp = (list) => {
    const noun = list.dataset.list;
    const search = list.querySelector("input[type=search]");
    const state = list.querySelector("select");
    const found = list.querySelector(".found");
    const none = list.querySelector(".none-found");
    const rows = Array.from(list.querySelectorAll("[data-row]"),
      (node, place) => ({ node, place, key: keyOf(node), states: node.dataset.state.split(" ") }));
    const bodies = Array.from(list.querySelectorAll("tbody"));
    let order = "";

    const say = (count) => {
      const all = spelled(rows.length);
      const shown = count === rows.length ? `${all} ${noun}` : `Tìm thấy ${spelled(count)} trong ${all} ${noun}`;
      found.textContent = order ? `${shown}, ${order}` : shown;
    };
    const narrow = () => {
      const words = fold(search.value).split(" ").map((word) => ` ${word}`);
      let count = 0;
      for (const row of rows) {
        const fits = (!state.value || row.states.includes(state.value)) && words.every((word) => row.key.includes(word));
        row.node.hidden = !fits;
        const under = row.node.nextElementSibling;
        if (under?.classList.contains("under")) under.hidden = !fits;
        count += fits;
      }
      for (const body of bodies) body.hidden = !body.querySelector("[data-row]:not([hidden])");
      none.hidden = count > 0;
      say(count);
    };
    search.addEventListener("input", narrow);
    state.addEventListener("change", narrow);
    list.querySelector(".reset").addEventListener("click", () => {
      search.value = "";
      state.value = "";
      narrow();
      search.focus();
    });

    const sortBy = (head, column) => {
      const down = head.getAttribute("aria-sort") === "ascending";
      const number = head.dataset.sort === "number";
      const value = (row) => {
        const cell = row.node.cells[column];
        const text = cell.dataset.k ?? cell.textContent;
        return text === "" || text === undefined ? null : number ? Number(text) : text;
      };
      const held = rows.map((row) => ({ row, value: value(row) }));
      held.sort((a, b) => {
        if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || a.row.place - b.row.place;
        const by = number ? a.value - b.value : compare(a.value, b.value);
        return (down ? -by : by) || a.row.place - b.row.place;
      });
      for (const other of list.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      order = `xếp theo “${head.textContent.trim()}” ${down ? "giảm dần" : "tăng dần"}`;
      bodies[0].append(...held.map((item) => item.row.node));
      say(rows.filter((row) => !row.node.hidden).length);
    };
    list.querySelectorAll("th[data-sort]").forEach((head) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(head, head.cellIndex));
    });
    if (search.value || state.value) narrow(); // what the browser filled in again after "back"
    return { choose: (wanted) => { search.value = ""; state.value = wanted; narrow(); } };
  };

  const lists = new Map(Array.from(document.querySelectorAll("[data-list]"), (list) => [list, setUp(list)]));
  for (const link of document.querySelectorAll("a[data-pick]")) {
    link.addEventListener("click", () => {
      const target = document.querySelector(link.getAttribute("href"));
      const list = target.closest("[data-list]") ?? target.querySelector("[data-list]");
      lists.get(list)?.choose(link.dataset.pick);
    });
  }
})();
