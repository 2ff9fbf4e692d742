import { SpaceLocation } from '../../surfaces/spaces/catalogue/space-location.entity.js';
import { AdminRepository } from '../admin.repository.js';

/** Locations of organizations. */
export class LocationsRepository extends AdminRepository<SpaceLocation> {
  static readonly entity = SpaceLocation;
  protected readonly noun = 'location';
}
