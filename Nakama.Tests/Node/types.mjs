// Compiles a TypeScript file beside declarations, and prints what the compiler complains about.
import ts from "typescript";

const [file, declarations] = process.argv.slice(2);
const program = ts.createProgram([declarations, file], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2020, lib: ["lib.es2020.d.ts"], types: [] });
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const place = diagnostic.file ? diagnostic.file.text.split("\n")[diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line].slice(0, 300) : "";
  console.log(`${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")}: ${place}`);
}
