import type { Page } from "@playwright/test";

export interface Watched {
  /** What a console shows in red, exceptions among them. */
  errors: string[];
  requests: string[];
  failures: string[];
}

// A refusal of the server is an answer that a test asks for; the console tells of each.
const refusal = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Notes from now on what a page complains of and asks for. */
export function watch(page: Page): Watched {
  const watched: Watched = { errors: [], requests: [], failures: [] };
  page.on("console", (message) => {
    if (message.type() === "error" && !refusal.test(message.text())) {
      watched.errors.push(message.text());
    }
  });
  page.on("pageerror", (error) => watched.errors.push(String(error)));
  page.on("request", (request) => watched.requests.push(request.url()));
  page.on("requestfailed", (request) =>
    watched.failures.push(`${request.url()}: ${request.failure()?.errorText ?? ""}`),
  );
  return watched;
}
