import { Module, type Provider } from '@nestjs/common';
import { repositories } from '../../database/statement-repository.js';
import { CONFIG, type Config } from '../../config/config.js';
import { REALMS_URL } from './realms-url.js';
import { RealmCommentsController } from './comments/realm-comments.controller.js';
import { RealmCommentsService } from './comments/realm-comments.service.js';
import { RealmCommentsRepository } from './comments/realm-comments.repository.js';
import { RealmConsentsController } from './oauth/realm-consents.controller.js';
import { RealmConsentsService } from './oauth/realm-consents.service.js';
import { RealmEventListsRepository } from './events/realm-event-lists.repository.js';
import { RealmOwnEventsController } from './events/realm-own-events.controller.js';
import { RealmEventsController } from './events/realm-events.controller.js';
import { RealmEventsService } from './events/realm-events.service.js';
import { RealmEventsRepository } from './events/realm-events.repository.js';
import { RealmFeedController } from './feed/realm-feed.controller.js';
import { RealmFeedService } from './feed/realm-feed.service.js';
import { RealmFeedRepository } from './feed/realm-feed.repository.js';
import { RealmMultigetController } from './multiget/realm-multiget.controller.js';
import { RealmMultigetService } from './multiget/realm-multiget.service.js';
import { RealmMultioptionsController } from './multioptions/realm-multioptions.controller.js';
import { RealmMultioptionsService } from './multioptions/realm-multioptions.service.js';
import { RealmRsvpsController } from './rsvps/realm-rsvps.controller.js';
import { RealmRsvpsService } from './rsvps/realm-rsvps.service.js';
import { RealmRsvpsRepository } from './rsvps/realm-rsvps.repository.js';
import { RealmTokensController } from './oauth/realm-tokens.controller.js';
import { RealmCatalogueController } from './catalogue/realm-catalogue.controller.js';
import { RealmCatalogueService } from './catalogue/realm-catalogue.service.js';
import { RealmCatalogueRepository } from './catalogue/realm-catalogue.repository.js';
import { RealmEnrollmentsController } from './enrollments/realm-enrollments.controller.js';
import { RealmEnrollmentsService } from './enrollments/realm-enrollments.service.js';
import { RealmEnrollmentsRepository } from './enrollments/realm-enrollments.repository.js';
import { RealmUserRealmsController } from './users/realm-user-realms.controller.js';
import { RealmUsersController } from './users/realm-users.controller.js';
import { RealmUsersService } from './users/realm-users.service.js';
import { RealmUsersRepository } from './users/realm-users.repository.js';

const address: Provider = {
  provide: REALMS_URL,
  inject: [CONFIG],
  useFactory: ({ publicUrl }: Config) => `${publicUrl}/v1`,
};

@Module({
  controllers: [
    RealmEventsController,
    RealmOwnEventsController,
    RealmRsvpsController,
    RealmCommentsController,
    RealmFeedController,
    RealmUsersController,
    RealmUserRealmsController,
    RealmCatalogueController,
    RealmEnrollmentsController,
    RealmMultigetController,
    RealmMultioptionsController,
    RealmTokensController,
    RealmConsentsController,
  ],
  providers: [
    RealmEventsService,
    RealmRsvpsService,
    RealmCommentsService,
    RealmFeedService,
    RealmUsersService,
    RealmCatalogueService,
    RealmEnrollmentsService,
    RealmMultigetService,
    RealmMultioptionsService,
    RealmConsentsService,
    ...repositories(
      RealmEventsRepository,
      RealmEventListsRepository,
      RealmRsvpsRepository,
      RealmCommentsRepository,
      RealmFeedRepository,
      RealmUsersRepository,
      RealmCatalogueRepository,
      RealmEnrollmentsRepository,
    ),
    address,
  ],
})
export class RealmsModule {}
