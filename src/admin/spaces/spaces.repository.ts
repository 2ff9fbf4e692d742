import { invalidField } from '../../core/failure.js';
import { Space } from '../../surfaces/spaces/catalogue/space.entity.js';
import { AdminRepository } from '../admin.repository.js';

/** Rooms and desks of organizations. */
export class SpacesRepository extends AdminRepository<Space> {
  static readonly entity = Space;
  protected readonly noun = 'space';
  protected override readonly refusals = {
    fk_spaces_location: () => invalidField('location_id', 'location_id is no location of this organization'),
  };
}
