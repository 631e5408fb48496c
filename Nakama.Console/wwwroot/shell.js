// What the shell does without asking the server: theme, folded navigation, and keys. Runs in the head, before the page.
(() => {
  const root = document.documentElement;
  const remember = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };

  function setTheme(theme) {
    root.dataset.theme = theme;
    remember("console-theme", theme);
    const link = document.getElementById("component-theme");
    const file = theme === "dark" ? "standard-dark-base.css" : "standard-base.css";
    if (link && !link.href.endsWith(file)) link.href = `_content/Radzen.Blazor/css/${file}`;
  }

  if (!/(^|; )console-theme=/.test(document.cookie) && matchMedia("(prefers-color-scheme: dark)").matches) setTheme("dark");

  const actions = {
    "toggle-theme": () => setTheme(root.dataset.theme === "dark" ? "light" : "dark"),
    "toggle-side": () => {
      root.dataset.side = root.dataset.side === "narrow" ? "wide" : "narrow";
      remember("console-side", root.dataset.side);
    },
    "open-drawer": () => { root.dataset.drawer = "open"; },
    "close-drawer": () => { delete root.dataset.drawer; },
    "open-palette": () => palette?.invokeMethodAsync("Open"),
  };

  let palette = null;
  window.consoleShell = {
    registerPalette: (reference) => { palette = reference; },
    focus: (element) => element?.focus(),
    run: (action) => actions[action]?.(),
    copy: (text) => navigator.clipboard.writeText(text),
    scrollIntoView: (id) => document.getElementById(id)?.scrollIntoView({ block: "nearest" }),
  };

  document.addEventListener("click", (event) => {
    const action = event.target.closest?.("[data-action]")?.dataset.action;
    if (action) actions[action]?.();
    if (event.target.closest?.(".side a")) actions["close-drawer"]();
    for (const menu of document.querySelectorAll("details.user-menu[open], details.more-menu[open]")) {
      if (!menu.contains(event.target) || event.target.closest(".menu-item")) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && palette) {
      event.preventDefault();
      actions["open-palette"]();
    }
    if (event.key === "Escape") actions["close-drawer"]();
  });
})();
