import { Module } from '@nestjs/common';
import { repositories } from '../../database/statement-repository.js';
import { PollAuthController } from './poll-auth.controller.js';
import { PollEventListsService } from './events/poll-event-lists.service.js';
import { PollEventChangesService } from './events/poll-event-changes.service.js';
import { PollParticipantsService } from './votes/poll-participants.service.js';
import { PollEventListsRepository } from './events/poll-event-lists.repository.js';
import { PollEventsController } from './events/poll-events.controller.js';
import { PollEventsService } from './events/poll-events.service.js';
import { PollKeysSealer } from './events/poll-keys-sealer.js';
import { PollEventsRepository } from './events/poll-events.repository.js';
import { PollHookDelivery } from './hooks/poll-hook-delivery.js';
import { PollHooksController } from './hooks/poll-hooks.controller.js';
import { PollHooksService } from './hooks/poll-hooks.service.js';
import { PollHooksRepository } from './hooks/poll-hooks.repository.js';
import { PollNoticeDelivery } from './notifications/poll-notice-delivery.js';
import { PollNoticesRepository } from './notifications/poll-notices.repository.js';
import { PollNotifications } from './notifications/poll-notifications.js';
import { PollPagesController } from './voting-page/poll-pages.controller.js';
import { PollPeopleRepository } from './people/poll-people.repository.js';
import { PollInviteeAccess } from './votes/poll-invitee-access.js';
import { PollBusyTimesRepository } from './slots/poll-busy-times.repository.js';
import { PollSlotsController } from './slots/poll-slots.controller.js';
import { PollSlotsService } from './slots/poll-slots.service.js';
import { PollTeamEventsService } from './teams/poll-team-events.service.js';
import { PollTeamAliasController, PollTeamsController } from './teams/poll-teams.controller.js';
import { PollTeamsRepository } from './teams/poll-teams.repository.js';
import { PollTeamsService } from './teams/poll-teams.service.js';
import { PollJoinedDelivery } from './users/poll-joined-delivery.js';
import { PollUsersController } from './users/poll-users.controller.js';
import { PollUsersRepository } from './users/poll-users.repository.js';
import { PollUsersService } from './users/poll-users.service.js';
import { PollVotesController } from './votes/poll-votes.controller.js';

@Module({
  controllers: [
    PollAuthController,
    PollEventsController,
    PollVotesController,
    PollPagesController,
    PollHooksController,
    PollUsersController,
    PollTeamsController,
    PollTeamAliasController,
    PollSlotsController,
  ],
  providers: [
    PollEventsService,
    PollEventListsService,
    PollEventChangesService,
    PollParticipantsService,
    PollNotifications,
    PollInviteeAccess,
    PollHooksService,
    PollHookDelivery,
    PollNoticeDelivery,
    PollUsersService,
    PollJoinedDelivery,
    PollTeamsService,
    PollTeamEventsService,
    PollSlotsService,
    PollKeysSealer,
    ...repositories(
      PollEventsRepository,
      PollEventListsRepository,
      PollPeopleRepository,
      PollHooksRepository,
      PollNoticesRepository,
      PollUsersRepository,
      PollTeamsRepository,
      PollBusyTimesRepository,
    ),
  ],
})
export class PollsModule {}
