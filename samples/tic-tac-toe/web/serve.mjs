// Serves the page and the client library: node serve.mjs [PORT]
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";

const files = {
  "/": ["index.html", "text/html"],
  "/game.js": ["game.js", "text/javascript"],
  "/nakama-js.mjs": ["node_modules/@heroiclabs/nakama-js/dist/nakama-js.esm.mjs", "text/javascript"],
};

const server = createServer(async (request, response) => {
  const [file, type] = files[request.url.split("?")[0]] ?? [];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(await readFile(new URL(file, import.meta.url)));
});
server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
