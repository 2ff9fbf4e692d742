// What the page changes of a document before it shows it. The document itself, as others read it, stays as it is.

/**
 * - Requests go to where the page came from, whatever name the document has for the service.
 * - Parameters that may be left out start empty: Swagger UI would send their examples, and a list that is filtered by
 *   examples is empty. They are told in the description instead.
 * - Examples become what the demo organization has, so that a newcomer's first try works as it stands.
 */
export function tailor(document, { origin, values = {} }) {
  for (const item of Object.values(document.paths ?? {}))
    for (const { parameters = [] } of [item, ...Object.values(item)])
      for (const parameter of parameters) {
        if (parameter.required !== true) startEmpty(parameter);
        else if (Object.hasOwn(values, parameter.name)) parameter.example = values[parameter.name];
      }
  for (const { properties = {} } of Object.values(document.components?.schemas ?? {}))
    for (const [name, schema] of Object.entries(properties))
      if (Object.hasOwn(values, name)) schema.example = values[name];
  return { ...document, servers: [{ url: origin }] };
}

function startEmpty(parameter) {
  const example = parameter.example ?? parameter.schema?.example;
  delete parameter.example;
  delete parameter.schema?.example;
  if (example !== undefined)
    parameter.description = `${parameter.description ?? ''} For example \`${example}\`.`.trim();
}
