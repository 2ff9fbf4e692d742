/** An event of a section as the peer's statements return it; flags are digits. */
export interface RealmRow {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly end: string | null;
  readonly all_day: number;
  readonly rsvp: number;
  readonly comments_enabled: number;
  readonly type: string;
}

/** A page of a section's calendar; `address` is that of its events. */
export interface RealmPage {
  readonly section: string;
  readonly address: string;
  readonly start: number;
  readonly limit: number;
  readonly total: number;
}

/** Writes an event of a section, and a page of them. Only user input is escaped, and only if necessary. */
export interface RealmWriter {
  readonly contentType: string;
  event(row: RealmRow, page: Pick<RealmPage, 'section' | 'address'>): string;
  list(rows: readonly RealmRow[], page: RealmPage): string;
}

export const realmJson: RealmWriter = {
  contentType: 'application/json; charset=utf-8',
  event: eventJson,
  list(rows, page) {
    let events = '';
    for (const row of rows) events += events === '' ? eventJson(row, page) : `,${eventJson(row, page)}`;
    const { start, limit, total } = page;
    return (
      `{"event":[${events}],"total":${total},"links":{"self":"${at(page, start)}"` +
      (start + limit < total ? `,"next":"${at(page, start + limit)}"` : '') +
      (start > 0 ? `,"prev":"${at(page, Math.max(0, start - limit))}"` : '') +
      '}}'
    );
  },
};

export const realmXml: RealmWriter = {
  contentType: 'text/xml; charset=utf-8',
  event: (row, page) => documentOf(eventXml(row, page)),
  list(rows, page) {
    let events = '';
    for (const row of rows) events += `<event>${eventXml(row, page)}</event>`;
    const { start, limit, total } = page;
    return documentOf(
      `${events}<total>${total}</total><links><self>${at(page, start, '&amp;')}</self>` +
        (start + limit < total ? `<next>${at(page, start + limit, '&amp;')}</next>` : '') +
        (start > 0 ? `<prev>${at(page, Math.max(0, start - limit), '&amp;')}</prev>` : '') +
        '</links>',
    );
  },
};

function at({ address, limit }: RealmPage, start: number, and = '&'): string {
  return `${address}?start=${start}${and}limit=${limit}`;
}

function eventJson(row: RealmRow, { section, address }: Pick<RealmPage, 'section' | 'address'>): string {
  return (
    `{"id":${row.id},"title":${quote(row.title)},"description":${quote(row.description)},"start":"${row.start}",` +
    (row.end === null ? '"has_end":0,"end":"",' : `"has_end":1,"end":"${row.end}",`) +
    `"all_day":${row.all_day},"editable":${row.type === 'event' ? 1 : 0},"rsvp":${row.rsvp},` +
    `"comments_enabled":${row.comments_enabled},"type":"${row.type}","realm":"section","section_id":${section},` +
    `"links":{"self":"${address}/${row.id}"}}`
  );
}

const IN_JSON = /["\\\u0000-\u001f\ud800-\udfff]/;

function quote(text: string): string {
  return IN_JSON.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function documentOf(content: string): string {
  return `<?xml version="1.0" encoding="utf-8" ?>\n<result>${content}</result>\n`;
}

function eventXml(row: RealmRow, { section, address }: Pick<RealmPage, 'section' | 'address'>): string {
  return (
    `<id>${row.id}</id>${element('title', row.title)}${element('description', row.description)}` +
    `<start>${row.start}</start>` +
    (row.end === null ? '<has_end>0</has_end><end />' : `<has_end>1</has_end><end>${row.end}</end>`) +
    `<all_day>${row.all_day}</all_day><editable>${row.type === 'event' ? 1 : 0}</editable><rsvp>${row.rsvp}</rsvp>` +
    `<comments_enabled>${row.comments_enabled}</comments_enabled><type>${row.type}</type><realm>section</realm>` +
    `<section_id>${section}</section_id><links><self>${address}/${row.id}</self></links>`
  );
}

function element(name: string, text: string): string {
  return text === '' ? `<${name} />` : `<${name}>${escapeXml(text)}</${name}>`;
}

const IN_XML = /[&<>\r]/;

function escapeXml(text: string): string {
  if (!IN_XML.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}
