/**
 * Gathers what is asked for in one turn of the event loop, by what it can travel with. A busy service is asked by many
 * clients in the same turn; PostgreSQL then parses, plans and answers once for all of them, and fewer packets are
 * written, which is the dearest thing that a well-written server does. What is alone leaves at the end of its turn.
 */
export class Batcher<Vehicle, Passenger> {
  /**
   * Nothing is ever taken out: vehicles are few and last as long as the process. A map that is emptied again and again
   * is also copied again and again, each copy is held by the one before it, and one that the collector takes for old
   * would keep all later ones, with every passenger in them, from dying young.
   */
  private readonly stops = new Map<Vehicle, Passenger[]>();

  constructor(private readonly depart: (vehicle: Vehicle, all: readonly Passenger[]) => void) {}

  /** No more than `most` travel together: more would make one answer wait for many others. */
  add(vehicle: Vehicle, passenger: Passenger, most: number): void {
    const waiting = this.stops.get(vehicle) ?? [];
    if (waiting.push(passenger) === 1) {
      this.stops.set(vehicle, waiting);
      setImmediate(() => this.leave(vehicle));
    } else if (waiting.length === most) this.leave(vehicle);
  }

  private leave(vehicle: Vehicle): void {
    const all = this.stops.get(vehicle) ?? [];
    if (all.length === 0) return;
    this.stops.set(vehicle, []);
    this.depart(vehicle, all);
  }
}
