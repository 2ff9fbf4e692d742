import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { SurfaceCard } from './surface-card.js';

const VERSION = '1.0.0';

/** The OpenAPI document of one surface, from its module alone. */
export function surfaceDocument(
  app: INestApplication,
  surface: SurfaceCard,
  publicUrl: string,
): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle(`Quintet: ${surface.title}`)
    .setDescription(surface.description)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl)
    .addSecurity(surface.name, surface.security as Parameters<DocumentBuilder['addSecurity']>[1])
    .addSecurityRequirements(surface.name)
    .build();
  return SwaggerModule.createDocument(app, config, { include: [surface.module], autoTagControllers: false });
}
