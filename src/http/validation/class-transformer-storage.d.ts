/** class-transformer ships this module, which holds what its decorators said, without types. */
declare module 'class-transformer/cjs/storage.js' {
  import type { TransformFnParams, TransformationType } from 'class-transformer';

  export const defaultMetadataStorage: {
    findTransformMetadatas(
      target: unknown,
      propertyName: string,
      transformationType: TransformationType,
    ): { readonly transformFn: (params: TransformFnParams) => unknown }[];
  };
}
