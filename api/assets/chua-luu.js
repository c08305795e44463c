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
  const LOOK_AGAIN = 250; /* milliseconds */
  const PATIENCE = 6000;

  let losses = 0; /* how often the line was lost since this page was opened */
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
  /* What the server has received from a field: a mark, another one each time, and the text. */
  const receivedFrom = (draft) => {
    const said = JSON.parse(cardOf(draft)?.querySelector("[data-received]")?.dataset.received ?? "{}");
    const found = Object.keys(said).find((name) => `st-key-${name.replace(/[^\w-]/g, "-")}` === draft.place);
    const [mark, text] = said[found] ?? ["", null];
    return { mark, text };
  };
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
    /* The attribute still holds what stood there, until Streamlit has dealt with this very event. */
    const base = before && mine.has(key) ? before.base : started.get(key) ?? field.getAttribute("value") ?? "";
    if (field.value === base && !before?.left) return forget(key), show();
    const place = { place: classOf(field), card: [...card.classList].find((name) => name.startsWith("st-key-card-")) };
    drafts.set(key, {
      ...place,
      label: field.getAttribute("aria-label") ?? "",
      base,
      sent: before?.left ? before.text : before?.sent ?? base,
      text: field.value,
      mark: receivedFrom(place).mark,
      address: location.pathname + location.search,
      left: false,
      losses,
    });
    mine.add(key);
    offered.delete(key);
    write();
    show();
  }

  /* What is stored: what a field held when it was entered, unless we had put something else there. By name, since
     the field may be drawn anew while somebody is in it. */
  const started = new Map();

  function entered(event) {
    const field = event.target;
    if (!(field instanceof Element) || !field.matches(FIELD) || !person()) return;
    const key = keyOf(field);
    started.set(key, placed.get(key) ?? field.value);
  }

  function left(event) {
    const field = event.target;
    if (!(field instanceof Element) || !field.matches(FIELD) || field.disabled) return;
    const draft = drafts.get(keyOf(field));
    if (!draft || !mine.has(keyOf(field))) return;
    draft.left = true;
    draft.losses = losses;
    wait();
  }

  /* Whether the server has what was typed: it says so, and does not say that it could not be saved. */
  function arrived(draft) {
    const received = receivedFrom(draft);
    if (received.mark === draft.mark || received.text?.trim() !== draft.text.trim()) return false;
    return !cardOf(draft).querySelector(REFUSED);
  }

  function review() {
    for (const [key, draft] of [...drafts]) {
      if (!key.startsWith(`${person()}|`)) continue;
      if (mine.has(key)) {
        if (arrived(draft)) {
          started.set(key, draft.text);
          forget(key);
        }
        else if (idle() && draft.losses !== losses && document.activeElement !== fieldOf(draft)) offer(key, draft);
      } else if (idle()) offer(key, draft);
    }
    show();
  }

  /* Back into the field where nothing else stands there now, and again where the page drew the field anew; the
     person still has to leave it or press «Lưu». */
  function offer(key, draft) {
    const field = fieldOf(draft);
    offered.add(key);
    if (!field || field.disabled) return;
    const first = !placed.has(key);
    if (first && field.value === draft.text && !mine.has(key)) return forget(key);
    if (first) placed.set(key, field.value);
    if ((first || document.activeElement !== field) && isAsBefore(draft, field)) put(field, draft.text);
  }

  const isAsBefore = (draft, field) => field.value !== draft.text && [draft.base, draft.sent].includes(field.value);

  function isToBePut(key, draft) {
    const field = fieldOf(draft);
    return field && (!placed.has(key) || (isAsBefore(draft, field) && document.activeElement !== field));
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
    draft.mark = receivedFrom(draft).mark;
    field.scrollIntoView({ block: "center" });
    field.focus();
    put(field, `${draft.text} `);
    put(field, draft.text);
    if (field.value === started.get(key) && draft.losses !== losses) put(field, `${draft.text} `);
    field.blur();
    draft.losses = losses;
    wait();
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
      review();
      if (drafts.size && (!(idle() && person()) || [...mine].some((key) => drafts.get(key)?.left))) wait();
    }, LOOK_AGAIN);
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
      if ([...offered].some((key) => isToBePut(key, drafts.get(key)))) wait();
      return;
    }
    was = states;
    if (line === "CONNECTED" && now.dataset.testConnectionState !== "CONNECTED") losses += 1;
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
