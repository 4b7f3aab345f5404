// Judges a list of contacts by chunks, through the types that openapi-typescript generates and openapi-fetch.
//
// usage: node score_contacts.mjs CONTACTS.csv [URL]
//
// CONTACTS.csv is UTF-8 with a header of id, headline, title, company and about. Prints one line for each contact, in the
// order of the list: id, outcome, category and the summary; a contact that the service refuses is told with its complaint.
// ENTREGENT_KEY holds the key of the service, if it wants one.
//
// Before: openapi-typescript ../../openapi/openapi.json --output api.d.ts, then tsc --project .

import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import createClient from "openapi-fetch";
import type { components, paths } from "./api.d.ts";

type Profile = components["schemas"]["ProfileDocument"];
// A line has a flat answer, for that is what is asked for.
type Line = Omit<components["schemas"]["BulkAnswer"], "result"> & { result?: components["schemas"]["FlatAnswer"] };

// Large enough that a request costs nothing beside its profiles, small enough to send again when a line breaks.
const CHUNK = 500;

const [contacts = "contacts.csv", baseUrl = "http://127.0.0.1:8080"] = process.argv.slice(2);
const key = process.env.ENTREGENT_KEY;
const client = createClient<paths>({ baseUrl, headers: key ? { authorization: `Bearer ${key}` } : {} });
const rows: Record<string, string>[] = parse(await readFile(contacts), { columns: true, bom: true });
const profiles = rows.map(profile);

for (let start = 0; start < profiles.length; start += CHUNK) {
  const chunk = profiles.slice(start, start + CHUNK);
  const answers = await judge(chunk);
  chunk.forEach((sent, index) => print(sent, answers[index]));
}

// The profile of a row; an empty cell is a field that is not known.
function profile(row: Record<string, string>): Profile {
  const cell = (name: string) => row[name]?.trim() || null;
  const position = { title: cell("title"), company: cell("company") };
  const known = position.title !== null || position.company !== null;
  return {
    id: cell("id"),
    headline: cell("headline"),
    about: cell("about"),
    positions: known ? [position] : null,
  };
}

async function judge(chunk: Profile[]): Promise<Line[]> {
  const { data, error } = await client.POST("/v1/scores/bulk", {
    params: { query: { view: "flat" } },
    headers: { "content-type": "application/x-ndjson", "accept-language": "en" },
    body: chunk.map((sent) => JSON.stringify(sent) + "\n").join(""),
    bodySerializer: (lines) => lines,
    parseAs: "text",
  });
  if (data === undefined) {
    throw new Error(error?.detail ?? "the service cannot be reached");
  }
  const answers: Line[] = data.trimEnd().split("\n").map((line) => JSON.parse(line));
  if (answers.length !== chunk.length || answers.some((answer, index) => answer.line !== index + 1)) {
    throw new Error(`${chunk.length} profiles were sent and ${answers.length} answered`);
  }
  return answers;
}

function print(sent: Profile, answer: Line | undefined): void {
  const cells = answer?.result
    ? [answer.result.outcome, answer.result.category ?? "-", answer.result.summary]
    : ["refused", "-", answer?.problem?.errors?.[0]?.reason ?? answer?.problem?.title];
  console.log([sent.id, ...cells].join("\t"));
}
