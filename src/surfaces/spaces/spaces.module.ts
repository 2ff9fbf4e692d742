import { Module } from '@nestjs/common';
import { SpaceBookingsService } from './space-bookings.service.js';
import { SpaceBookings } from './space-bookings.table.js';
import { SpaceChangesService } from './space-changes.service.js';
import { SpaceCheckInsController } from './space-check-ins.controller.js';
import { SpaceCheckInsService } from './space-check-ins.service.js';
import { SpaceCheckIns } from './space-check-ins.table.js';
import { SpaceChanges } from './space-changes.table.js';
import { SpaceClashSearch } from './space-clashes.table.js';
import { SpaceClashes } from './space-clashes.js';
import { SpaceEventsController } from './space-events.controller.js';
import { SpaceEventsService } from './space-events.service.js';
import { SpaceEvents } from './space-events.table.js';
import { SpaceFreeBusyService } from './space-free-busy.service.js';
import { SpaceFreeBusyTable } from './space-free-busy.table.js';
import { SpaceHorizon } from './space-horizon.js';
import { SpaceHorizonTable } from './space-horizon.table.js';
import { SpaceStatesController } from './space-states.controller.js';
import { SpaceStatesService } from './space-states.service.js';
import { SpaceStates } from './space-states.table.js';
import { SpacesController } from './spaces.controller.js';
import { SpacesService } from './spaces.service.js';
import { Spaces } from './spaces.table.js';

@Module({
  controllers: [SpaceEventsController, SpaceCheckInsController, SpaceStatesController, SpacesController],
  providers: [
    SpaceEventsService,
    SpaceBookingsService,
    SpaceChangesService,
    SpaceClashes,
    SpaceCheckInsService,
    SpaceStatesService,
    SpaceFreeBusyService,
    SpacesService,
    SpaceHorizon,
    SpaceEvents,
    SpaceBookings,
    SpaceChanges,
    SpaceClashSearch,
    SpaceCheckIns,
    SpaceStates,
    SpaceFreeBusyTable,
    SpaceHorizonTable,
    Spaces,
  ],
})
export class SpacesModule {}
