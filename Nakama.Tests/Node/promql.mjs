// Parses the expressions of a dashboard of Grafana and of a file of alert rules; prints those that are no PromQL.
import fs from "node:fs";
import { parser } from "@prometheus-io/lezer-promql";
import { parse } from "yaml";

const [dashboard, rules] = process.argv.slice(2).map(file => fs.readFileSync(file, "utf8"));
const expressions = [
  ...JSON.parse(dashboard).panels.flatMap(panel => [panel, ...(panel.panels ?? [])]).flatMap(panel => panel.targets ?? []).map(target => target.expr.replaceAll("$__rate_interval", "5m")),
  ...parse(rules).groups.flatMap(group => group.rules).map(rule => rule.expr),
];

let failures = 0;
for (const expression of expressions) {
  let isWrong = false;
  parser.parse(expression).iterate({ enter: node => { isWrong ||= node.type.isError; } });
  if (isWrong) {
    failures++;
    console.error(expression);
  }
}
console.log(`${expressions.length} expressions`);
process.exit(failures > 0 ? 1 : 0);
