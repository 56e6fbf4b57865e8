// Pages, filters and items, read with the official client, against the simulator's own truth.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  GameLiftStreamsClient,
  GetApplicationCommand,
  GetStreamGroupCommand,
  GetStreamSessionCommand,
  ListStreamSessionsByAccountCommand,
  paginateListApplications,
  paginateListStreamGroups,
  paginateListStreamSessions,
  paginateListStreamSessionsByAccount,
} from "@aws-sdk/client-gameliftstreams";
import { Simulator, counted, key, region, sorted } from "./simulator.mjs";

let simulator, client;
before(async () => {
  simulator = await Simulator.start("--speed=0", "--rate-limit=0", "--sessions=1000", "--live=300", "--export-share=0.2");
  client = new GameLiftStreamsClient({ endpoint: simulator.url, region, credentials: key, maxAttempts: 1 });
});
after(async () => assert.equal(await simulator.stop(), 0));

async function all(paginate, input = {}) {
  const items = [];
  for await (const page of paginate({ client, pageSize: input.MaxResults ?? 100 }, input)) {
    assert.ok(page.Items.length <= (input.MaxResults ?? 100));
    items.push(...page.Items);
  }
  return items;
}
const sessions = (filter) => all(paginateListStreamSessionsByAccount, filter);
const last = (arn) => arn.split("/").at(-1);
const group_of = (arn) => arn.split("/").at(-2);

for (const [size, live] of [[0, 0], [1, 1], [99, 40], [100, 0], [101, 101], [1000, 300]])
  test(`a fleet of ${size} is counted as it is`, async () => {
    await simulator.control("fleet", { reset: { sessions: size, live, seed: size + 1 } });
    const items = await sessions();
    assert.equal(new Set(items.map((item) => item.Arn)).size, size);
    const truth = await simulator.truth();
    assert.deepEqual(counted(items, (i) => ({ status: i.Status, location: i.Location })), sorted(truth.sessions));
    assert.deepEqual(
      counted(items, (i) => ({ export_status: i.ExportFilesMetadata?.Status ?? "NONE", location: i.Location })),
      sorted(truth.session_exports),
    );
    assert.deepEqual(
      counted(items, (i) => ({ stream_group: group_of(i.Arn), status: i.Status, location: i.Location })),
      sorted(truth.stream_group_sessions),
    );
    assert.deepEqual(
      counted(items, (i) => ({ application: last(i.ApplicationArn), status: i.Status })),
      sorted(truth.application_sessions),
    );
    assert.deepEqual(
      counted(items.filter((i) => i.StatusReason), (i) => ({ status: i.Status, status_reason: i.StatusReason, location: i.Location })),
      sorted(truth.session_status_reasons),
    );
    for (const oldest of truth.oldest_session) {
      const those = items.filter((i) => i.Status === oldest.status && i.Location === oldest.location);
      assert.equal(Math.min(...those.map((i) => i.CreatedAt.getTime())), Math.round(oldest.created * 1000));
      assert.equal(Math.min(...those.map((i) => i.LastUpdatedAt.getTime())), Math.round(oldest.updated * 1000));
    }
  });

test("filters choose by status, by export, by both, and by group as id or ARN", async () => {
  const everything = await sessions();
  for (const Status of ["ACTIVATING", "ACTIVE", "CONNECTED", "PENDING_CLIENT_RECONNECTION", "RECONNECTING", "TERMINATING", "TERMINATED", "ERROR"]) {
    const expected = everything.filter((item) => item.Status === Status).map((item) => item.Arn).sort();
    assert.deepEqual((await sessions({ Status })).map((item) => item.Arn).sort(), expected);
  }
  for (const ExportFilesStatus of ["PENDING", "SUCCEEDED", "FAILED"]) {
    const expected = everything.filter((item) => item.ExportFilesMetadata?.Status === ExportFilesStatus);
    assert.equal((await sessions({ ExportFilesStatus })).length, expected.length);
    const both = expected.filter((item) => item.Status === "TERMINATED");
    assert.equal((await sessions({ ExportFilesStatus, Status: "TERMINATED" })).length, both.length);
  }
  for (const group of await all(paginateListStreamGroups)) {
    const expected = everything.filter((item) => group_of(item.Arn) === group.Id);
    assert.equal((await all(paginateListStreamSessions, { Identifier: group.Id })).length, expected.length);
    const ended = await all(paginateListStreamSessions, { Identifier: group.Arn, Status: "TERMINATED" });
    assert.equal(ended.length, expected.filter((item) => item.Status === "TERMINATED").length);
  }
});

test("pages have the size that was asked for, 25 by default, and no promised order", async () => {
  const first = await client.send(new ListStreamSessionsByAccountCommand({}));
  assert.equal(first.Items.length, 25);
  assert.ok(first.NextToken);
  assert.equal((await sessions({ MaxResults: 7 })).length, 1000);
  const [one, two] = [await sessions(), await sessions()];
  assert.notDeepEqual(one.map((item) => item.Arn), two.map((item) => item.Arn));
  const created = one.map((item) => item.CreatedAt.getTime());
  assert.notDeepEqual(created, [...created].sort((a, b) => a - b));
});

