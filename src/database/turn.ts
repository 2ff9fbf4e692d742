/**
 * Gathers what is asked for in one turn of the event loop, by what it can travel with. A busy service is asked by many
 * clients in the same turn; PostgreSQL then parses, plans and answers once for all of them, and fewer packets are
 * written, which is the dearest thing that a well-written server does. What is alone leaves at the end of its turn.
 */
export class Turn<Vehicle, Passenger> {
  private readonly waiting = new Map<Vehicle, Passenger[]>();

  constructor(private readonly depart: (vehicle: Vehicle, all: readonly Passenger[]) => void) {}

  /** No more than `most` travel together: more would make one answer wait for many others. */
  add(vehicle: Vehicle, passenger: Passenger, most: number): void {
    const waiting = this.waiting.get(vehicle);
    if (waiting === undefined) {
      this.waiting.set(vehicle, [passenger]);
      setImmediate(() => this.leave(vehicle));
    } else if (waiting.push(passenger) === most) this.leave(vehicle);
  }

  private leave(vehicle: Vehicle): void {
    const all = this.waiting.get(vehicle);
    if (all === undefined) return;
    this.waiting.delete(vehicle);
    this.depart(vehicle, all);
  }
}
