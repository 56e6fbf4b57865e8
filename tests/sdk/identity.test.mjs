// Who may call: signatures, clocks, temporary credentials of STS, of an instance and of a container.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { GameLiftStreamsClient, ListStreamGroupsCommand, ListStreamSessionsByAccountCommand } from "@aws-sdk/client-gameliftstreams";
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Simulator, key, region } from "./simulator.mjs";

const RoleArn = "arn:aws:iam::444455556666:role/path/monitor";
let simulator;
const settings = (more) => ({ endpoint: simulator.url, region, credentials: key, maxAttempts: 1, ...more });
const client_with = (more) => new GameLiftStreamsClient(settings(more));
const sts_with = (more) => new STSClient(settings(more));
const groups = () => new ListStreamGroupsCommand({});
const assume = (more) => new AssumeRoleCommand({ RoleArn, RoleSessionName: "check", ExternalId: "42", ...more });

before(async () => {
  simulator = await Simulator.start("--speed=0", "--external-id=42");
});
after(() => simulator.stop());
afterEach(() => simulator.control("faults", undefined, "DELETE"));

const refused = (name, promise) => assert.rejects(promise, { name });
const keys_of = ({ Credentials }) => ({
  accessKeyId: Credentials.AccessKeyId,
  secretAccessKey: Credentials.SecretAccessKey,
  sessionToken: Credentials.SessionToken,
});

test("a signature with a wrong secret, an unknown key or a foreign token is refused", async () => {
  await refused("InvalidSignatureException", client_with({ credentials: { ...key, secretAccessKey: "no" } }).send(groups()));
  await refused("UnrecognizedClientException", client_with({ credentials: { ...key, accessKeyId: "AKIDNOBODY" } }).send(groups()));
  await refused("UnrecognizedClientException", client_with({ credentials: { ...key, sessionToken: "no" } }).send(groups()));
  await refused("SignatureDoesNotMatch", sts_with({ credentials: { ...key, secretAccessKey: "no" } }).send(new GetCallerIdentityCommand({})));
  await refused("InvalidClientTokenId", sts_with({ credentials: { ...key, accessKeyId: "AKIDNOBODY" } }).send(new GetCallerIdentityCommand({})));
});

test("a request that was changed after it was signed is refused", async () => {
  for (const change of [
    (request) => (request.query.MaxResults = "99"),
    (request) => (request.path = "/applications"),
    (request) => (request.headers["x-amz-user-agent"] = "somebody else"),
    (request) => (request.headers["x-amz-extra"] = "not signed"),
    (request) => (request.headers["x-amz-date"] = request.headers["x-amz-date"].replace(/.Z$/, (end) => (end === "0Z" ? "1Z" : "0Z"))),
  ]) {
    const client = client_with();
    client.middlewareStack.add((next) => (args) => (change(args.request), next(args)), { step: "finalizeRequest", priority: "low" });
    await refused("InvalidSignatureException", client.send(groups()));
  }
  const naked = client_with();
  naked.middlewareStack.add((next) => (args) => (delete args.request.headers.authorization, next(args)), { step: "finalizeRequest", priority: "low" });
  await refused("MissingAuthenticationTokenException", naked.send(groups()));
});

test("every part of a request that needs escaping is signed alike on both sides", async () => {
  const client = client_with();
  const NextToken = "a b+c/d=e&f%20ü*'()!~";
  await refused("ValidationException", client.send(new ListStreamSessionsByAccountCommand({ NextToken })));
});

test("a clock that is off is refused, and corrected by the client that reads Date", async () => {
  await refused("InvalidSignatureException", client_with({ systemClockOffset: -310_000 }).send(groups()));
  await refused("InvalidSignatureException", client_with({ systemClockOffset: 310_000 }).send(groups()));
  await client_with({ systemClockOffset: 290_000 }).send(groups());
  await simulator.fault({ kind: "clock_skew", seconds: -900 });
  const { $metadata } = await client_with({ maxAttempts: 2 }).send(groups());
  assert.equal($metadata.attempts, 2);
});

