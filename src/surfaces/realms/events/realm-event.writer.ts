import { quote } from '../../../core/json-text.js';
import type { PerRepresentation } from '../representation/realm-response.js';
import type { RealmEventRow } from './realm-events.repository.js';
import { eventUrl, viewAttachments } from './realm-events.dto.js';
import type { ListPage } from '../representation/realm-pagination.js';
import { escapeXml, writeXmlDocument, writeXmlElement } from '../representation/realm-xml.writer.js';

/** Writes a `RealmEventResponseDto` and a `RealmEventListResponseDto`. */
export interface RealmEventWriter {
  event(row: RealmEventRow, baseUrl: string, withAttachments: boolean): string;
  list(rows: readonly RealmEventRow[], baseUrl: string, withAttachments: boolean, page: ListPage): string;
}

/**
 * Hand-written because pages hold up to 200 events: building objects and serializing them takes twice the time and
 * allocates most of the garbage. Times, numbers and enum values need no escaping.
 */
export const REALM_EVENT_WRITERS: PerRepresentation<RealmEventWriter> = {
  json: {
    event: eventJson,
    list: (rows, baseUrl, withAttachments, { total, links }) => {
      let events = '';
      for (const row of rows) events += (events === '' ? '' : ',') + eventJson(row, baseUrl, withAttachments);
      return `{"event":[${events}],"total":${total},"links":${JSON.stringify(links)}}`;
    },
  },
  xml: {
    event: (row, baseUrl, withAttachments) => writeXmlDocument(eventXml(row, baseUrl, withAttachments)),
    list: (rows, baseUrl, withAttachments, { total, links }) => {
      let events = '';
      for (const row of rows) events += `<event>${eventXml(row, baseUrl, withAttachments)}</event>`;
      return writeXmlDocument(`${events}<total>${total}</total>${writeXmlElement('links', links)}`);
    },
  },
};

function eventJson(row: RealmEventRow, baseUrl: string, withAttachments: boolean): string {
  const { realm, ends_at } = row;
  return (
    `{"id":${row.id},"title":${quote(row.title)},"description":${quote(row.description)},"start":"${row.starts_at}",` +
    (ends_at === null ? '"has_end":0,"end":"",' : `"has_end":1,"end":"${ends_at}",`) +
    `"all_day":${bit(row.all_day)},"editable":${bit(row.editable)},"rsvp":${row.rsvp},` +
    `"comments_enabled":${bit(row.comments_enabled)},"type":"${row.type}","realm":"${realm}",` +
    `"${realm}_id":${row.realm_id},` +
    (withAttachments ? `"attachments":${JSON.stringify(viewAttachments(row.attached_links))},` : '') +
    `"links":{"self":${quote(eventUrl(baseUrl, row))}}}`
  );
}

function eventXml(row: RealmEventRow, baseUrl: string, withAttachments: boolean): string {
  const { realm, ends_at } = row;
  return (
    `<id>${row.id}</id>${textElement('title', row.title)}${textElement('description', row.description)}` +
    `<start>${row.starts_at}</start>` +
    (ends_at === null ? '<has_end>0</has_end><end />' : `<has_end>1</has_end><end>${ends_at}</end>`) +
    `<all_day>${bit(row.all_day)}</all_day><editable>${bit(row.editable)}</editable><rsvp>${row.rsvp}</rsvp>` +
    `<comments_enabled>${bit(row.comments_enabled)}</comments_enabled><type>${row.type}</type>` +
    `<realm>${realm}</realm><${realm}_id>${row.realm_id}</${realm}_id>` +
    (withAttachments ? writeXmlElement('attachments', viewAttachments(row.attached_links)) : '') +
    `<links><self>${escapeXml(eventUrl(baseUrl, row))}</self></links>`
  );
}

function textElement(name: string, text: string): string {
  return text === '' ? `<${name} />` : `<${name}>${escapeXml(text)}</${name}>`;
}

function bit(flag: boolean): string {
  return flag ? '1' : '0';
}