test("a chain meets what stays, while other sessions come and go", async () => {
  const before = new Set((await sessions()).map((item) => item.Arn));
  const met = [];
  for await (const page of paginateListStreamSessionsByAccount({ client, pageSize: 50 }, {})) {
    met.push(...page.Items.map((item) => item.Arn));
    await simulator.order({ do: "start", count: 40 }, { do: "remove", status: "TERMINATED", count: 5 });
  }
  assert.equal(new Set(met).size, met.length);
  const stayed = (await sessions()).filter((item) => before.has(item.Arn));
  assert.deepEqual(stayed.filter((item) => !met.includes(item.Arn)), []);
});

test("one session, by id and by ARN, with its dates as dates", async () => {
  const [item] = (await client.send(new ListStreamSessionsByAccountCommand({ Status: "TERMINATED", MaxResults: 1 }))).Items;
  for (const [Identifier, StreamSessionIdentifier] of [
    [group_of(item.Arn), last(item.Arn)],
    [item.Arn.replace("streamsession/", "streamgroup/").replace(/\/[^/]*$/, ""), item.Arn],
  ]) {
    const whole = await client.send(new GetStreamSessionCommand({ Identifier, StreamSessionIdentifier }));
    assert.equal(whole.Arn, item.Arn);
    assert.equal(whole.Status, item.Status);
    assert.equal(whole.StatusReason, item.StatusReason);
    assert.ok(whole.CreatedAt instanceof Date && whole.CreatedAt < whole.LastUpdatedAt);
    assert.match(whole.SignalRequest, /SECRET-MARKER/);
    assert.match(whole.UserId, /SECRET-MARKER/);
  }
});

test("timestamps with an exponent are the same timestamps", async () => {
  const [item] = (await client.send(new ListStreamSessionsByAccountCommand({ Status: "ERROR", MaxResults: 1 }))).Items;
  const request = new GetStreamSessionCommand({ Identifier: group_of(item.Arn), StreamSessionIdentifier: last(item.Arn) });
  await simulator.fault({ kind: "exponent_timestamps" });
  const twisted = await client.send(request).finally(() => simulator.control("faults", undefined, "DELETE"));
  assert.equal(twisted.CreatedAt.getTime(), item.CreatedAt.getTime());
});

test("groups and applications are those of the truth", async () => {
  await simulator.control("fleet", { reset: { groups: 30, applications: 26, locations: 12, sessions: 500, live: 400 } });
  const truth = await simulator.truth();
  const groups = await all(paginateListStreamGroups, { MaxResults: 7 });
  assert.deepEqual(groups.map((group) => group.Id).sort(), truth.stream_groups.map((group) => group.stream_group).sort());
  for (const expected of truth.stream_groups) {
    const group = await client.send(new GetStreamGroupCommand({ Identifier: expected.stream_group }));
    assert.equal(group.DefaultApplication.Id, expected.default_application);
    assert.equal(group.ExpiresAt.getTime(), Math.round(expected.expires * 1000));
    assert.deepEqual(
      group.LocationStates.map((at) => ({
        location: at.LocationName, status: at.Status, allocated: at.AllocatedCapacity, idle: at.IdleCapacity,
        requested: at.RequestedCapacity, maximum: at.MaximumCapacity, target_idle: at.TargetIdleCapacity,
        always_on: at.AlwaysOnCapacity, on_demand: at.OnDemandCapacity,
      })),
      expected.locations,
    );
    for (const at of expected.locations) {
      const live = truth.stream_group_sessions
        .filter((line) => line.stream_group === expected.stream_group && line.location === at.location)
        .filter((line) => line.status !== "TERMINATED" && line.status !== "ERROR");
      assert.equal(at.allocated - at.idle, live.reduce((sum, line) => sum + line.count, 0));
    }
  }
  const applications = await all(paginateListApplications);
  assert.deepEqual(applications.map((one) => one.Id).sort(), truth.applications.map((one) => one.application).sort());
  const one = await client.send(new GetApplicationCommand({ Identifier: applications[0].Arn }));
  assert.equal(one.Status, "READY");
  assert.ok(one.AssociatedStreamGroups.length > 0);
});

test("a token into a fleet that is no more is not valid", async () => {
  await simulator.control("fleet", { reset: { sessions: 5000, live: 100 } });
  const { NextToken } = await client.send(new ListStreamSessionsByAccountCommand({ MaxResults: 1 }));
  await simulator.control("fleet", { reset: { sessions: 10, live: 5 } });
  await assert.rejects(client.send(new ListStreamSessionsByAccountCommand({ NextToken })), { name: "ValidationException" });
  assert.equal((await sessions()).length, 10);
});
