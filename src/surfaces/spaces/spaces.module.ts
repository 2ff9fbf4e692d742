import { Module } from '@nestjs/common';
import { repositories } from '../../database/statement-repository.js';
import { SpaceBookingsService } from './bookings/space-bookings.service.js';
import { SpaceBookingsRepository } from './bookings/space-bookings.repository.js';
import { SpaceChangesService } from './bookings/space-changes.service.js';
import { SpaceCheckInsController } from './check-ins/space-check-ins.controller.js';
import { SpaceCheckInsService } from './check-ins/space-check-ins.service.js';
import { SpaceCheckInsRepository } from './check-ins/space-check-ins.repository.js';
import { SpaceChangesRepository } from './bookings/space-changes.repository.js';
import { SpaceClashesRepository } from './bookings/space-clashes.repository.js';
import { SpaceClashesService } from './bookings/space-clashes.service.js';
import { SpaceLocksService } from './bookings/space-locks.service.js';
import { SpaceAmenitiesController } from './amenities/space-amenities.controller.js';
import { SpaceAmenitiesRepository } from './amenities/space-amenities.repository.js';
import { SpaceAmenitiesService } from './amenities/space-amenities.service.js';
import { SpaceCatalogueRepository } from './catalogue/space-catalogue.repository.js';
import { SpaceCatalogueService } from './catalogue/space-catalogue.service.js';
import { SpaceDeletionRepository } from './catalogue/space-deletion.repository.js';
import { SpaceWritesController } from './catalogue/space-writes.controller.js';
import { SpaceWritesService } from './catalogue/space-writes.service.js';
import { SpaceLevelsController } from './levels/space-levels.controller.js';
import { SpaceLevelsRepository } from './levels/space-levels.repository.js';
import { SpaceLevelsService } from './levels/space-levels.service.js';
import { SpaceDevicesController } from './devices/space-devices.controller.js';
import { SpaceDevicesRepository } from './devices/space-devices.repository.js';
import { SpaceDevicesService } from './devices/space-devices.service.js';
import { SpaceEventsController } from './events/space-events.controller.js';
import { SpaceEventsService } from './events/space-events.service.js';
import { SpaceEventsRepository } from './events/space-events.repository.js';
import { SpaceFreeBusyService } from './availability/space-free-busy.service.js';
import { SpaceFreeBusyRepository } from './availability/space-free-busy.repository.js';
import { SpaceHorizonService } from './series/space-horizon.service.js';
import { SpaceHorizonRepository } from './series/space-horizon.repository.js';
import { SpaceStatesController } from './availability/space-states.controller.js';
import { SpaceStatesService } from './availability/space-states.service.js';
import { SpaceStatesRepository } from './availability/space-states.repository.js';
import { SpaceAccessTokensController } from './access-tokens/space-access-tokens.controller.js';
import { SpaceAccessTokensService } from './access-tokens/space-access-tokens.service.js';
import { SpaceSignInController } from './access-tokens/space-sign-in.controller.js';
import { SpaceSignInService } from './access-tokens/space-sign-in.service.js';
import { SpacePeopleController } from './people/space-people.controller.js';
import { SpacePeopleService } from './people/space-people.service.js';
import { SpacePeopleRepository } from './people/space-people.repository.js';
import { SpacePresencePruner } from './presence/space-presence-pruner.js';
import { SpacePresencesController } from './presence/space-presences.controller.js';
import { SpacePresencesService } from './presence/space-presences.service.js';
import { SpacePresencesRepository } from './presence/space-presences.repository.js';
import { SpacesController } from './catalogue/spaces.controller.js';
import { SpacesService } from './catalogue/spaces.service.js';
import { SpacesRepository } from './catalogue/spaces.repository.js';

@Module({
  controllers: [
    SpaceEventsController,
    SpaceCheckInsController,
    SpaceStatesController,
    SpacesController,
    SpacePeopleController,
    SpaceAccessTokensController,
    SpaceSignInController,
    SpacePresencesController,
    SpaceDevicesController,
    SpaceAmenitiesController,
    SpaceLevelsController,
    SpaceWritesController,
  ],
  providers: [
    SpaceEventsService,
    SpaceBookingsService,
    SpaceChangesService,
    SpaceClashesService,
    SpaceLocksService,
    SpaceCheckInsService,
    SpaceStatesService,
    SpaceFreeBusyService,
    SpacesService,
    SpacePeopleService,
    SpaceAccessTokensService,
    SpaceSignInService,
    SpacePresencesService,
    SpacePresencePruner,
    SpaceHorizonService,
    SpaceDevicesService,
    SpaceAmenitiesService,
    SpaceLevelsService,
    SpaceCatalogueService,
    SpaceWritesService,
    ...repositories(
      SpaceEventsRepository,
      SpaceBookingsRepository,
      SpaceChangesRepository,
      SpaceClashesRepository,
      SpaceCheckInsRepository,
      SpaceStatesRepository,
      SpaceFreeBusyRepository,
      SpaceHorizonRepository,
      SpacesRepository,
      SpacePeopleRepository,
      SpacePresencesRepository,
      SpaceDevicesRepository,
      SpaceAmenitiesRepository,
      SpaceLevelsRepository,
      SpaceCatalogueRepository,
      SpaceDeletionRepository,
    ),
  ],
  exports: [SpaceCatalogueRepository, SpaceCatalogueService],
})
export class SpacesModule {}
