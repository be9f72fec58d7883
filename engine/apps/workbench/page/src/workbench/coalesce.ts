/**
 * Sends what a slider asks for: one request at a time, and after it the latest one only. With one in flight, answers
 * come in the order of their numbers; each carries its own, and what does not fit is dropped.
 */
export class Coalescer<Request, Answer extends { seq: number }> {
  private sequence = 0;
  private waiting: { request: Request } | null = null;
  private isSending = false;

  constructor(
    private readonly send: (sequence: number, request: Request) => Promise<Answer>,
    private readonly receive: (answer: Answer) => void,
    private readonly fail: (error: unknown, request: Request) => void,
  ) {}

  /** Whether all that was asked for is answered. */
  get isIdle(): boolean {
    return !this.isSending && this.waiting === null;
  }

  push(request: Request): void {
    this.waiting = { request };
    if (!this.isSending) {
      void this.sendAll();
    }
  }

  private async sendAll(): Promise<void> {
    while (this.waiting !== null) {
      const { request } = this.waiting;
      this.waiting = null;
      this.isSending = true;
      this.sequence += 1;
      try {
        const answer = await this.send(this.sequence, request);
        this.isSending = false;
        if (answer.seq === this.sequence) {
          this.receive(answer);
        }
      } catch (error) {
        this.isSending = false;
        this.fail(error, request);
      }
    }
  }
}
