// Once something was created, its id stands in the path of every operation that shows, changes or deletes it: nobody
// has to copy it from one panel to the other.

/** A plugin of Swagger UI. */
export const newIds = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        setResponse: (set, system) => (path, method, response) => {
          set(path, method, response);
          const id = method === 'post' && response.ok ? newId(path, response) : undefined;
          if (id !== undefined) fillIn(system, path, id);
        },
      },
    },
  },
});

/** The id of what was created. A 200 to a path with ids, other than 201, shows what had them. */
function newId(path, { status, body }) {
  const id = body?.id ?? body?._id ?? body?.data?.id;
  return id !== undefined && (status === 201 || !path.includes('{')) ? String(id) : undefined;
}

function fillIn({ specSelectors, specActions }, createdAt, id) {
  const collection = createdAt
    .replace(/\/create$/, '')
    .split('/')
    .at(-1);
  /** The name of the parameter behind the collection: `event_id` of `/v1.0/events/{event_id}/confirmation`. */
  const nameIn = (path) => path.split(`/${collection}/{`)[1]?.split('}')[0];
  const paths = specSelectors.specJsonWithResolvedSubtrees().get('paths');
  const names = new Set([...paths.keys()].map(nameIn));
  for (const [path, item] of paths)
    for (const [method, operation] of item)
      for (const parameter of operation.get('parameters') ?? []) {
        const name = parameter.get('name');
        // Elsewhere the same name means the same, but for one that says nothing.
        if (parameter.get('in') !== 'path' || (nameIn(path) !== name && (name === 'id' || !names.has(name))))
          continue;
        // Swagger UI finds a value by the name of its parameter or, once somebody typed there, by all of it.
        specActions.changeParam([path, method], name, 'path', id);
        specActions.changeParamByIdentity([path, method], parameter, id);
      }
}
