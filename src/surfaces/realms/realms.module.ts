import { Module, type Provider } from '@nestjs/common';
import { PUBLIC_URL } from '../../http/public-url.js';
import { REALMS_ADDRESS } from './realm-address.js';
import { RealmCommentsController } from './realm-comments.controller.js';
import { RealmCommentsService } from './realm-comments.service.js';
import { RealmComments } from './realm-comments.table.js';
import { RealmConsentsController } from './realm-consents.controller.js';
import { RealmConsentsService } from './realm-consents.service.js';
import { RealmEventLists } from './realm-event-lists.table.js';
import { RealmEventsController } from './realm-events.controller.js';
import { RealmEventsService } from './realm-events.service.js';
import { RealmEvents } from './realm-events.table.js';
import { RealmFeedController } from './realm-feed.controller.js';
import { RealmFeedService } from './realm-feed.service.js';
import { RealmFeeds } from './realm-feed.table.js';
import { RealmMultigetController } from './realm-multiget.controller.js';
import { RealmMultigetService } from './realm-multiget.service.js';
import { RealmRsvpsController } from './realm-rsvps.controller.js';
import { RealmRsvpsService } from './realm-rsvps.service.js';
import { RealmRsvps } from './realm-rsvps.table.js';
import { RealmTokensController } from './realm-tokens.controller.js';

const address: Provider = {
  provide: REALMS_ADDRESS,
  inject: [PUBLIC_URL],
  useFactory: (publicUrl: string) => `${publicUrl}/v1`,
};

@Module({
  controllers: [
    RealmEventsController,
    RealmRsvpsController,
    RealmCommentsController,
    RealmFeedController,
    RealmMultigetController,
    RealmTokensController,
    RealmConsentsController,
  ],
  providers: [
    RealmEventsService,
    RealmEvents,
    RealmEventLists,
    RealmRsvpsService,
    RealmRsvps,
    RealmCommentsService,
    RealmComments,
    RealmFeedService,
    RealmFeeds,
    RealmMultigetService,
    RealmConsentsService,
    address,
  ],
})
export class RealmsModule {}
