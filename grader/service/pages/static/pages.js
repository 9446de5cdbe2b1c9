// What a script adds to pages that are complete without one.
(() => {
  "use strict";
  const enlivened = new WeakSet();
  const each = (root, selector, act) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.push(root);
    for (const element of found) {
      if (enlivened.has(element)) continue;
      enlivened.add(element);
      act(element);
    }
  };
  const clock = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

  // Points in time by the reader's own clock.
  const sayTime = (time) => {
    time.title = time.textContent;
    time.textContent = clock.format(new Date(time.dateTime));
  };

  // A field in UTC, said in local time beside it.
  const sayLocal = (words) => {
    const field = document.getElementById(words.dataset.localOf);
    const say = () => {
      words.textContent = field.value ? `Your time: ${clock.format(new Date(`${field.value}Z`))}.` : "";
    };
    field.addEventListener("input", say);
    say();
  };

  const megabytes = (size) => `${(size / 1e6).toFixed(1)} MB`;

  // Why a file will not be taken, before it is sent; "" when it will.
  const problemWith = (file, form) => {
    const endings = form.dataset.endings.split(" ");
    if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending)))
      return `${file.name} is not a kind of file that is graded; expected one of ${endings.join(", ")}.`;
    if (file.size > Number(form.dataset.most))
      return `${file.name} has ${megabytes(file.size)}; at most ${megabytes(Number(form.dataset.most))} are accepted. Leave out data and clear the outputs of notebooks.`;
    return file.size ? "" : `${file.name} is an empty file. Was it saved before?`;
  };

  const makeUpload = (form) => {
    const field = form.querySelector("input[type=file]");
    const drop = form.querySelector(".drop");
    const problem = form.querySelector("#file-problem");
    const send = form.querySelector("#send");
    const check = () => {
      const words = field.files.length ? problemWith(field.files[0], form) : "";
      problem.textContent = words;
      field.toggleAttribute("aria-invalid", Boolean(words));
      return !words;
    };
    form.classList.add("can-drop");
    field.addEventListener("change", check);
    for (const kind of ["dragenter", "dragover"])
      drop.addEventListener(kind, (event) => {
        event.preventDefault();
        drop.classList.add("over");
      });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      const chosen = new DataTransfer();
      chosen.items.add(event.dataTransfer.files[0]);
      field.files = chosen.files;
      if (check()) send.focus();
    });
    form.addEventListener("submit", (event) => {
      if (!check()) {
        event.preventDefault();
        field.focus();
        return;
      }
      send.disabled = true;
      form.querySelector("#sending").textContent = "Sending …";
    });
    window.addEventListener("pageshow", () => {
      send.disabled = false;
      form.querySelector("#sending").textContent = "";
    });
  };

  // The token of a sign-in link is behind its #, which browsers keep to themselves; signing in stays a decision.
  const fillToken = (form) => {
    const token = decodeURIComponent(location.hash.slice(1));
    if (!token) return;
    history.replaceState(null, "", location.pathname + location.search);
    form.elements.token.value = token;
    form.querySelector("button").focus();
  };

  const makeAll = (box) => {
    box.hidden = false;
    box.addEventListener("change", () => {
      box.closest("form").querySelectorAll(`input[name="${box.dataset.all}"]`).forEach((other) => {
        other.checked = box.checked;
      });
    });
  };

  // Of many entries those whose text has all the words.
  const makeFind = (finder) => {
    const field = finder.querySelector("input");
    const entries = [...document.getElementById(finder.dataset.find).children];
    const find = () => {
      const words = field.value.toLowerCase().split(/\s+/);
      for (const entry of entries) {
        const text = entry.textContent.toLowerCase();
        entry.hidden = !words.every((word) => text.includes(word));
      }
      const shown = entries.filter((entry) => !entry.hidden).length;
      finder.querySelector("[role=status]").textContent = field.value.trim() ? `${shown} of ${entries.length}` : "";
    };
    finder.hidden = false;
    field.addEventListener("input", find);
    find();
  };

  const makeCopy = (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    });
  };

  const makeSave = (button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const text = document.getElementById(button.dataset.save).textContent;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: button.dataset.type }));
      link.download = button.dataset.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  };

  // What is wider than its place scrolls by keys, too.
  const reachWide = () => {
    for (const wide of document.querySelectorAll(".display, pre"))
      if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
      else wide.removeAttribute("tabindex");
  };

  const enliven = (root) => {
    each(root, "time[datetime]", sayTime);
    each(root, "[data-local-of]", sayLocal);
    each(root, "form#upload", makeUpload);
    each(root, "form#sign-in", fillToken);
    each(root, "[data-all]", makeAll);
    each(root, "[data-find]", makeFind);
    each(root, "[data-copy]", makeCopy);
    each(root, "[data-save]", makeSave);
    reachWide();
  };

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-confirm]");
    if (asked && !confirm(asked.dataset.confirm)) event.preventDefault();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    enliven(document);
    if (event.detail.target?.id === "outcome")
      document.getElementById("said").textContent = "The grading is over. The feedback is on this page.";
  });
  window.addEventListener("resize", reachWide);
  document.addEventListener("toggle", reachWide, true);
  enliven(document);
})();
