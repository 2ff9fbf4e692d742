const MAX_LENGTH = 255;
const UNNAMED = 'presentation';

/** The last part of the path that a client sends with a file, fit to be stored. */
export function fileNameOf(path: string): string {
  const name = (path.split(/[/\\]/).at(-1) ?? '').replaceAll('\0', '').toWellFormed();
  return [...name].slice(0, MAX_LENGTH).join('') || UNNAMED;
}

/** Value of `content-disposition` for a download with this name, see RFC 6266. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/** The type that a client sends with a file, without parameters; anything else is bytes. */
export function mediaTypeOf(type: string): string {
  const media = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return media.length <= MAX_LENGTH && MEDIA_TYPE.test(media) ? media : 'application/octet-stream';
}
