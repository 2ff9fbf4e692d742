// Changes to a document before Swagger UI shows it. The served document stays the same.

/**
 * - Requests go to the origin of the page, not to the server named in the document.
 * - Examples are replaced by values of the demo organization, so that the first request works without changes.
 * - Parameters without a demo value start empty. Swagger UI would send their examples, which match nothing: lists would
 *   be empty and ids not found. The example is moved to the description instead.
 */
export function tailor(document, { origin, values = {} }) {
  const { paths = {}, components = {} } = document;
  for (const item of Object.values(paths))
    for (const { parameters = [], requestBody = {} } of [item, ...Object.values(item)]) {
      for (const parameter of parameters) tailorParameter(parameter, values);
      for (const { examples = {} } of Object.values(requestBody.content ?? {}))
        for (const { value } of Object.values(examples)) fillIn(value, values);
    }
  for (const { properties = {} } of Object.values(components.schemas ?? {}))
    for (const [name, schema] of Object.entries(properties))
      if (Object.hasOwn(values, name)) schema.example = values[name];
  return { ...document, servers: [{ url: origin }] };
}

function tailorParameter(parameter, values) {
  const example = parameter.example ?? parameter.schema?.example;
  delete parameter.example;
  delete parameter.schema?.example;
  if (parameter.required === true && Object.hasOwn(values, parameter.name))
    parameter.example = values[parameter.name];
  else if (example !== undefined)
    parameter.description = `${parameter.description ?? ''} For example \`${example}\`.`.trim();
}

/** Replaces values of an example by those of the demo organization, by name. */
function fillIn(example, values) {
  for (const name of Object.keys(example)) if (Object.hasOwn(values, name)) example[name] = values[name];
}
