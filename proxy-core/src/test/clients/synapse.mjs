// What a developer does with the Azure SDKs for JavaScript, pointed at the proxy. Prints one JSON object.
import { readFileSync } from "node:fs";
import { ArtifactsClient } from "@azure/synapse-artifacts";
import { AccessControlClient } from "@azure/synapse-access-control";

const endpoint = process.env.STAGEDOOR_ENDPOINT;

function credentialOf(member) {
  const token = readFileSync(`${process.env.STAGEDOOR_TOKENS}/${member}.token`, "utf8").trim();
  return { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3600_000 }) };
}

async function caught(action) {
  try {
    await action();
    return { refused: false };
  } catch (error) {
    return { refused: true, status: error.statusCode, code: error.code, message: String(error.message) };
  }
}

const engineer = new ArtifactsClient(credentialOf("engineer"), endpoint);
const analyst = new ArtifactsClient(credentialOf("analyst"), endpoint);

const pipelines = [];
let pages = 0;
for await (const page of engineer.pipelineOperations.listPipelinesByWorkspace().byPage()) {
  pages += 1;
  page.forEach((pipeline) => pipelines.push(pipeline.name));
}

const run = await engineer.pipelineOperations.createPipelineRun("nightly");
const polled = await engineer.pipelineRunOperations.getPipelineRun(run.runId);
const refusal = await caught(() => analyst.pipelineOperations.createPipelineRun("nightly"));

const roles = await new AccessControlClient(credentialOf("analyst"), endpoint).roleDefinitions.listRoleDefinitions();

console.log(JSON.stringify({ pipelines, pages, runId: run.runId, polledRunId: polled.runId, refusal, roles: roles.length }));
