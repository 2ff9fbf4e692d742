// After a resource is created, its id is filled into the paths of all operations on it, so that nobody has to copy it.
// The same happens after an update, which may change the id.

/** A Swagger UI plugin. */
export const newIds = () => ({
  statePlugins: {
    spec: {
      wrapActions: {
        setResponse: (set, system) => (path, method, response) => {
          set(path, method, response);
          const id = response.body?.id ?? response.body?._id ?? response.body?.data?.id;
          const collection = collectionOf(path, method, response.status);
          if (id !== undefined && collection !== undefined) fillIn(system, collection, String(id));
        },
      },
    },
  },
});

/** The path segment of the collection that the response's id belongs to; undefined if it is no such id. */
function collectionOf(path, method, status) {
  const segments = path.replace(/\/create$/, '').split('/');
  // A 200 to a POST with ids in its path returns the parent of what was added.
  if (method === 'post')
    return status === 201 || (status === 200 && !path.includes('{')) ? segments.at(-1) : undefined;
  return status === 200 && method !== 'get' && path.endsWith('}') ? segments.at(-2) : undefined;
}

function fillIn({ specSelectors, specActions }, collection, id) {
  /** The name of the parameter after the collection: `event_id` in `/v1.0/events/{event_id}/confirmation`. */
  const nameIn = (path) => path.split(`/${collection}/{`)[1]?.split('}')[0];
  const paths = specSelectors.specJsonWithResolvedSubtrees().get('paths');
  const names = new Set([...paths.keys()].map(nameIn));
  // In paths without the collection, a parameter of the same name is the same id, unless the name is just `id`.
  const isItsId = (path, name) => nameIn(path) === name || (names.has(name) && name !== 'id');
  for (const [path, item] of paths)
    for (const [method, operation] of item)
      for (const parameter of operation.get('parameters') ?? []) {
        const name = parameter.get('name');
        if (parameter.get('in') !== 'path' || parameter.hasIn(['schema', 'enum']) || !isItsId(path, name))
          continue;
        // Swagger UI stores a value by the parameter's name or, after user input, by the parameter's identity.
        specActions.changeParam([path, method], name, 'path', id);
        specActions.changeParamByIdentity([path, method], parameter, id);
      }
}
