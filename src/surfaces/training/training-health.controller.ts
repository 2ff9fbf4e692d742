import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OpenToAnybody } from '../../auth/requirement.js';

const HEALTHY = { status: 'ok', message: 'Healthy' } as const;

@ApiTags('Health')
@OpenToAnybody('clients of this product ask before they have a credential')
@Controller('api/v1/health')
export class TrainingHealthController {
  @Get()
  @ApiOperation({ operationId: 'getTrainingHealth', summary: 'Tell that the API answers' })
  @ApiOkResponse({ schema: { type: 'object', example: HEALTHY } })
  health(): typeof HEALTHY {
    return HEALTHY;
  }
}
