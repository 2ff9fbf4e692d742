// Starts Swagger UI with the documents of this service and our plugins: they sign requests to realms, fill in the demo
// credential and new ids, and send every request to the origin of the page.
import { consumerAuth } from './consumer-auth.js';
import { demoCredential } from './demo-credential.js';
import { newIds } from './new-ids.js';
import { consumerOf, sign } from './signing.js';
import { tailor } from './tailor.js';

const element = document.getElementById('swagger-ui');
/** The demo organization's credentials and ids, by document; empty unless the visitor is local. */
const demo = element.dataset.demo === undefined ? {} : await (await fetch(element.dataset.demo)).json();

/** The demo of the selected document: `training` for `/docs/training.json`. */
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
