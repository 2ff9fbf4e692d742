import { Module, type Provider } from '@nestjs/common';
import { repositories } from '../../database/statement-repository.js';
import { CONFIG, type Config } from '../../config/config.js';
import { TrainingClassCatalogueService } from './classes/training-class-catalogue.service.js';
import { TrainingClassesController } from './classes/training-classes.controller.js';
import { TrainingClassesService } from './classes/training-classes.service.js';
import { TrainingClassesRepository } from './classes/training-classes.repository.js';
import { TrainingEventPagesController } from './event-pages/training-event-pages.controller.js';
import { TrainingEventPagesRepository } from './event-pages/training-event-pages.repository.js';
import { TrainingEventPagesService } from './event-pages/training-event-pages.service.js';
import { TrainingEventsController } from './events/training-events.controller.js';
import { TrainingEventsService } from './events/training-events.service.js';
import { TrainingEventsRepository } from './events/training-events.repository.js';
import { EVENT_LINK, type EventLink } from './events/training-events.dto.js';
import { TrainingResourcesController } from './resources/training-resources.controller.js';
import { TrainingResourcesRepository } from './resources/training-resources.repository.js';
import { TrainingResourcesService } from './resources/training-resources.service.js';
import { TrainingPresentationsController } from './presentations/training-presentations.controller.js';
import { TrainingPresentationsRepository } from './presentations/training-presentations.repository.js';
import { TrainingPresentationsService } from './presentations/training-presentations.service.js';
import { TrainingMembersService } from './members/training-members.service.js';
import { TrainingPartnersController } from './partners/training-partners.controller.js';
import { TrainingPartnersRepository } from './partners/training-partners.repository.js';
import { TrainingPartnersService } from './partners/training-partners.service.js';
import { TrainingCoursesController } from './ondemand/training-courses.controller.js';
import { TrainingCoursesRepository } from './ondemand/training-courses.repository.js';
import { TrainingCoursesService } from './ondemand/training-courses.service.js';
import { TrainingEnrollmentsController } from './enrollments/training-enrollments.controller.js';
import { TrainingEnrollmentsRepository } from './enrollments/training-enrollments.repository.js';
import { TrainingEnrollmentsService } from './enrollments/training-enrollments.service.js';
import { TrainingFinishedEventsRepository } from './subscriptions/training-finished-events.repository.js';
import { TrainingFinishedEventsService } from './subscriptions/training-finished-events.service.js';
import { TrainingSubscriptionDelivery } from './subscriptions/training-subscription-delivery.js';
import { TrainingSubscriptionsController } from './subscriptions/training-subscriptions.controller.js';
import { TrainingSubscriptionsRepository } from './subscriptions/training-subscriptions.repository.js';
import { TrainingSubscriptionsService } from './subscriptions/training-subscriptions.service.js';
import { TrainingWorkspacesController } from './workspaces/training-workspaces.controller.js';
import { TrainingWorkspacesRepository } from './workspaces/training-workspaces.repository.js';
import { TrainingWorkspacesService } from './workspaces/training-workspaces.service.js';
import { AdministratorsOnly } from './administrators-only.js';
import { TrainingHealthController } from './training-health.controller.js';
import { TrainingMembersController } from './members/training-members.controller.js';
import { TrainingMembersRepository } from './members/training-members.repository.js';

const links: Provider = {
  provide: EVENT_LINK,
  inject: [CONFIG],
  useFactory:
    ({ publicUrl }: Config): EventLink =>
    (id) =>
      `${publicUrl}/event/${id}`,
};

@Module({
  controllers: [
    TrainingEventsController,
    TrainingClassesController,
    TrainingResourcesController,
    TrainingPresentationsController,
    TrainingMembersController,
    TrainingPartnersController,
    TrainingCoursesController,
    TrainingEnrollmentsController,
    TrainingWorkspacesController,
    TrainingSubscriptionsController,
    TrainingHealthController,
    TrainingEventPagesController,
  ],
  providers: [
    TrainingEventsService,
    TrainingClassesService,
    TrainingClassCatalogueService,
    TrainingResourcesService,
    TrainingPresentationsService,
    TrainingWorkspacesService,
    TrainingMembersService,
    TrainingPartnersService,
    TrainingCoursesService,
    TrainingEnrollmentsService,
    TrainingSubscriptionsService,
    TrainingSubscriptionDelivery,
    TrainingFinishedEventsService,
    AdministratorsOnly,
    TrainingEventPagesService,
    ...repositories(
      TrainingEventsRepository,
      TrainingClassesRepository,
      TrainingResourcesRepository,
      TrainingPresentationsRepository,
      TrainingMembersRepository,
      TrainingPartnersRepository,
      TrainingCoursesRepository,
      TrainingEnrollmentsRepository,
      TrainingWorkspacesRepository,
      TrainingSubscriptionsRepository,
      TrainingFinishedEventsRepository,
      TrainingEventPagesRepository,
    ),
    links,
  ],
  exports: [TrainingClassesRepository, TrainingClassCatalogueService],
})
export class TrainingModule {}
