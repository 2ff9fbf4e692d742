// Once something was created, its id stands in the path of every operation that shows, changes or deletes it: nobody
// has to copy it from one panel to the other. A change may give it another id.

/** A plugin of Swagger UI. */
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

/** The last word of the address below which the answer's id is found; undefined where it is no such id. */
function collectionOf(path, method, status) {
  const segments = path.replace(/\/create$/, '').split('/');
  // A 200 to a path with ids shows the owner of what was added.
  if (method === 'post')
    return status === 201 || (status === 200 && !path.includes('{')) ? segments.at(-1) : undefined;
  return status === 200 && method !== 'get' && path.endsWith('}') ? segments.at(-2) : undefined;
}

function fillIn({ specSelectors, specActions }, collection, id) {
  /** The name of the parameter behind the collection: `event_id` of `/v1.0/events/{event_id}/confirmation`. */
  const nameIn = (path) => path.split(`/${collection}/{`)[1]?.split('}')[0];
  const paths = specSelectors.specJsonWithResolvedSubtrees().get('paths');
  const names = new Set([...paths.keys()].map(nameIn));
  // Where the collection is not named, the same name means the same, but for one that says nothing.
  const isItsId = (path, name) => nameIn(path) === name || (names.has(name) && name !== 'id');
  for (const [path, item] of paths)
    for (const [method, operation] of item)
      for (const parameter of operation.get('parameters') ?? []) {
        const name = parameter.get('name');
        if (parameter.get('in') !== 'path' || parameter.hasIn(['schema', 'enum']) || !isItsId(path, name))
          continue;
        // Swagger UI finds a value by the name of its parameter or, once somebody typed there, by all of it.
        specActions.changeParam([path, method], name, 'path', id);
        specActions.changeParamByIdentity([path, method], parameter, id);
      }
}
