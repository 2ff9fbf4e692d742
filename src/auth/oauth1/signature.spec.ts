import { describe, expect, it } from '@jest/globals';
import { baseUri, normalizeParameters, signatureBaseString } from './signed-text.js';
import { headerParameters, queryParameters } from './parameters.js';
import { percentDecode, percentEncode } from './percent.js';
import { hmacSha1, sameSignature, signingKey } from './signature.js';

/** Signs a request of the RFC as the client does. */
function sign(request: {
  method: string;
  uri: string;
  header: string;
  query?: string;
  secrets: [string, string];
}): string {
  const parameters = [...(headerParameters(request.header) ?? []), ...queryParameters(request.query ?? '')];
  const base = signatureBaseString(request.method, request.uri, normalizeParameters(parameters));
  return hmacSha1(base, signingKey(...request.secrets));
}

describe('RFC 5849', () => {
  it('1.2: signs the request for temporary credentials', () => {
    const header = `OAuth realm="Photos",
      oauth_consumer_key="dpf43f3p2l4k3l03",
      oauth_signature_method="HMAC-SHA1",
      oauth_timestamp="137131200",
      oauth_nonce="wIjqoS",
      oauth_callback="http%3A%2F%2Fprinter.example.com%2Fready"`;
    const uri = 'https://photos.example.net/initiate';
    expect(sign({ method: 'POST', uri, header, secrets: ['kd94hf93k423kf44', ''] })).toBe(
      '74KNZJeDHnMBp0EMJ9ZHt/XKycU=',
    );
  });

  it('1.2: signs the request for token credentials', () => {
    const header = `OAuth realm="Photos",
      oauth_consumer_key="dpf43f3p2l4k3l03",
      oauth_token="hh5s93j4hdidpola",
      oauth_signature_method="HMAC-SHA1",
      oauth_timestamp="137131201",
      oauth_nonce="walatlh",
      oauth_verifier="hfdp7dh39dks9884"`;
    const uri = 'https://photos.example.net/token';
    expect(sign({ method: 'POST', uri, header, secrets: ['kd94hf93k423kf44', 'hdhd0244k9j7ao03'] })).toBe(
      'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    );
  });

  it('1.2: signs the request for the photo', () => {
    const header = `OAuth realm="Photos",
      oauth_consumer_key="dpf43f3p2l4k3l03",
      oauth_token="nnch734d00sl2jdk",
      oauth_signature_method="HMAC-SHA1",
      oauth_timestamp="137131202",
      oauth_nonce="chapoH"`;
    const uri = 'http://photos.example.net/photos';
    const query = 'file=vacation.jpg&size=original';
    expect(
      sign({ method: 'GET', uri, header, query, secrets: ['kd94hf93k423kf44', 'pfkkdhi9sl3r4s00'] }),
    ).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=');
  });

  it('2.1: spells a PLAINTEXT signature', () => {
    expect(percentEncode(signingKey('ja893SD9', ''))).toBe('ja893SD9%26');
  });

  it('3.4.1.1: builds the base string', () => {
    const header = `OAuth realm="Example",
      oauth_consumer_key="9djdj82h48djs9d2",
      oauth_token="kkk9d7dh3k39sjv7",
      oauth_signature_method="HMAC-SHA1",
      oauth_timestamp="137131201",
      oauth_nonce="7d8f3e4a"`;
    const parameters = [
      ...(headerParameters(header) ?? []),
      ...queryParameters('b5=%3D%253D&a3=a&c%40=&a2=r%20b'),
      ...queryParameters('c2&a3=2+q'),
    ];
    expect(
      signatureBaseString(
        'post',
        baseUri('http', 'example.com', '/request'),
        normalizeParameters(parameters),
      ),
    ).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q' +
        '%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_' +
        'key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_m' +
        'ethod%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk' +
        '9d7dh3k39sjv7',
    );
  });

  it.each([
    ['http', 'EXAMPLE.COM:80', '/r%20v/X', 'http://example.com/r%20v/X'],
    ['https', 'www.example.net:8080', '/', 'https://www.example.net:8080/'],
    ['https', 'example.net:443', '', 'https://example.net/'],
    ['http', 'example.net:443', '//v1//x/', 'http://example.net:443//v1//x/'],
  ] as const)('3.4.1.2: takes %s, %s and %s as %s', (scheme, host, path, uri) => {
    expect(baseUri(scheme, host, path)).toBe(uri);
  });

  it('3.4.1.3.2: sorts parameters by encoded name, then by encoded value', () => {
    expect(
      normalizeParameters([
        ['b5', '=%3D'],
        ['a3', 'a'],
        ['c@', ''],
        ['a2', 'r b'],
        ['a3', '2 q'],
      ]),
    ).toBe('a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=');
  });

  it('3.6: encodes all but the unreserved characters', () => {
    expect(percentEncode("aZ09-._~ +%&=*'()!ü☃🎓")).toBe(
      'aZ09-._~%20%2B%25%26%3D%2A%27%28%29%21%C3%BC%E2%98%83%F0%9F%8E%93',
    );
    expect(percentDecode('%C3%BC+%2B')).toBe('ü++');
    expect(percentDecode('%C3')).toBeUndefined();
  });
});

describe('headerParameters', () => {
  const expected = [
    ['oauth_consumer_key', 'k'],
    ['oauth_signature', 'S&'],
    ['oauth_nonce', 'a+b'],
  ];

  it.each([
    ['OAuth realm="Schoology API",oauth_consumer_key="k",oauth_signature="S%26",oauth_nonce="a+b"'],
    ['OAuth oauth_consumer_key="k", oauth_signature="S&", oauth_nonce="a+b", realm=""'],
    ['oauth\toauth_consumer_key=k,  oauth_signature="S%26" ,oauth_nonce=a%2Bb,'],
  ])('reads %s', (header) => {
    expect(headerParameters(header)).toEqual(expected);
  });

  it.each([['Bearer x'], ['OAuthoauth_consumer_key="k"'], [undefined]])('leaves %s alone', (header) => {
    expect(headerParameters(header)).toBeUndefined();
  });

  it.each([['OAuth nonsense'], ['OAuth a="b'], ['OAuth a="%zz"'], ['OAuth a="b" c="d"'], ['OAuth =,=']])(
    'knows %s for no list',
    (header) => {
      expect(headerParameters(header)).toBeNull();
    },
  );
});

describe('sameSignature', () => {
  it('compares texts of any length', () => {
    expect(sameSignature('abc', 'abc')).toBe(true);
    expect(sameSignature('abc', 'abd')).toBe(false);
    expect(sameSignature('', 'abc')).toBe(false);
  });
});
