// Shell functions that need no server: theme, folded navigation, palette, reconnecting, and keys. Runs in the
// head, before the page.
(() => {
  const root = document.documentElement;
  const remember = (name, value) => { document.cookie = `${name}=${value};path=${new URL(document.baseURI).pathname};max-age=31536000;samesite=lax`; };
  const byId = (id) => document.getElementById(id);

  function setTheme(theme) {
    root.dataset.theme = theme;
    remember("console-theme", theme);
  }

  if (!/(^|; )console-theme=/.test(document.cookie) && matchMedia("(prefers-color-scheme: dark)").matches) setTheme("dark");

  let palette = null;

  function openPalette() {
    const dialog = byId("palette");
    if (!dialog || dialog.open) return;
    byId("palette-input").value = "";
    dialog.showModal();
    palette?.invokeMethodAsync("OpenAsync", "");
  }

  const actions = {
    "toggle-theme": () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"),
    "toggle-side": () => {
      root.dataset.side = root.dataset.side === "narrow" ? "wide" : "narrow";
      remember("console-side", root.dataset.side);
    },
    "open-drawer": () => { root.dataset.drawer = "open"; },
    "close-drawer": () => { delete root.dataset.drawer; },
    "open-palette": openPalette,
    "close-palette": () => byId("palette")?.close(),
    "reconnect": () => reconnect(),
    "logout": () => byId("logout-form")?.submit(),
  };

  const files = new Map();

  // Shows its time in the browser's zone, or in UTC where the operators have set that; the text inside stays what the
  // server wrote, in UTC.
  const minuteMs = 60000;
  const isUtc = () => document.querySelector(".shell")?.dataset.times === "utc";
  customElements.define("local-time", class extends HTMLElement {
    static observedAttributes = ["at"];

    connectedCallback() { this.show(); }

    attributeChangedCallback() { this.show(); }

    show() {
      const time = new Date(Number(this.getAttribute("at")));
      if (!isUtc()) time.setTime(time.getTime() - time.getTimezoneOffset() * minuteMs);
      const text = Number.isNaN(time.getTime()) ? this.textContent : time.toISOString().slice(0, this.hasAttribute("exact") ? 23 : 19).replace("T", " ");
      (this.shadowRoot ?? this.attachShadow({ mode: "open" })).textContent = text;
    }
  });
  new MutationObserver(() => document.querySelectorAll("local-time").forEach((time) => time.show()))
    .observe(root, { subtree: true, attributeFilter: ["data-times"] });

  // Gives the focus to the field that it is in, as soon as the field is there: asked for by the server, the focus would
  // come late and put what the operator already types elsewhere into this field. Gives it back when the panel closes.
  const isTyping = (dialog) => dialog?.contains(document.activeElement) && document.activeElement.matches("input:not([type=checkbox]), textarea");
  customElements.define("first-focus", class extends HTMLElement {
    connectedCallback() {
      this.before = document.activeElement;
      queueMicrotask(() => {
        if (!isTyping(this.closest(".mud-dialog"))) this.parentElement?.querySelector("input, textarea")?.focus();
      });
    }

    disconnectedCallback() {
      queueMicrotask(() => {
        if (document.activeElement === document.body && this.before?.isConnected) this.before.focus();
      });
    }
  });

  // A dialog asks for the focus of an element of its own in a late round trip; the operator may type into a field by then.
  document.addEventListener("focusin", (event) => {
    const field = event.relatedTarget;
    if (!event.target.matches(".fixed.pointer-events-none[tabindex='-1']")) return;
    if (field instanceof HTMLElement && event.target.parentElement.contains(field)) field.focus();
  });

  // Without HTTPS browsers offer no clipboard, but they still copy what is selected.
  async function copy(text) {
    try {
      if (navigator.clipboard) {
        await navigator.clipboard.writeText(text);
        return true;
      }
    } catch {
      // The browser does not permit it; it may permit the other way.
    }

    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.className = "unseen";
    (before?.closest("dialog, .mud-dialog") ?? document.body).append(area);
    area.select();
    let isCopied = false;
    try {
      isCopied = document.execCommand("copy");
    } catch {
      // The caller tells.
    }

    area.remove();
    before?.focus?.();
    return isCopied;
  }

  window.consoleShell = {
    registerPalette: (reference) => {
      palette = reference;
      // The operator may have typed before the page became interactive.
      if (byId("palette")?.open) palette.invokeMethodAsync("OpenAsync", byId("palette-input").value);
    },
    run: (action) => actions[action]?.(),
    copy,
    keep: (name, value) => localStorage.setItem(name, value),
    recall: (name) => localStorage.getItem(name),
    appendFile: (id, text) => {
      if (!files.has(id)) files.set(id, []);
      files.get(id).push(text);
    },
    saveFile: (id, name, type) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(files.get(id), { type }));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    },
    dropFile: (id) => { files.delete(id); },
    scrollIntoView: (id) => byId(id)?.scrollIntoView({ block: "nearest" }),
  };

  // Blazor gives up after some attempts; an operator's page must reconnect however long the console was unreachable.
  const pauseMs = 3000;
  let waiting = 0;

  async function reconnect() {
    clearTimeout(waiting);
    const dialog = byId("components-reconnect-modal");
    try {
      if (await Blazor.reconnect() || await Blazor.resumeCircuit()) dialog.close();
      else location.reload();
    } catch {
      waiting = setTimeout(reconnect, pauseMs);
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const dialog = byId("components-reconnect-modal");
    dialog?.addEventListener("cancel", (event) => event.preventDefault());
    dialog?.addEventListener("components-reconnect-state-changed", ({ detail }) => {
      if (detail.state === "hide") dialog.close();
      else if (detail.state === "rejected") location.reload();
      else if (detail.state === "failed") reconnect();
      else if (!dialog.open) dialog.showModal();
    });
  });

  document.addEventListener("click", (event) => {
    const action = event.target.closest?.("[data-action]")?.dataset.action;
    if (action) actions[action]?.();
    if (event.target.closest?.(".side a")) actions["close-drawer"]();
    if (event.target.id === "palette") actions["close-palette"]();
  });

  // In a panel Escape is the button that cancels. The server learns of a text when the focus leaves: it is told before.
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !target.closest?.("#panel-form")) return;
    if (target.matches("input:not([type=checkbox], [type=file]), textarea")) target.dispatchEvent(new Event("change", { bubbles: true }));
    byId("cancel")?.click();
  }, { capture: true });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
    }
    if (event.target.id === "palette-input" && /^Arrow(Up|Down)$/.test(event.key)) event.preventDefault();
    if (event.key === "Escape") actions["close-drawer"]();
  });
})();
