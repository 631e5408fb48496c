// Colours JSON behind a text area and tells the first fault with its line. All text is set as text, never as markup.
const MAX_DEPTH = 256;
const MAX_COLOURED = 100000;
const TOKEN = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([{}[\],:])|(\s+)|([^\s"{}[\],:]+)/g;

function colour(target, text) {
  const parts = [];
  TOKEN.lastIndex = 0;
  for (let match; (match = TOKEN.exec(text));) {
    const kind = match[1] ? (match[2] ? "key" : "text") : match[3] ? "number" : match[4] ? "word" : match[7] ? "bad" : "";
    if (!kind) {
      parts.push(match[0]);
      continue;
    }

    const span = document.createElement("span");
    span.className = `json-${kind}`;
    span.textContent = match[1] ?? match[0];
    parts.push(span);
    if (match[2]) parts.push(match[2]);
  }

  target.replaceChildren(...parts, "\n");
}

// A fault as { at, message }, or null. Browsers word and place the errors of JSON.parse differently.
function findFault(text) {
  let at = 0;
  const fail = (message) => { throw { at, message }; };
  const space = () => { while (" \t\r\n".includes(text[at]) && at < text.length) at++; };
  const scalar = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  const read = (what) => {
    scalar.lastIndex = at;
    const match = scalar.exec(text);
    if (!match) fail(at < text.length ? `${what} expected` : "The text ends too early");
    at = scalar.lastIndex;
    return match[0];
  };
  const list = (close, depth, item) => {
    at++;
    space();
    if (text[at] === close) return void at++;
    for (;;) {
      item(depth);
      space();
      if (text[at] === close) return void at++;
      if (text[at] !== ",") fail(at < text.length ? `"," or "${close}" expected` : `"${close}" is missing at the end`);
      at++;
      space();
    }
  };
  const value = (depth) => {
    if (depth > MAX_DEPTH) fail("Nested too deeply");
    space();
    if (text[at] === "{") list("}", depth + 1, (inner) => {
      if (text[at] !== "\"") fail("A name in quotes expected");
      read("A name");
      space();
      if (text[at] !== ":") fail("\":\" expected");
      at++;
      value(inner);
    });
    else if (text[at] === "[") list("]", depth + 1, value);
    else read("A value");
  };

  try {
    value(0);
    space();
    if (at < text.length) fail("There is text after the end");
    return null;
  } catch (fault) {
    if (typeof fault.at !== "number") throw fault;
    return fault;
  }
}

function update(editor) {
  const input = editor.querySelector("textarea");
  const text = input.value;
  const back = editor.querySelector("pre");
  if (text.length <= MAX_COLOURED) colour(back, text);
  else back.textContent = `${text}\n`;

  const fault = text.trim() ? findFault(text) : null;
  const line = fault ? text.slice(0, fault.at).split("\n").length : 0;
  input.setAttribute("aria-invalid", fault ? "true" : "false");
  document.getElementById(`${input.id}-fault`).textContent = fault ? `Line ${line}: ${fault.message}.` : "";
  editor.style.setProperty("--fault-line", line);
  editor.classList.toggle("has-fault", line > 0);
  follow(editor);
}

function follow(editor) {
  const input = editor.querySelector("textarea");
  const back = editor.querySelector("pre");
  back.scrollTop = input.scrollTop;
  back.scrollLeft = input.scrollLeft;
  editor.style.setProperty("--scrolled", `${-input.scrollTop}px`);
}

// Called after each rendering; the text may have been replaced.
export function show(editor) {
  // The editor may have been closed since.
  const input = editor?.querySelector("textarea");
  if (!input) return;
  if (!editor.dataset.ready) {
    editor.dataset.ready = "true";
    input.addEventListener("input", () => update(editor));
    input.addEventListener("scroll", () => follow(editor));
    const field = editor.closest(".field");
    field.addEventListener("dragover", (event) => event.preventDefault());
    field.addEventListener("drop", async (event) => {
      event.preventDefault();
      const file = event.dataTransfer.files[0];
      if (!file || file.size > input.maxLength) return;
      input.value = await file.text();
      update(editor);
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  update(editor);
}
