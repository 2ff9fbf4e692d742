import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public } from '../../auth/requirement.js';

const HEALTHY = { status: 'ok', message: 'Healthy' } as const;

export class TrainingHealthResponseDto {
  @ApiProperty({ enum: [HEALTHY.status], example: HEALTHY.status }) status!: typeof HEALTHY.status;
  @ApiProperty({ enum: [HEALTHY.message], example: HEALTHY.message }) message!: typeof HEALTHY.message;
}

@ApiTags('Health')
@Public('clients of this product ask before they have a credential')
@Controller('api/v1/health')
export class TrainingHealthController {
  @Get()
  @ApiOperation({ operationId: 'getTrainingHealth', summary: 'Tell that the API answers' })
  @ApiOkResponse({ type: TrainingHealthResponseDto, description: 'It does.' })
  health(): TrainingHealthResponseDto {
    return HEALTHY;
  }
}
