import type { Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { MetadataScanner, type ModulesContainer } from '@nestjs/core';

const scanner = new MetadataScanner();

/** The types that all routes declare for their body and their query. */
export function declaredTypes(modules: ModulesContainer): Set<unknown> {
  const controllers = [...modules.values()].flatMap((module) => [...module.controllers.values()]);
  return new Set(controllers.flatMap(({ metatype }) => typesOf(metatype as Type<object>)));
}

function typesOf(controller: Type<object>): unknown[] {
  const prototype = controller.prototype as object;
  return scanner.getAllMethodNames(prototype).flatMap((method) => {
    const types = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as unknown[];
    const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Record<
      string,
      { readonly index: number }
    >;
    return Object.entries(parameters)
      .filter(([key]) => CONTENT.has(key.split(':', 1)[0] ?? ''))
      .map(([, { index }]) => types[index]);
  });
}

/** How Nest names the decorators of parameters that the pipe checks. */
const CONTENT: ReadonlySet<string> = new Set([String(RouteParamtypes.BODY), String(RouteParamtypes.QUERY)]);
