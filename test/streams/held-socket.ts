import { Duplex } from 'node:stream';

/** A connection whose client takes what is written when the test says so. For `server.emit('connection', socket)`. */
export class HeldSocket extends Duplex {
  isReset = false;
  /** All that was written, taken or not. */
  text = '';
  private readonly offered: (() => void)[] = [];

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, taken: () => void): void {
    this.text += chunk.toString();
    this.offered.push(taken);
  }

  /** Takes all that is written, and what is written thereupon. */
  async takeAll(): Promise<void> {
    for (let taken = this.offered.shift(); taken; taken = this.offered.shift()) {
      taken();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  resetAndDestroy(): void {
    this.isReset = true;
    this.destroy();
  }
}
