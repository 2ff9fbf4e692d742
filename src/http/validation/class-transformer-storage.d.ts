/** Types for a module of class-transformer that holds the metadata of its decorators. */
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
