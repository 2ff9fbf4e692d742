import { foldSlashes, pathOf } from '../../../http/path.js';

const PRINTABLE = /^[!-~]+$/;
/** Only unambiguous segments: no `.` or `..`, no slashes or backslashes, no double encoding. */
const SEGMENT = /^(?!\.{1,2}$)[\w.~-]+$/;

/** Whether a path is below `/v1/`, however it is resolved and decoded. */
export function isBelowV1(part: string): boolean {
  if (!PRINTABLE.test(part) || !part.startsWith('/v1/')) return false;
  const segments = foldSlashes(pathOf(part)).split('/').slice(2);
  return segments.length > 0 && segments.every((segment) => SEGMENT.test(decode(segment)));
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
