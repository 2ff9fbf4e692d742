import { check, type Field } from '../../../http/validation/field.js';
import { WEB_ADDRESS } from '../../../http/validation/fields.js';
import { MAX_LINKS, MAX_TITLE, MAX_URL, parseAttachments, type AttachedLink } from './realm-attachments.js';

const LINK_URL = { type: 'string', pattern: WEB_ADDRESS, maxLength: MAX_URL };
const LINK_TITLE = {
  type: 'string',
  maxLength: MAX_TITLE,
  description: 'What the link is called; its address, where nothing was given.',
};

export const ATTACHMENTS: Field = {
  checks: [
    check(
      'areAttachments',
      'must be {links: {link: [{url, title}]}} with at most 50 links to http or https addresses',
      (value) => parseAttachments(value) !== undefined,
    ),
  ],
  schema: {
    type: 'object',
    description:
      'Links that belong to the event: `{"links": {"link": [{"url": "…", "title": "…"}]}}`. Without a key `links` those ' +
      'that are there stay; `links` without any, or `null`, takes them away.',
    properties: {
      links: {
        type: 'object',
        properties: {
          link: {
            type: 'array',
            maxItems: MAX_LINKS,
            items: { type: 'object', required: ['url'], properties: { url: LINK_URL, title: LINK_TITLE } },
          },
        },
      },
    },
    example: { links: { link: [{ url: 'https://example.org/plan', title: 'The plan' }] } },
  } as unknown as Field['schema'],
  transform: (value: unknown): AttachedLink[] | undefined => parseAttachments(value)?.links,
};

/** Schema of one kind of attachment in a response. */
const attachmentList = (name: string, items: object): object => ({
  type: 'object',
  required: [name],
  properties: { [name]: { type: 'array', items } },
});

/** Items of unsupported kinds, whose lists are always empty. */
const EMPTY_ITEM = { type: 'object', additionalProperties: false };

export const ATTACHMENTS_SHOWN: Field = {
  checks: [],
  schema: {
    type: 'object',
    description: 'What belongs to the event; only links can be attached here.',
    required: ['files', 'links', 'videos', 'embeds'],
    properties: {
      files: attachmentList('file', EMPTY_ITEM),
      links: attachmentList('link', {
        type: 'object',
        required: ['id', 'type', 'title', 'url'],
        properties: {
          id: { type: 'integer', description: 'Its place in the list, from 1.' },
          type: { type: 'string', enum: ['link'] },
          title: LINK_TITLE,
          url: LINK_URL,
        },
      }),
      videos: attachmentList('video', EMPTY_ITEM),
      embeds: attachmentList('embed', EMPTY_ITEM),
    },
    example: {
      files: { file: [] },
      links: { link: [{ id: 1, type: 'link', title: 'The plan', url: 'https://example.org/plan' }] },
      videos: { video: [] },
      embeds: { embed: [] },
    },
  } as unknown as Field['schema'],
};

const YES: readonly unknown[] = ['1', 'TRUE', 'true', 'True'];
const NO: readonly unknown[] = ['0', 'false', ''];
export const WITH_ATTACHMENTS: Field = {
  checks: [check('isYesOrNo', 'must be 1 or 0', (value) => YES.includes(value) || NO.includes(value))],
  schema: { type: 'integer', enum: [0, 1], description: 'Adds `attachments` to each event.', example: 1 },
  transform: (value: unknown) => YES.includes(value),
};
