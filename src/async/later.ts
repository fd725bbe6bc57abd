/** A value that comes later: Promise.withResolvers, which Node 20 has not. */
export class Later<T> {
  readonly value: Promise<T>;
  #resolve: (value: T) => void = () => undefined;

  constructor() {
    this.value = new Promise((resolve) => (this.#resolve = resolve));
  }

  resolve(value: T): void {
    this.#resolve(value);
  }
}
