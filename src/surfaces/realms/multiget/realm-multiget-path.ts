import { foldSlashes, pathOf } from '../../../http/path.js';

const PRINTABLE = /^[!-~]+$/;
/** Nothing that is read in two ways: no dots that lead upwards, no slash of either kind, nothing encoded twice. */
const SEGMENT = /^(?!\.{1,2}$)[\w.~-]+$/;

/** Whether a part of a multiget leads below `/v1/`, whoever resolves and decodes it. */
export function isBelowV1(part: string): boolean {
  if (!PRINTABLE.test(part) || !part.startsWith('/v1/')) return false;
  const segments = foldSlashes(pathOf(part)).split('/').slice(2);
  return segments.length > 0 && segments.every((segment) => SEGMENT.test(decoded(segment)));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
