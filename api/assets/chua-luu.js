/* What was typed into an answer and is not yet known to be saved stays in this tab, so that it outlives a reload,
   a restart of the server and a new sign-in. It is never sent by itself: the person sees it and decides.
   Tried on Streamlit 1.67.0. */
(() => {
  "use strict";

  const said = document.currentScript.dataset;
  const STORE = "chua-luu";
  const CARD = "[class*='st-key-card-']";
  const FIELD = `${CARD} :is(input[type=text], textarea)`;
  /* Shown beside an answer that could not be saved, or that somebody else changed: the server holds it. */
  const REFUSED = "[class*='st-key-again-'], [class*='st-key-mine-']";
  const QUIET = 250; /* milliseconds without a run of the page after which nothing more is coming */
  const PATIENCE = 6000;

  let losses = 0; /* how often the line was lost since this page was opened */
  let calm = 0;
  let bar = null;
  let drafts = read();
  const mine = new Set(); /* typed since this page was opened */
  const offered = new Set(); /* shown in the bar */
  const placed = new Map(); /* fields that have been compared, with what they held then */

  function read() {
    try {
      return new Map(Object.entries(JSON.parse(sessionStorage.getItem(STORE) || "{}")));
    } catch {
      return new Map();
    }
  }

  function write() {
    try {
      sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(drafts)));
    } catch {
      /* a full store: the text is still in the field */
    }
  }

  const app = () => document.querySelector("[data-testid=stApp]");
  const connected = () => app()?.dataset.testConnectionState === "CONNECTED";
  const idle = () =>
    connected() && app().dataset.testScriptState === "notRunning" && !window.thuocSo?.waiting();
  const person = () => document.querySelector(".who-name")?.textContent ?? "";
  const classOf = (field) =>
    [...(field.closest("[class*='st-key-']")?.classList ?? [])].find((name) => name.startsWith("st-key-"));
  const fieldOf = (draft) => document.querySelector(`.${CSS.escape(draft.place)} :is(input[type=text], textarea)`);
  const cardOf = (draft) => document.querySelector(`.${CSS.escape(draft.card)}`);
  const stateOf = (card) => card?.querySelector(".q-foot .badge")?.textContent ?? "";
  const keyOf = (field) => `${person()}|${classOf(field)}`;

  function forget(key) {
    drafts.delete(key);
    mine.delete(key);
    offered.delete(key);
    placed.delete(key);
    write();
  }

  function typed(event) {
    const field = event.target;
    if (!(field instanceof Element) || !field.matches(FIELD) || !person()) return;
    const key = keyOf(field);
    const card = field.closest(CARD);
    const before = drafts.get(key);
    const base = before && mine.has(key) ? before.base : started.get(field) ?? "";
    if (field.value === base && !before?.left) return forget(key), show();
    drafts.set(key, {
      place: classOf(field),
      card: [...card.classList].find((name) => name.startsWith("st-key-card-")),
      label: field.getAttribute("aria-label") ?? "",
      base,
      sent: before?.left ? before.text : before?.sent ?? base,
      text: field.value,
      state: stateOf(card),
      address: location.pathname + location.search,
      left: 0,
      losses,
    });
    mine.add(key);
    offered.delete(key);
    write();
    show();
  }

  /* What a field held when it was entered, which is what is stored. */
  const started = new WeakMap();

  function entered(event) {
    if (event.target instanceof Element && event.target.matches(FIELD)) started.set(event.target, event.target.value);
  }

  function left(event) {
    const field = event.target;
    if (!(field instanceof Element) || !field.matches(FIELD) || field.disabled) return;
    const draft = drafts.get(keyOf(field));
    if (!draft || !mine.has(keyOf(field))) return;
    draft.left = Date.now();
    draft.losses = losses;
    draft.state = stateOf(cardOf(draft));
    wait();
  }

  /* Whether the server has what was typed: the answer was drawn anew after the field was left, on a line that
     held. Where the line was lost, only a new word beside the answer, with the text still in its field, shows
     that it was saved after all. */
  function arrived(draft) {
    const card = cardOf(draft);
    if (!card || !draft.left || !idle() || card.querySelector(REFUSED)) return false;
    const news = stateOf(card) !== draft.state;
    if (draft.losses !== losses) return news && fieldOf(draft)?.value.trim() === draft.text.trim();
    return news || calm >= draft.left + QUIET;
  }

  function lineLost() {
    losses += 1;
    for (const key of mine) drafts.get(key).state = stateOf(cardOf(drafts.get(key)));
  }

  function review() {
    for (const [key, draft] of [...drafts]) {
      if (!key.startsWith(`${person()}|`)) continue;
      if (mine.has(key)) {
        if (arrived(draft)) {
          const field = fieldOf(draft);
          if (field) started.set(field, draft.text);
          forget(key);
        }
        else if (idle() && draft.losses !== losses && document.activeElement !== fieldOf(draft)) offer(key, draft);
      } else if (idle()) offer(key, draft);
    }
    show();
  }

  /* Back into the field where nothing else stands there now; the person still has to leave it or press «Lưu». */
  function offer(key, draft) {
    const field = fieldOf(draft);
    offered.add(key);
    if (!field || field.disabled || placed.has(key)) return;
    if (field.value === draft.text && !mine.has(key)) forget(key);
    else {
      placed.set(key, field.value);
      if ([draft.base, draft.sent].includes(field.value)) put(field, draft.text);
    }
  }

  function put(field, text) {
    const kind = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    quiet = true;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    quiet = false;
  }

  let quiet = false; /* our own changes are no typing */

  function save(key) {
    const draft = drafts.get(key);
    const field = draft && fieldOf(draft);
    if (!field || field.disabled) return;
    /* A text that the field already holds as given would not be sent: a space at its end makes it another. */
    mine.add(key);
    offered.delete(key);
    field.scrollIntoView({ block: "center" });
    field.focus();
    put(field, `${draft.text} `);
    put(field, draft.text);
    if (field.value === started.get(field) && draft.losses !== losses) put(field, `${draft.text} `);
    field.blur();
    show();
  }

  function drop(key) {
    const draft = drafts.get(key);
    const found = placed.get(key);
    const field = fieldOf(draft);
    forget(key);
    if (field && found !== undefined && field.value === draft.text && found !== draft.text) {
      field.focus();
      put(field, found);
      field.blur();
    }
    show();
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function row(key, draft) {
    const line = document.createElement("p");
    const words = document.createElement("span");
    const short = draft.text.length > 60 ? `${draft.text.slice(0, 60)}…` : draft.text;
    words.textContent = `${said.left} ${draft.label}: «${short}»`;
    line.append(words);
    if (fieldOf(draft)) line.append(button(said.save, () => save(key)));
    else if (location.pathname + location.search !== draft.address) {
      const link = document.createElement("a");
      link.href = draft.address;
      link.textContent = said.go;
      line.append(link);
    }
    line.append(button(said.drop, () => drop(key)));
    return line;
  }

  function show() {
    const rows = [...offered].filter((key) => drafts.has(key) && key.startsWith(`${person()}|`));
    if (!bar) {
      if (!rows.length) return;
      bar = document.createElement("section");
      bar.id = "chua-luu";
      bar.setAttribute("role", "status");
      document.body.appendChild(bar);
    }
    const now = rows.map((key) => `${key}${drafts.get(key).text}${Boolean(fieldOf(drafts.get(key)))}`).join();
    if (bar.dataset.shown === now) return;
    bar.dataset.shown = now;
    bar.hidden = !rows.length;
    bar.replaceChildren(...rows.map((key) => row(key, drafts.get(key))));
  }

  let timer = 0;

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (idle()) calm = Date.now();
      review();
      if (drafts.size && !(idle() && person())) wait();
    }, QUIET + 10);
  }

  const pending = () => {
    review();
    return [...mine].some((key) => drafts.has(key) && key.startsWith(`${person()}|`));
  };

  /* A link that is followed in the very moment in which a field is left would overtake the text: Streamlit
     sends the new page first and forgets the old one. The link waits until the answer has arrived. */
  let following = false;

  function follow(event) {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!link || following || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.target === "_blank" || link.origin !== location.origin || !pending()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (document.activeElement?.matches(FIELD)) document.activeElement.blur();
    const until = Date.now() + PATIENCE;
    const go = () => {
      if (pending() && connected() && Date.now() < until) return setTimeout(go, 50);
      following = true;
      if (link.isConnected) link.click();
      else location.assign(link.href);
      following = false;
      return undefined;
    };
    setTimeout(go, 50);
  }

  let was = "";
  let line = "";

  function changed() {
    const now = app();
    if (!now) return;
    const states = `${now.dataset.testConnectionState} ${now.dataset.testScriptState}`;
    if (states === was) {
      /* a field may be drawn well after the page has said that it is ready */
      if ([...offered].some((key) => !placed.has(key) && fieldOf(drafts.get(key)))) wait();
      return;
    }
    was = states;
    if (line === "CONNECTED" && now.dataset.testConnectionState !== "CONNECTED") lineLost();
    line = now.dataset.testConnectionState;
    wait();
  }

  document.addEventListener("focusin", entered, true);
  document.addEventListener("input", (event) => quiet || typed(event), true);
  document.addEventListener("focusout", left, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) left(event);
  }, true);
  document.addEventListener("click", follow, true);
  window.addEventListener("beforeunload", (event) => {
    if (pending()) event.preventDefault();
  });
  new MutationObserver(changed).observe(document.getElementById("root"), {
    subtree: true, childList: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"],
  });
})();
