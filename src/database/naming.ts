import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** `organizationId` → `organization_id`. Constraints are never named here: each entity names its own. */
export class SnakeCaseNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snakeCase(propertyName);
  }

  override tableName(className: string, customName: string | undefined): string {
    return customName ?? snakeCase(className);
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter, index: number) => `${index > 0 ? '_' : ''}${letter.toLowerCase()}`);
}
