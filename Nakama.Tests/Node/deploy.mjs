// Checks the recipes of a folder: every manifest of Kubernetes against its schema (what must be there, of which kind) and its type
// (nothing that does not exist), the Compose file against its schema, the recipe of the images by a parser.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { validate as validateDockerfile } from "dockerfile-utils";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const folder = process.argv[2];
const require = createRequire(import.meta.url);
const complaints = [];

const manifests = path.join(folder, "kubernetes");
const documents = [];
for (const file of fs.readdirSync(manifests, { recursive: true }).filter(name => name.endsWith(".yaml"))) {
  for (const document of parseAllDocuments(fs.readFileSync(path.join(manifests, file), "utf8"))) {
    for (const error of document.errors) complaints.push(`${file}: ${error.message}`);
    documents.push({ file, value: document.toJS() });
  }
}

for (const { file, value } of documents.filter(document => document.value.kind === "Kustomization")) {
  const root = path.dirname(file);
  const listed = new Set(value.resources);
  const files = new Set(documents.map(document => document.file).filter(other => other !== file && path.dirname(other) === root).map(other => path.basename(other)));
  for (const name of files) if (!listed.has(name)) complaints.push(`${path.join(root, name)} is not listed in ${file}`);
  for (const name of listed) {
    const base = path.join(root, name, "kustomization.yaml");
    if (!files.has(name) && !documents.some(document => document.file === base)) complaints.push(`${file}: ${name} does not exist`);
  }
}

const resources = documents.filter(document => document.value.kind !== "Kustomization");
for (const { file, value } of resources) {
  try {
    const model = require(`kubernetes-models/${value.apiVersion}/${value.kind}`)[value.kind];
    new model(value).validate();
  } catch (error) {
    complaints.push(`${file}, ${value.kind} ${value.metadata?.name}: ${error.message}`);
  }
}

const source = resources.map(({ value }, i) => {
  const group = value.apiVersion.includes("/") ? value.apiVersion : `core/${value.apiVersion}`;
  return `import type { ${value.kind} as Kind${i} } from "kubernetes-types/${group.replace(/\.k8s\.io/, "")}";\nexport const item${i}: Kind${i} = ${JSON.stringify(value)};`;
}).join("\n");
const name = path.join(path.dirname(new URL(import.meta.url).pathname), "obj", "manifests.ts");
const options = { noEmit: true, strict: true, skipLibCheck: true, moduleResolution: ts.ModuleResolutionKind.Node10, target: ts.ScriptTarget.ES2020 };
const host = ts.createCompilerHost(options);
const read = host.getSourceFile;
host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, source, options.target) : read.call(host, file, ...rest));
host.fileExists = (exists => file => file === name || exists(file))(host.fileExists);
for (const diagnostic of ts.getPreEmitDiagnostics(ts.createProgram([name], options, host)))
  complaints.push(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));

const container = fs.readFileSync(path.join(folder, "Containerfile"), "utf8");
for (const error of validateDockerfile(container)) complaints.push(`Containerfile, line ${error.range.start.line + 1}: ${error.message}`);

const nodePackages = path.join(path.dirname(new URL(import.meta.url).pathname), "node_modules");
const schema = JSON.parse(fs.readFileSync(path.join(nodePackages, "dclint", "schemas", "compose.schema.json"), "utf8"));
delete schema.$schema; // It names draft 7, the default, with an address that Ajv does not know.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const isCompose = ajv.compile(schema);
const composeFiles = fs.readdirSync(folder).filter(name => name.startsWith("compose"));
const composed = Object.fromEntries(composeFiles.map(name => [name, parseAllDocuments(fs.readFileSync(path.join(folder, name), "utf8"), { merge: true })[0].toJS()]));
let services = 0;
for (const [name, value] of Object.entries(composed)) {
  services += Object.keys(value.services).length;
  if (!isCompose(value)) for (const error of isCompose.errors) complaints.push(`${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  for (const [service, { extends: base, depends_on: needs }] of Object.entries(value.services)) {
    if (base && !composed[base.file]?.services[base.service]) complaints.push(`${name}: ${service} extends ${base.service} of ${base.file}, which does not exist`);
    for (const other of Array.isArray(needs) ? needs : Object.keys(needs ?? {}))
      if (!value.services[other]) complaints.push(`${name}: ${service} depends on ${other}, which does not exist`);
  }
}

console.log(`${resources.length} manifests, ${services} services`);
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length > 0 ? 1 : 0);
