// Starts Swagger UI on the documents of this service, with things of our own: requests of realms are signed, the demo
// credential and new ids are filled in, and every request goes to where the page came from.
import { consumerAuth } from './consumer-auth.js';
import { demoCredential } from './demo-credential.js';
import { newIds } from './new-ids.js';
import { consumerOf, sign } from './signing.js';
import { tailor } from './tailor.js';

const element = document.getElementById('swagger-ui');
/** All that the demo organization is reached with and works on, by document; empty for everybody but its owner. */
const demo = element.dataset.demo === undefined ? {} : await (await fetch(element.dataset.demo)).json();

/** The demo of the document that is shown: `training` for `/docs/training.json`. */
const demoOf = ({ specSelectors }) => demo[/(\w+)\.json$/.exec(specSelectors.url())?.[1]];

const tailoring = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update, system) => (document) =>
          update(tailor(document, { origin: window.location.origin, values: demoOf(system) })),
      },
    },
  },
});

const ui = window.SwaggerUIBundle({
  domNode: element,
  urls: JSON.parse(element.dataset.documents),
  layout: 'StandaloneLayout',
  presets: [window.SwaggerUIBundle.presets.apis, window.SwaggerUIStandalonePreset],
  plugins: [
    window.SwaggerUIBundle.plugins.DownloadUrl,
    tailoring,
    consumerAuth,
    demoCredential(demoOf),
    newIds,
  ],
  deepLinking: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    const consumer = request.loadSpec ? undefined : consumerOf(ui);
    return consumer === undefined ? request : sign(request, consumer);
  },
});
