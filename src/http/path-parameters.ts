import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ApiParam } from '@nestjs/swagger';
import type { Field } from './validation/field.js';

/** What the parameters of paths mean, by name; fields of the wire serve as they are. */
export type PathParameters = Readonly<Record<string, Pick<Field, 'schema'>>>;

/**
 * Documents the parameters in the paths of a controller, each said once for all its routes. Decorators work from
 * below: this one stands above `Controller`. A parameter without words is an error at start.
 */
export function describePath(parameters: PathParameters): ClassDecorator {
  return (controller) => {
    const prototype = controller.prototype as Record<string, object>;
    const base = String(Reflect.getMetadata(PATH_METADATA, controller));
    for (const key of Object.getOwnPropertyNames(prototype)) {
      const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
      if (descriptor === undefined || !Reflect.hasMetadata(METHOD_METADATA, descriptor.value as object))
        continue;
      const path = `${base}/${String(Reflect.getMetadata(PATH_METADATA, descriptor.value as object))}`;
      for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
        const { description, ...schema } = docsOf(parameters, name, path);
        ApiParam({ name, description, schema })(prototype, key, descriptor);
      }
    }
  };
}

interface ParameterDocs {
  readonly description: string;
}

function docsOf(parameters: PathParameters, name: string, path: string): ParameterDocs {
  const schema = parameters[name]?.schema as Partial<ParameterDocs> | undefined;
  if (schema?.description === undefined) throw new Error(`:${name} of ${path} is not described.`);
  return { ...schema, description: schema.description };
}
