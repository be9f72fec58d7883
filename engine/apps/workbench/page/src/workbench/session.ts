import type { Control, Edit, Pulse, View, YearDetail } from "../contract";
import type { Api, Opened } from "./api";
import { isLost, messageOf, Refusal } from "./api";
import { Coalescer } from "./coalesce";
import { editsOf, refusalsOf, valuesOf } from "./edits";
import type { Refused, Value } from "./edits";
import { withPulse } from "./pulse";

export type Trouble = { kind: "unreachable" | "refused"; message: string } | { kind: "lost" };

export interface SessionState {
  session: string;
  view: View;
  controls: Control[];
  values: ReadonlyMap<string, Value>;
  refused: ReadonlyMap<string, Refused>;
  year: number;
  /** Of the server, for the last change. */
  milliseconds: number | null;
  /** Figures follow the slider; tables and flows are those before it. */
  isFollowing: boolean;
  comparedWith: string | null;
  trouble: Trouble | null;
}

const restMilliseconds = 400;

/** A session with the server: follows the controls by pulses and asks for everything once they are at rest. */
export class LiveSession {
  private current: SessionState;
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** Grows with each refresh and each change: an answer to an older question is dropped. */
  private generation = 0;
  /** Years whose details are those before the last refresh. */
  private staleYears = new Set<number>();
  private readonly edits: Coalescer<Edit[], Pulse>;

  constructor(
    private readonly api: Api,
    opened: Opened,
    private readonly onState: (state: SessionState) => void,
  ) {
    this.current = {
      session: opened.session,
      view: opened.view,
      controls: opened.controls,
      values: valuesOf(opened.edits ?? []),
      refused: new Map(),
      year: opened.view.districts[0]?.year ?? 0,
      milliseconds: null,
      isFollowing: false,
      comparedWith: null,
      trouble: null,
    };
    this.edits = new Coalescer(
      (sequence, edits) => api.edit(opened.session, sequence, edits),
      (pulse) => this.follow(pulse),
      (error, edits) => this.refuse(error, edits),
    );
  }

  get state(): SessionState {
    return this.current;
  }

  get differences(): Edit[] {
    return editsOf(this.current.controls, this.current.values, this.current.refused);
  }

  start(): void {
    void this.loadYear();
  }

  stop(): void {
    clearTimeout(this.rest);
    this.generation += 1;
  }

  set(control: string, value: Value): void {
    const values = new Map(this.current.values).set(control, value);
    const refused = new Map(this.current.refused);
    refused.delete(control);
    this.change({ values, refused });
    this.send();
  }

  /** Back to the scenario: one control, or all of them. */
  reset(control?: string): void {
    const values = new Map(control === undefined ? [] : this.current.values);
    const refused = new Map(control === undefined ? [] : this.current.refused);
    if (control !== undefined) {
      values.delete(control);
      refused.delete(control);
    }
    this.change({ values, refused });
    this.send();
  }

  /** All changes at once, as after a session was lost. */
  restore(edits: Edit[]): void {
    this.change({ values: valuesOf(edits) });
    if (edits.length > 0) {
      this.send();
    }
  }

  showYear(year: number): void {
    this.change({ year });
    void this.loadYear();
  }

  async compare(other: string | null): Promise<void> {
    if (other === null) {
      this.change({ comparedWith: null, view: { ...this.current.view, comparison: null } });
      return;
    }
    const { comparison } = await this.api.compare(this.current.session, other);
    this.change({ comparedWith: other, view: { ...this.current.view, comparison } });
  }

  /** Asks for everything anew, as after a job has left a front or a sample. */
  reload(): void {
    this.refreshAtRest();
  }

  retry(): void {
    this.change({ trouble: null });
    this.send();
  }

  private change(change: Partial<SessionState>): void {
    this.current = { ...this.current, ...change };
    this.onState(this.current);
  }

  private send(): void {
    clearTimeout(this.rest);
    this.generation += 1;
    this.edits.push(this.differences);
  }

  private follow(pulse: Pulse): void {
    this.change({
      view: withPulse(this.current.view, pulse),
      milliseconds: pulse.milliseconds,
      isFollowing: true,
      trouble: null,
    });
    this.refreshAtRest();
  }

  private refuse(error: unknown, edits: Edit[]): void {
    if (error instanceof Refusal && !isLost(error)) {
      const refused = refusalsOf(error.problem, edits);
      if (refused.size > 0) {
        this.change({ refused: new Map([...this.current.refused, ...refused]), trouble: null });
        // The others still hold.
        this.send();
        return;
      }
    }
    this.fail(error);
  }

  private fail(error: unknown): void {
    const message = messageOf(error);
    const trouble: Trouble = isLost(error)
      ? { kind: "lost" }
      : { kind: error instanceof Refusal ? "refused" : "unreachable", message };
    this.change({ trouble, isFollowing: false });
  }

  private refreshAtRest(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.edits.isIdle) {
        void this.refresh();
      }
    }, restMilliseconds);
  }

  private async refresh(): Promise<void> {
    const generation = this.generation;
    const { session, comparedWith } = this.current;
    try {
      const { view } = await this.api.refresh(session);
      if (generation !== this.generation) {
        return;
      }
      const { comparison } = this.current.view;
      this.takeView({ ...view, comparison: view.comparison ?? comparison });
      this.change({ isFollowing: false });
      await this.loadYear();
      if (comparedWith !== null && generation === this.generation) {
        await this.compare(comparedWith);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** A new view; the year that is shown keeps its flows until the new ones come. */
  private takeView(view: View): void {
    const [district, ...others] = view.districts;
    const details =
      this.current.view.districts[0]?.details.filter((one) => one.year === this.current.year) ?? [];
    this.staleYears = new Set(details.map((one) => one.year));
    this.change({
      view: district === undefined ? view : { ...view, districts: [{ ...district, details }, ...others] },
    });
  }

  private async loadYear(): Promise<void> {
    const { session, year, view } = this.current;
    const generation = this.generation;
    const isThere = view.districts[0]?.details.some((one) => one.year === year) === true;
    if (isThere && !this.staleYears.has(year)) {
      return;
    }
    try {
      const detail = await this.api.year(session, year);
      if (generation === this.generation) {
        this.takeYear(detail);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private takeYear(detail: YearDetail): void {
    const { view } = this.current;
    const [district, ...others] = view.districts;
    if (district === undefined) {
      return;
    }
    this.staleYears.delete(detail.year);
    const kept = district.details.filter((one) => one.year !== detail.year && !this.staleYears.has(one.year));
    this.change({ view: { ...view, districts: [{ ...district, details: [...kept, detail] }, ...others] } });
  }
}
