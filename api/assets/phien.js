/* Beside Streamlit's page: says in time that the session is about to end, and keeps it alive when asked.
   It never touches the page itself, so whatever was typed stays where it is. */
(() => {
  "use strict";

  const said = document.currentScript.dataset;
  const AHEAD = 120; /* seconds of warning */
  const BUSY = 300; /* seconds in which somebody has typed who is therefore still there */
  const ADDRESS = "/phien";
  const SIGN_IN = "/dang-nhap";
  let lastTyped = 0;
  let wasEnded = false;
  let timer = 0;
  let ticking = 0;
  let box = null;
  let words = null;
  let button = null;
  let link = null;

  function build() {
    box = document.createElement("div");
    box.id = "phien";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-live", "assertive");
    words = document.createElement("p");
    button = document.createElement("button");
    button.type = "button";
    button.textContent = said.stay;
    button.addEventListener("click", keepAlive);
    link = document.createElement("a");
    link.href = SIGN_IN;
    link.target = "_blank";
    link.textContent = said.again;
    box.append(words, button, link);
    document.body.appendChild(box);
  }

  function show(text, way) {
    if (!box) build();
    words.textContent = text;
    button.hidden = way !== "stay";
    link.hidden = way !== "again";
    box.hidden = false;
  }

  function hide() {
    clearInterval(ticking);
    if (box) box.hidden = true;
  }

  function inMinutes(seconds) {
    const left = Math.max(0, Math.round(seconds));
    return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }

  async function ask(method) {
    const answer = await fetch(ADDRESS, { method, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 401) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function later(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(1, seconds) * 1000);
  }

  function ended() {
    wasEnded = true;
    hide();
    show(said.ended, "again");
    later(20); /* somebody may have signed in again in another tab */
  }

  function warn(left, way, text) {
    const until = Date.now() + left * 1000;
    const tell = () => {
      const seconds = (until - Date.now()) / 1000;
      show(text.replace("{left}", inMinutes(seconds)), way);
    };
    clearInterval(ticking);
    tell();
    ticking = setInterval(tell, 1000);
    later(Math.min(left + 1, 20));
  }

  function judge(limits) {
    if (limits === null) return ended();
    comeBack();
    const left = Math.min(limits.idle, limits.absolute);
    if (left > AHEAD) {
      hide();
      return later(Math.min(left - AHEAD, 3600));
    }
    if (limits.absolute <= limits.idle) return warn(left, "", said.last);
    /* Typing in a field reaches the server only when the field is left, and yet somebody is there. */
    if (Date.now() - lastTyped < BUSY * 1000) return keepAlive();
    return warn(left, "stay", said.soon);
  }

  /* Somebody has signed in again in another tab: the connection of this page still carries the cookie that it
     was opened with, so it is opened anew. */
  function comeBack() {
    const told = document.querySelectorAll("[data-signed-out]");
    if (!told.length && !wasEnded) return;
    wasEnded = false;
    told.forEach((element) => element.removeAttribute("data-signed-out"));
    window.thuocSo?.reconnect();
  }

  async function look() {
    try {
      judge(await ask("GET"));
    } catch {
      later(15); /* the line is down; another banner says so */
    }
  }

  async function keepAlive() {
    try {
      const limits = await ask("POST");
      lastTyped = 0;
      judge(limits);
    } catch {
      later(5);
    }
  }

  /* Whoever signs in again in this tab comes back to the question in which they were. */
  document.addEventListener("click", (event) => {
    const way = event.target instanceof Element && event.target.closest(`a[href='${SIGN_IN}']`);
    if (!way || way.target === "_blank") return;
    way.href = `${SIGN_IN}?tiep=${encodeURIComponent(location.pathname + location.search)}${location.hash}`;
  }, true);
  document.addEventListener("input", () => { lastTyped = Date.now(); }, true);
  /* A computer that slept has missed its timers. */
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("pageshow", look);
  /* A page that was told so may be looked at all the time, and then nothing else asks again. */
  setInterval(() => { if (!document.hidden && document.querySelector("[data-signed-out]")) look(); }, 3000);
})();
