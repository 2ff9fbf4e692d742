import { Module, type Provider } from '@nestjs/common';
import { PUBLIC_URL } from '../../http/public-url.js';
import { TrainingClassesController } from './training-classes.controller.js';
import { TrainingClassesService } from './training-classes.service.js';
import { TrainingClasses } from './training-classes.table.js';
import { TrainingEventPagesController } from './training-event-pages.controller.js';
import { TrainingEventPages } from './training-event-pages.table.js';
import { TrainingEventPagesService } from './training-event-pages.service.js';
import { TrainingEventsController } from './training-events.controller.js';
import { TrainingEventsService } from './training-events.service.js';
import { TrainingEvents } from './training-events.table.js';
import { EVENT_LINK, type EventLink } from './training-events.wire.js';
import { TrainingHealthController } from './training-health.controller.js';
import { TrainingMembersController } from './training-members.controller.js';
import { TrainingMembers } from './training-members.table.js';

const links: Provider = {
  provide: EVENT_LINK,
  inject: [PUBLIC_URL],
  useFactory:
    (publicUrl: string): EventLink =>
    (id) =>
      `${publicUrl}/event/${id}`,
};

@Module({
  controllers: [
    TrainingEventsController,
    TrainingClassesController,
    TrainingMembersController,
    TrainingHealthController,
    TrainingEventPagesController,
  ],
  providers: [
    TrainingEventsService,
    TrainingClassesService,
    TrainingEvents,
    TrainingClasses,
    TrainingMembers,
    TrainingEventPages,
    TrainingEventPagesService,
    links,
  ],
})
export class TrainingModule {}
