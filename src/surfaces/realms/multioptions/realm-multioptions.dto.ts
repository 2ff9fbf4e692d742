import { ApiProperty, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import { RealmMultigetDto } from '../multiget/realm-multiget.dto.js';

/** The paths of which the methods are asked for. */
export class RealmMultioptionsDto extends RealmMultigetDto {}

export class RealmMethodsDto {
  @ApiProperty({ type: [String], description: 'Methods of the path.', example: ['GET', 'HEAD', 'OPTIONS'] })
  methods!: string[];
}

@ApiExtraModels(RealmMethodsDto)
export class RealmMultioptionsPartDto {
  @ApiProperty({ description: 'The path as it was asked for.', example: '/v1/sections/12/events' })
  location!: string;
  @ApiProperty({
    type: 'integer',
    enum: [200, 404],
    description: '404 where nothing is at such a path.',
    example: 200,
  })
  response_code!: number;
  @ApiProperty({
    description: 'Empty with 404.',
    oneOf: [{ $ref: getSchemaPath(RealmMethodsDto) }, { type: 'string', maxLength: 0 }],
    example: { methods: ['GET', 'HEAD', 'OPTIONS', 'POST'] },
  })
  body!: RealmMethodsDto | '';
}

export class RealmMultioptionsResponseDto {
  @ApiProperty({ type: [RealmMultioptionsPartDto], description: 'In the order of the question.' })
  response!: RealmMultioptionsPartDto[];
}
