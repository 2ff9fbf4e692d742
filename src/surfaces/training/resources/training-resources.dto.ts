import { isStorable } from '../../../core/storable-text.js';
import { parseInstant, type Instant } from '../../../core/instant.js';
import {
  Changeable,
  check,
  Clearable,
  Optional,
  OptionalResponseField,
  Required,
  ResponseField,
  shownAs,
  type Field,
} from '../../../http/validation/field.js';
import { flag, listOf, text } from '../../../http/validation/fields.js';
import type { WebviewLink } from './training-resource.entity.js';
import type { TrainingResourceJson, TrainingResourceRow } from './training-resources.repository.js';
import * as training from '../training.fields.js';

const MAX_TEXT = 256;
const MAX_SCRIPT = 65_536;
const MAX_LINKS = 100;
const MAX_REGIONS = 100;

const TYPE = text({ max: MAX_TEXT, description: 'Kind of resource.', example: 'lab_instance' });
const NAME = text({ min: 1, max: MAX_TEXT, description: 'What the machine is called.', example: 'node-1' });
const IMAGE_ID = text({
  max: MAX_TEXT,
  description: 'Id of the image that the machine boots, as its cloud calls it.',
  example: 'ami-0abcdef1234567890',
});
const IMAGE_USER = text({ max: MAX_TEXT, description: 'User to log in as.', example: 'ubuntu' });
const INSTANCE_TYPE = text({
  max: MAX_TEXT,
  description: 'Size of the machine, as its cloud calls it.',
  example: 't3.medium',
});
const IS_CUSTOM_IMAGE = flag({
  description: 'Whether the image is one of the organization itself.',
  example: false,
});
const USERDATA = text({
  max: MAX_SCRIPT,
  description: 'Script for the first boot of the machine.',
  example: '#!/bin/sh\napt-get update',
});
const POST_LAUNCH_SCRIPT = text({
  max: MAX_SCRIPT,
  description: 'Script to run once the machine is up.',
  example: '#!/bin/sh\necho ready',
});
const EC2_REGION = text({ max: MAX_TEXT, description: 'Region of the machine.', example: 'eu-central-1' });
const VIEW_INTERFACE = text({
  min: 1,
  max: MAX_TEXT,
  description: 'How learners see the machine.',
  example: 'terminal',
});
const IMAGE_REGION_MAPPING: Field = {
  checks: [
    check(
      'isImageRegionMapping',
      `must be an object of at most ${MAX_REGIONS} regions, each with the id of an image`,
      isImageRegionMapping,
    ),
  ],
  schema: {
    type: 'object',
    additionalProperties: { type: 'string', maxLength: MAX_TEXT },
    description: 'Id of the image in each region.',
    example: { 'eu-west-1': 'ami-0abcdef1234567890' },
  },
};
const LINK_NAME = text({ min: 1, max: MAX_TEXT, description: 'Label of the link.', example: 'Dashboard' });
const LINK_URL = text({
  min: 1,
  max: MAX_TEXT,
  description: 'Address of the link; may hold placeholders.',
  example: 'http://node-1.example.org:8080',
});

function isImageRegionMapping(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const isText = (word: unknown): boolean =>
    typeof word === 'string' && word.length <= MAX_TEXT && isStorable(word);
  const regions = Object.entries(value);
  return regions.length <= MAX_REGIONS && regions.every((pair) => pair.every(isText));
}

export class WebviewLinkDto {
  @Required(LINK_NAME) name!: string;
  @Required(LINK_URL) url!: string;
}

const WEBVIEW_LINKS = listOf(() => WebviewLinkDto, {
  max: MAX_LINKS,
  description: 'Pages of the machine to show beside its terminal.',
});

