// Errors as the official client sees them: names, classes, what it retries, what it refuses to believe.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import {
  AccessDeniedException,
  GameLiftStreamsClient,
  GetStreamGroupCommand,
  GetStreamSessionCommand,
  InternalServerException,
  ListStreamGroupsCommand,
  ListStreamSessionsByAccountCommand,
  ListStreamSessionsCommand,
  ResourceNotFoundException,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-gameliftstreams";
import { Simulator, key, region } from "./simulator.mjs";

let simulator;
const client_with = (settings) =>
  new GameLiftStreamsClient({ endpoint: simulator.url, region, credentials: key, maxAttempts: 1, ...settings });
const list = (input = {}) => new ListStreamSessionsByAccountCommand(input);

before(async () => {
  simulator = await Simulator.start("--speed=0", "--rate-limit=0", "--sessions=300", "--live=50", "--token-ttl=100");
});
after(() => simulator.stop());
afterEach(async () => {
  await simulator.control("faults", undefined, "DELETE");
  await simulator.control("clock", { offset_seconds: 0 });
  await simulator.control("rate-limit", { per_second: 0 });
});

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail("the call went through");
}

for (const form of ["header", "colon", "type", "code"])
  test(`throttling is known by its name in the form "${form}", with any status`, async () => {
    for (const status of [429, 400]) {
      await simulator.fault({ kind: "throttle", form, status });
      const error = await failure(client_with().send(list()));
      assert.ok(error instanceof ThrottlingException, error.name);
      assert.equal(error.$metadata.httpStatusCode, status);
      assert.deepEqual(error.$retryable, { throttling: true });
      assert.match(error.$metadata.requestId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

test("a bare 429 is a failure with that status", async () => {
  await simulator.fault({ kind: "throttle", form: "bare" });
  assert.equal((await failure(client_with().send(list()))).$metadata.httpStatusCode, 429);
});

test("what passes is retried, what stays is not", async () => {
  await simulator.control("calls", undefined, "DELETE");
  await simulator.fault({ kind: "throttle", count: 1 }, { kind: "status", status: 500, count: 1 });
  const { Items, $metadata } = await client_with({ maxAttempts: 3 }).send(list());
  assert.equal(Items.length, 25);
  assert.equal($metadata.attempts, 3);
  assert.deepEqual(await simulator.calls("ListStreamSessionsByAccount"), {
    operation: "ListStreamSessionsByAccount", ok: 1, throttled: 0, refused: 0, faulted: 2,
  });
  await simulator.fault({ kind: "deny" });
  const denied = await failure(client_with({ maxAttempts: 3 }).send(list()));
  assert.ok(denied instanceof AccessDeniedException);
  assert.equal(denied.$metadata.attempts, 1);
  await simulator.fault({ kind: "status" });
  const internal = await failure(client_with().send(list()));
  assert.ok(internal instanceof InternalServerException);
  assert.equal(internal.$fault, "server");
});

test("the limit of calls a second is kept, for each operation", async () => {
  await simulator.control("rate-limit", { per_second: 2, burst: 5 });
  const client = client_with();
  const results = await Promise.allSettled(Array.from({ length: 30 }, () => client.send(list())));
  const refused = results.filter((result) => result.status === "rejected");
  assert.ok(refused.length >= 15 && refused.length <= 25, `${refused.length} of 30 throttled`);
  assert.ok(refused.every((result) => result.reason instanceof ThrottlingException));
  await client.send(new ListStreamGroupsCommand({}));
});

test("wrong input is a ValidationException", async () => {
  const client = client_with();
  for (const input of [{ MaxResults: 0 }, { MaxResults: 101 }, { Status: "SLEEPING" }, { ExportFilesStatus: "NONE" }, { NextToken: "made up" }]) {
    const error = await failure(client.send(list(input)));
    assert.ok(error instanceof ValidationException, JSON.stringify(input));
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.ok(error.message);
  }
  assert.ok((await failure(client.send(new GetStreamGroupCommand({ Identifier: "sg/1" })))) instanceof ValidationException);
});

test("a token is good for its filter, its operation, its region and its time", async () => {
  const client = client_with();
  const { NextToken } = await client.send(list({ Status: "TERMINATED" }));
  assert.match(NextToken, /[+/=]/);
  await client.send(list({ Status: "TERMINATED", NextToken, MaxResults: 100 }));
  const elsewhere = client_with({ region: "eu-central-1" });
  const touched = NextToken.replace(/^./, (letter) => (letter === "A" ? "B" : "A"));
  for (const [sender, request] of [
    [client, list({ Status: "ACTIVE", NextToken })],
    [client, list({ NextToken })],
    [client, new ListStreamGroupsCommand({ NextToken })],
    [elsewhere, list({ Status: "TERMINATED", NextToken })],
    [client, list({ Status: "TERMINATED", NextToken: touched })],
  ])
    assert.ok((await failure(sender.send(request))) instanceof ValidationException);
  await simulator.control("clock", { offset_seconds: 101 });
  assert.ok((await failure(client.send(list({ Status: "TERMINATED", NextToken })))) instanceof ValidationException);
});

test("what does not exist is not found", async () => {
  const client = client_with();
  const { Items } = await client.send(new ListStreamGroupsCommand({}));
  for (const request of [
    new GetStreamGroupCommand({ Identifier: "sg-nobody" }),
    new GetStreamGroupCommand({ Identifier: Items[0].Arn.replace("111122223333", "999999999999") }),
    new ListStreamSessionsCommand({ Identifier: "sg-nobody" }),
    new GetStreamSessionCommand({ Identifier: Items[0].Id, StreamSessionIdentifier: "ABC123def45" }),
  ])
    assert.ok((await failure(client.send(request))) instanceof ResourceNotFoundException);
});

test("answers that are none are not believed", async () => {
  const client = client_with({ requestHandler: { requestTimeout: 500, throwOnRequestTimeout: true } });
  for (const rule of [{ kind: "reset" }, { kind: "hang" }, { kind: "truncate" }, { kind: "garbage" }, { kind: "garbage", variant: "cut" }]) {
    await simulator.fault(rule);
    await failure(client.send(list()));
  }
  await simulator.fault({ kind: "slow", bytes_per_second: 20000 });
  assert.equal((await client_with().send(list())).Items.length, 25);
});

test("pages that lead astray", async () => {
  const client = client_with();
  const { NextToken } = await client.send(list());
  await simulator.fault({ kind: "repeat_token" });
  assert.equal((await client.send(list({ NextToken }))).NextToken, NextToken);
  await simulator.fault({ kind: "empty_page_with_token" });
  const empty = await client.send(list());
  assert.equal(empty.Items.length, 0);
  assert.ok(empty.NextToken);
  await simulator.control("faults", undefined, "DELETE");
  assert.equal((await client.send(list({ NextToken: empty.NextToken }))).Items.length, 25);
  await simulator.fault({ kind: "endless" });
  let token;
  for (let page = 0; page < 8; ++page) token = (await client.send(list({ NextToken: token, MaxResults: 100 }))).NextToken;
  assert.ok(token);
  await simulator.fault({ kind: "expire_token" });
  assert.equal((await client.send(list())).Items.length, 25);
  assert.ok((await failure(client.send(list({ NextToken })))) instanceof ValidationException);
  await simulator.fault({ kind: "duplicate" });
  assert.equal(new Set((await client.send(list())).Items.map((item) => item.Arn)).size, 25);
  await simulator.fault({ kind: "unknown_status" });
  assert.equal((await client.send(list())).Items.filter((item) => item.Status === "HIBERNATING").length, 3);
});
