import { Module } from '@nestjs/common';
import { PollAuthController } from './poll-auth.controller.js';
import { PollEventListsService } from './poll-event-lists.service.js';
import { PollEventChanges } from './poll-event.changes.js';
import { PollParticipantsService } from './poll-participants.service.js';
import { PollEventLists } from './poll-event-lists.table.js';
import { PollEventsController } from './poll-events.controller.js';
import { PollEventsService } from './poll-events.service.js';
import { PollEvents } from './poll-events.table.js';
import { PollHookCarrier } from './poll-hook.carrier.js';
import { PollHooksController } from './poll-hooks.controller.js';
import { PollHooksService } from './poll-hooks.service.js';
import { PollHooks } from './poll-hooks.table.js';
import { PollNews } from './poll-news.js';
import { PollPagesController } from './poll-pages.controller.js';
import { PollPeople } from './poll-people.table.js';
import { PollVoters } from './poll-voters.js';
import { PollVotesController } from './poll-votes.controller.js';

@Module({
  controllers: [
    PollAuthController,
    PollEventsController,
    PollVotesController,
    PollPagesController,
    PollHooksController,
  ],
  providers: [
    PollEventsService,
    PollEventListsService,
    PollEventChanges,
    PollParticipantsService,
    PollEvents,
    PollEventLists,
    PollPeople,
    PollNews,
    PollVoters,
    PollHooksService,
    PollHooks,
    PollHookCarrier,
  ],
})
export class PollsModule {}
