// The button that fills in the demo credential of the selected document. The page gets that credential only for a local
// visitor, see src/http/landing/local-visitor.ts.
import { isSigned } from './signing.js';

/** A Swagger UI plugin; `demoOf(system)` returns the credential of the selected document. */
export const demoCredential = (demoOf) => (system) => ({
  wrapComponents: {
    authorizeBtn: (Original) => (props) => {
      const { createElement: h } = system.React;
      const { specSelectors, authSelectors } = system;
      const authorized = authSelectors.authorized();
      const schemes = specSelectors.securityDefinitions();
      // By default Swagger UI checks whether there is a credential for any document.
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
  // The demo credential is formatted for the first security scheme.
  const [name, schema] = specSelectors.securityDefinitions().entrySeq().first();
  authActions.authorizeWithPersistOption({ [name]: { name, schema, value: valueFor(schema, demo) } });
}

function valueFor(schema, { authorization, consumer_key, consumer_secret }) {
  if (isSigned(schema)) return { consumer_key, consumer_secret };
  return schema.get('type') === 'http' ? authorization.replace(/^Bearer /, '') : authorization;
}