test("an assumed role calls in its own account, until its time is over", async () => {
  const { Credentials, AssumedRoleUser } = await sts_with().send(assume());
  assert.equal(AssumedRoleUser.Arn, "arn:aws:sts::444455556666:assumed-role/monitor/check");
  const left = Credentials.Expiration.getTime() - Date.now();
  assert.ok(left > 3_500_000 && left <= 3_600_000);
  const credentials = keys_of({ Credentials });
  const { Items } = await client_with({ credentials }).send(groups());
  assert.match(Items[0].Arn, /:us-west-2:444455556666:/);
  const who = await sts_with({ credentials }).send(new GetCallerIdentityCommand({}));
  assert.deepEqual([who.Account, who.Arn], ["444455556666", AssumedRoleUser.Arn]);
  await refused("UnrecognizedClientException", client_with({ credentials: { ...credentials, sessionToken: undefined } }).send(groups()));

  await simulator.control("credentials", { credential_ttl: 20 });
  const short = keys_of(await sts_with().send(assume()));
  await client_with({ credentials: short }).send(groups());
  await simulator.control("clock", { offset_seconds: 21 });
  await refused("ExpiredTokenException", client_with({ credentials: short }).send(groups()));
  await refused("ExpiredToken", sts_with({ credentials: short }).send(new GetCallerIdentityCommand({})));
  await simulator.control("clock", { offset_seconds: 0 });
  await simulator.control("credentials", { credential_ttl: 0 });
});

test("STS looks at what it is given", async () => {
  await refused("AccessDenied", sts_with().send(assume({ ExternalId: "43" })));
  await refused("ValidationError", sts_with().send(assume({ RoleArn: "arn:aws:iam::1:user/no-role" })));
  await refused("ValidationError", sts_with().send(assume({ RoleSessionName: "with blank" })));
  await refused("ValidationError", sts_with().send(assume({ DurationSeconds: 899 })));
  const identity = { RoleArn, RoleSessionName: "web", WebIdentityToken: "SECRET-MARKER-web-identity-token" };
  const sts = sts_with({ credentials: async () => assert.fail("this call is not signed") });
  const credentials = keys_of(await sts.send(new AssumeRoleWithWebIdentityCommand(identity)));
  await client_with({ credentials }).send(groups());
  const wrong = new AssumeRoleWithWebIdentityCommand({ ...identity, WebIdentityToken: "forged" });
  await assert.rejects(sts.send(wrong), { name: /^InvalidIdentityToken/ });
});

async function with_environment(variables, run) {
  const saved = { ...process.env };
  const home = mkdtempSync(join(tmpdir(), "gls-sdk-"));
  Object.assign(process.env, { HOME: home, AWS_CONFIG_FILE: join(home, "none"), AWS_SHARED_CREDENTIALS_FILE: join(home, "none") }, variables);
  try {
    await run();
  } finally {
    process.env = saved;
    rmSync(home, { recursive: true });
  }
}

test("an instance and a container find their credentials", async () => {
  const chain = () => client_with({ credentials: undefined });
  await with_environment({ AWS_EC2_METADATA_SERVICE_ENDPOINT: simulator.url }, async () => {
    await chain().send(groups());
    assert.equal((await simulator.calls("ImdsCredentials")).ok, 1);
  });
  const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${simulator.url}/container/credentials` };
  await with_environment({ ...container, AWS_CONTAINER_AUTHORIZATION_TOKEN: "SECRET-MARKER-container-token" }, async () => {
    await chain().send(groups());
    assert.equal((await simulator.calls("ContainerCredentials")).ok, 1);
  });
  await with_environment({ ...container, AWS_CONTAINER_AUTHORIZATION_TOKEN: "wrong" }, () => assert.rejects(chain().send(groups())));
});

test("instance metadata is version 2 only", async () => {
  const roles = `${simulator.url}/latest/meta-data/iam/security-credentials/`;
  assert.equal((await fetch(roles)).status, 401);
  const ttl = (seconds) => ({ method: "PUT", headers: { "X-aws-ec2-metadata-token-ttl-seconds": seconds } });
  assert.equal((await fetch(`${simulator.url}/latest/api/token`, ttl("0"))).status, 400);
  const token = await (await fetch(`${simulator.url}/latest/api/token`, ttl("60"))).text();
  const get = (path) => fetch(`${simulator.url}/latest/${path}`, { headers: { "X-aws-ec2-metadata-token": token } });
  assert.equal((await (await get("dynamic/instance-identity/document")).json()).region, region);
  assert.equal(await (await get("meta-data/iam/security-credentials/")).text(), "simulator-instance-role");
  assert.equal((await get("meta-data/iam/security-credentials/nobody")).status, 404);
});

test("the same over TLS", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gls-sdk-"));
  const [certificate, secret] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    "-subj", "/CN=simulator", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", secret, "-out", certificate], { stdio: "ignore" });
  const secured = await Simulator.start("--tls-certificate", certificate, "--tls-key", secret, "--gzip");
  try {
    assert.match(secured.url, /^https:/);
    const httpsAgent = new Agent({ ca: readFileSync(certificate) });
    const { Items } = await client_with({ endpoint: secured.url, requestHandler: { httpsAgent } }).send(groups());
    assert.equal(Items.length, 3);
  } finally {
    assert.equal(await secured.stop(), 0);
    rmSync(folder, { recursive: true });
  }
});
