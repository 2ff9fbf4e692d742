import { readFileSync } from 'node:fs';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from './public.decorator.js';

const PAGE_CSS = asset('page.css');
const ICON_SVG = asset('icon.svg');
const LOCAL_TIME_JS = asset('local-time.js');
const AN_HOUR = 'public, max-age=3600';

function asset(name: string): string {
  return readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
}

/** What pages need beside their HTML. Everything is local: no page of ours asks another host for anything. */
@ApiExcludeController()
@Public('pages load it before anybody signs in')
@Controller('assets')
export class AssetsController {
  @Get('page.css')
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', AN_HOUR)
  pageCss(): string {
    return PAGE_CSS;
  }

  @Get('icon.svg')
  @Header('content-type', 'image/svg+xml')
  @Header('cache-control', AN_HOUR)
  iconSvg(): string {
    return ICON_SVG;
  }

  @Get('local-time.js')
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', AN_HOUR)
  localTimeJs(): string {
    return LOCAL_TIME_JS;
  }
}
