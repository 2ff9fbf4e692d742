import type { INestApplicationContext } from '@nestjs/common';

/** Being written in the branch `admin`. */
export function seedDemo(_app: INestApplicationContext): Promise<object> {
  return Promise.resolve({});
}
