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

  override _writev(chunks: readonly { readonly chunk: Buffer }[], taken: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => Buffer.from(chunk))), '', taken);
  }

  /** Takes all that is written, and what is written thereupon. */
  async takeAll(): Promise<void> {
    // What was written just now is not offered yet.
    await new Promise((resolve) => setImmediate(resolve));
    for (let taken = this.offered.shift(); taken; taken = this.offered.shift()) {
      taken();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Takes what was written first, of what is not taken yet. */
  async takeOne(): Promise<void> {
    this.offered.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** The body of the response so far, without its head and the sizes of its chunks. */
  data(): string {
    let rest = this.text.slice(this.text.indexOf('\r\n\r\n') + 4);
    let data = '';
    for (let size = 1; size > 0 && rest !== '';) {
      const begin = rest.indexOf('\r\n') + 2;
      size = Number.parseInt(rest, 16);
      data += rest.slice(begin, begin + size);
      rest = rest.slice(begin + size + 2);
    }
    return data;
  }

  resetAndDestroy(): void {
    this.isReset = true;
    this.destroy();
  }
}
