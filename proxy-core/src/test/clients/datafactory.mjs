// The real Data Factory SDK for JavaScript, unmodified: only its endpoint and the scope of its tokens
// are given.
import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import { readFileSync } from "node:fs";

const endpoint = process.env.STAGEDOOR_ENDPOINT;
const subscription = process.env.STAGEDOOR_SUBSCRIPTION;
const options = { endpoint, credentialScopes: ["https://management.azure.com/.default"] };

function clientOf(member) {
  const token = readFileSync(`${process.env.STAGEDOOR_TOKENS}/${member}.token`, "utf8").trim();
  const credential = {
    getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3600000 }),
  };
  return new DataFactoryManagementClient(credential, subscription, options);
}

const client = clientOf("engineer");
const pipelines = [];
let pages = 0;
for await (const page of client.pipelines.listByFactory("rg1", "f1").byPage()) {
  pages++;
  pipelines.push(...page.map((pipeline) => pipeline.name));
}
const { runId } = await client.pipelines.createRun("rg1", "f1", "daily");
const run = await client.pipelineRuns.get("rg1", "f1", runId);
await client.pipelineRuns.cancel("rg1", "f1", runId);
const queried = await client.pipelineRuns.queryByFactory("rg1", "f1", {
  lastUpdatedAfter: new Date(Date.now() - 86400000),
  lastUpdatedBefore: new Date(Date.now() + 86400000),
});
const runtime = await client.integrationRuntimes.beginStartAndWait("rg1", "f1", "ir1", {
  updateIntervalInMs: 20,
});
let refusal = {};
try {
  await clientOf("analyst").pipelines.createRun("rg1", "f1", "daily");
} catch (error) {
  refusal = { status: error.statusCode, code: error.code, message: error.message };
}
console.log(
  JSON.stringify({
    pages,
    pipelines,
    runId,
    polledRunId: run.runId,
    queried: queried.value.map((one) => one.runId),
    runtime: runtime?.name,
    refusal,
  }),
);
