// What the page changes of a document before it shows it. The document itself, as others read it, stays as it is.

/**
 * - Requests go to where the page came from, whatever name the document has for the service.
 * - Examples become what the demo organization has, so that a newcomer's first try works as it stands.
 * - Parameters of which it has nothing start empty. Swagger UI would send their examples: a list that is filtered by
 *   them is empty, an id that nobody has is not found. They are told in the description instead.
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

/** Gives an example the demo's own values, where it names such a thing. */
function fillIn(example, values) {
  for (const name of Object.keys(example)) if (Object.hasOwn(values, name)) example[name] = values[name];
}