export class CreateTrainingResourceDto {
  @Required(NAME) name!: string;
  @Optional(TYPE) type?: string | null;
  @Optional(IMAGE_ID) image_id?: string | null;
  @Optional(IMAGE_USER) image_user?: string | null;
  @Optional(INSTANCE_TYPE) instance_type?: string | null;
  @Optional(IS_CUSTOM_IMAGE) is_custom_image?: boolean | null;
  @Optional(WEBVIEW_LINKS) webview_links?: WebviewLinkDto[] | null;
  @Optional(USERDATA) userdata?: string | null;
  @Optional(POST_LAUNCH_SCRIPT) post_launch_script?: string | null;
  @Optional(EC2_REGION) ec2_region?: string | null;
  @Optional(VIEW_INTERFACE) view_interface?: string | null;
  @Optional(IMAGE_REGION_MAPPING) image_region_mapping?: Record<string, string> | null;
}

export class UpdateTrainingResourceDto {
  @Changeable(NAME) name?: string;
  @Clearable(TYPE) type?: string | null;
  @Clearable(IMAGE_ID) image_id?: string | null;
  @Clearable(IMAGE_USER) image_user?: string | null;
  @Clearable(INSTANCE_TYPE) instance_type?: string | null;
  @Clearable(IS_CUSTOM_IMAGE) is_custom_image?: boolean | null;
  @Clearable(WEBVIEW_LINKS) webview_links?: WebviewLinkDto[] | null;
  @Clearable(USERDATA) userdata?: string | null;
  @Clearable(POST_LAUNCH_SCRIPT) post_launch_script?: string | null;
  @Clearable(EC2_REGION) ec2_region?: string | null;
  @Clearable(VIEW_INTERFACE) view_interface?: string | null;
  @Clearable(IMAGE_REGION_MAPPING) image_region_mapping?: Record<string, string> | null;
}

/** A lab machine; texts that are not set are left out. */
export class TrainingResourceResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(TYPE) type!: string;
  @ResponseField(NAME) name!: string;
  @OptionalResponseField(IMAGE_ID) image_id?: string;
  @OptionalResponseField(IMAGE_USER) image_user?: string;
  @OptionalResponseField(INSTANCE_TYPE) instance_type?: string;
  @ResponseField(IS_CUSTOM_IMAGE) is_custom_image!: boolean;
  @shownAs({ type: () => WebviewLinkDto, isArray: true }) webview_links!: readonly WebviewLink[];
  @OptionalResponseField(USERDATA) userdata?: string;
  @OptionalResponseField(POST_LAUNCH_SCRIPT) post_launch_script?: string;
  @OptionalResponseField(EC2_REGION) ec2_region?: string;
  @OptionalResponseField(VIEW_INTERFACE) view_interface?: string;
  @OptionalResponseField(IMAGE_REGION_MAPPING) image_region_mapping?: Readonly<Record<string, string>>;
  @ResponseField(training.CREATED_AT) created_at!: Instant;
  @ResponseField(training.UPDATED_AT) updated_at!: Instant;
}

export function viewTrainingResource(row: TrainingResourceRow): TrainingResourceResponseDto {
  const { id, type, name, image_id, image_user, instance_type, is_custom_image, webview_links } = row;
  const {
    userdata,
    post_launch_script,
    ec2_region,
    view_interface,
    image_region_mapping,
    created_at,
    updated_at,
  } = row;
  return {
    id,
    type,
    name,
    ...(image_id !== null && { image_id }),
    ...(image_user !== null && { image_user }),
    ...(instance_type !== null && { instance_type }),
    is_custom_image,
    webview_links,
    ...(userdata !== null && { userdata }),
    ...(post_launch_script !== null && { post_launch_script }),
    ...(ec2_region !== null && { ec2_region }),
    ...(view_interface !== null && { view_interface }),
    ...(image_region_mapping !== null && { image_region_mapping }),
    created_at,
    updated_at,
  };
}

export function viewTrainingResourceJson(json: TrainingResourceJson): TrainingResourceResponseDto {
  const { created_at, updated_at } = json;
  return viewTrainingResource({
    ...json,
    created_at: parseInstant(created_at) as Instant,
    updated_at: parseInstant(updated_at) as Instant,
  });
}
