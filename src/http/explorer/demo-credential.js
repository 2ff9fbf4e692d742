// The button that fills in the demo credential of the document that is shown. Only who started the service on the
// embedded database is told that credential, see src/http/local-visitor.ts.
import { isSigned } from './signing.js';

/** A plugin of Swagger UI; `demoOf(system)` tells what there is to fill in. */
export const demoCredential = (demoOf) => (system) => ({
  wrapComponents: {
    authorizeBtn: (Original) => (props) => {
      const { createElement: h } = system.React;
      const { specSelectors, authSelectors } = system;
      const authorized = authSelectors.authorized();
      const schemes = specSelectors.securityDefinitions();
      // Swagger UI's own answer is whether any document's credential is known.
      const isAuthorized = schemes.some((_, name) => authorized.has(name));
      const demo = demoOf(system);
      return h(
        'div',
        { className: 'credentials' },
        (demo?.authorization ?? demo?.consumer_key) !== undefined &&
          h(
            'button',
            { className: 'btn demo-credential', onClick: () => fillIn(system, demo) },
            'Use the demo credential',
          ),
        h(Original, { ...props, isAuthorized }),
      );
    },
  },
});

function fillIn({ specSelectors, authActions }, demo) {
  // The first way to present a credential is the one that the demo's is spelt for.
  const [name, schema] = specSelectors.securityDefinitions().entrySeq().first();
  authActions.authorizeWithPersistOption({ [name]: { name, schema, value: valueFor(schema, demo) } });
}

function valueFor(schema, { authorization, consumer_key, consumer_secret }) {
  if (isSigned(schema)) return { consumer_key, consumer_secret };
  return schema.get('type') === 'http' ? authorization.replace(/^Bearer /, '') : authorization;
}
