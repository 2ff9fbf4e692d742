import { describe, expect, it } from '@jest/globals';
import { traceOf } from './trace.js';

describe('traceOf', () => {
  it('continues a trace with a span of its own', () => {
    const trace = traceOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
    expect(trace.id).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(trace.traceparent).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    expect(trace.traceparent).not.toContain('00f067aa0ba902b7');
  });

  it.each([undefined, '', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, ['a', 'b']])(
    'starts a trace for %p',
    (header) => {
      expect(traceOf(header).traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    },
  );

  it('never gives two requests the same id', () => {
    const ids = new Set(Array.from({ length: 5000 }, () => traceOf(undefined).id));
    expect(ids.size).toBe(5000);
  });
});
