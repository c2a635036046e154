/** A request that is turned down for a reason the member can read; no error of ours. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}
