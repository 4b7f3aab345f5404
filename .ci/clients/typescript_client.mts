// Judges a profile, and under rules of its own, through the types that openapi-typescript generated: node typescript_client.mjs URL

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.d.ts";

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });

const profile: components["schemas"]["ProfileDocument"] = {
  headline: "Trésorière groupe | Cash management",
  positions: [{ title: "Trésorière", started_on: "2019-03", ended_on: null }],
  as_of: "2026-11-23",
};

// The answer is nested unless a flat one is asked for, whose members the compiler cannot tell from those of this one.
type Answer = components["schemas"]["Answer"];
const { data, error: refusal } = await client.POST("/v1/scores", {
  params: { query: { explain: "evidence" } },
  body: profile,
});
assert.ok(data, refusal?.detail);
const answer = data as Answer;
const category: string | null = answer.category;
assert.equal(category, "business");
assert.equal(answer.decision.outcome, "connect");
for (const score of answer.scores) {
  const points = (score.contributions ?? []).map((contribution) => contribution.points);
  assert.equal(points.reduce((sum, part) => sum + part, 0), score.points);
}
const quoted = answer.scores[0]?.contributions?.[0]?.evidence?.[0]?.text;
assert.equal(quoted, "Trésorière");

const { error: problem, response } = await client.POST("/v1/scores", { body: { headline: "CFO", as_of: "today" } });
assert.equal(response.status, 422);
assert.equal(problem?.code, "invalid-document");
assert.equal(problem?.errors?.[0]?.pointer, "/as_of");

// @ts-expect-error: the compiler knows the members of a profile, as the service does
const misspelt: components["schemas"]["ProfileDocument"] = { headlin: "CFO" };
assert.equal((await client.POST("/v1/scores", { body: misspelt })).error?.code, "invalid-document");

const rules: components["schemas"]["RuleSetDocument"] = {
  format: 1,
  title: "Treasurers",
  vocabularies: { "finance-roles": { terms: ["trésorier", "treasurer"] } },
  categories: {
    business: {
      kind: "interest",
      label: { fr: "Développement commercial", en: "Business development" },
      threshold: 50,
      signals: {
        "role-now": { points: 60, when: { all: [{ mentions: { of: ["finance-roles"], in: ["headline"] } }] } },
      },
    },
  },
  policy: [
    { id: "wanted", when: { category: ["business"] }, outcome: "connect" },
    { id: "rest", when: "otherwise", outcome: "ask" },
  ],
};
const name = { name: "typed" };
const { data: published, error: refused } = await client.PUT("/v1/rule-sets/{name}", { params: { path: name }, body: rules });
assert.equal(published?.name, "typed", refused?.detail);
const { data: other } = await client.POST("/v1/scores", { params: { query: { rule_set: "typed" } }, body: profile });
assert.equal((other as Answer | undefined)?.scores[0]?.points, 60);

console.log(`TypeScript: ${category}, ${answer.decision.outcome}, by ${answer.rule_set.name}@${answer.rule_set.revision}`);
