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
for (const file of fs.readdirSync(manifests)) {
  for (const document of parseAllDocuments(fs.readFileSync(path.join(manifests, file), "utf8"))) {
    for (const error of document.errors) complaints.push(`${file}: ${error.message}`);
    documents.push({ file, value: document.toJS() });
  }
}

const kustomization = documents.find(document => document.value.kind === "Kustomization").value;
const listed = new Set(kustomization.resources);
for (const { file } of documents) if (file !== "kustomization.yaml" && !listed.has(file)) complaints.push(`${file} is not listed in kustomization.yaml`);
for (const file of listed) if (!documents.some(document => document.file === file)) complaints.push(`${file} does not exist`);

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

const compose = parseAllDocuments(fs.readFileSync(path.join(folder, "compose.yaml"), "utf8"), { merge: true })[0].toJS();
const nodePackages = path.join(path.dirname(new URL(import.meta.url).pathname), "node_modules");
const schema = JSON.parse(fs.readFileSync(path.join(nodePackages, "dclint", "schemas", "compose.schema.json"), "utf8"));
delete schema.$schema; // It names draft 7, the default, with an address that Ajv does not know.
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const isCompose = ajv.compile(schema);
if (!isCompose(compose)) for (const error of isCompose.errors) complaints.push(`compose.yaml: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);

console.log(`${resources.length} manifests, ${Object.keys(compose.services).length} services`);
for (const complaint of complaints) console.error(complaint);
process.exit(complaints.length > 0 ? 1 : 0);
