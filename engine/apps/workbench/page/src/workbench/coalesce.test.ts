import { describe, expect, it } from "vitest";
import { Coalescer } from "./coalesce";

interface Answer {
  seq: number;
}

/** A server that answers when it is told to. */
function bench() {
  const sent: { seq: number; request: string; answer: (answer: Answer) => void; refuse: () => void }[] = [];
  const received: number[] = [];
  const failed: string[] = [];
  const coalescer = new Coalescer<string, Answer>(
    (seq, request) =>
      new Promise((resolve, reject) =>
        sent.push({ seq, request, answer: resolve, refuse: () => reject(new Error()) }),
      ),
    (answer) => received.push(answer.seq),
    (_error, request) => failed.push(request),
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { sent, received, failed, coalescer, settle };
}

describe("edits", () => {
  it("go one at a time, and of those that wait only the latest", async () => {
    const { sent, received, coalescer, settle } = bench();
    for (const request of ["a", "b", "c", "d"]) {
      coalescer.push(request);
    }
    expect(sent.map((one) => one.request)).toEqual(["a"]);
    sent[0]?.answer({ seq: 1 });
    await settle();
    expect(sent.map((one) => one.request)).toEqual(["a", "d"]);
    expect(coalescer.isIdle).toBe(false);
    sent[1]?.answer({ seq: 2 });
    await settle();
    expect(received).toEqual([1, 2]);
    expect(coalescer.isIdle).toBe(true);
  });

  it("drop an answer that belongs to another question", async () => {
    const { sent, received, coalescer, settle } = bench();
    coalescer.push("a");
    sent[0]?.answer({ seq: 7 });
    await settle();
    expect(received).toEqual([]);
    expect(coalescer.isIdle).toBe(true);
  });

  it("go on after one has failed", async () => {
    const { sent, received, failed, coalescer, settle } = bench();
    coalescer.push("a");
    coalescer.push("b");
    sent[0]?.refuse();
    await settle();
    expect(failed).toEqual(["a"]);
    sent[1]?.answer({ seq: 2 });
    await settle();
    expect(received).toEqual([2]);
  });
});
