import { Module, type Provider } from '@nestjs/common';
import { PUBLIC_URL } from '../../http/public-url.js';
import { REALMS_ADDRESS } from './realm-address.js';
import { RealmEventsController } from './realm-events.controller.js';
import { RealmEventsService } from './realm-events.service.js';
import { RealmEvents } from './realm-events.table.js';

const address: Provider = {
  provide: REALMS_ADDRESS,
  inject: [PUBLIC_URL],
  useFactory: (publicUrl: string) => `${publicUrl}/v1`,
};

@Module({
  controllers: [RealmEventsController],
  providers: [RealmEventsService, RealmEvents, address],
})
export class RealmsModule {}
