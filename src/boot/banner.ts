import { shellWord } from '../http/landing/shell.js';
import type { LocalFiles } from './local-files.js';

/** The message printed once the service listens. It contains no secret. */
export function banner(publicUrl: string, address: string, files: LocalFiles | undefined): string {
  const lines = [
    '',
    `  Quintet listens on ${address}`,
    `  In a browser       ${publicUrl}`,
    `  Documents          ${publicUrl}/docs`,
    ...(files === undefined ? [] : localLines(publicUrl, files)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function localLines(publicUrl: string, files: LocalFiles): string[] {
  const credential = `"Authorization: $(node -p 'require(process.argv[1]).training.authorization' ${shellWord(files.demo)})"`;
  return [
    `  Demo credentials   ${files.demo}`,
    `  Admin token        ${files.adminToken}`,
    '',
    '  Try it:',
    `    curl -H ${credential} ${publicUrl}/api/v1/classes`,
    '    npm run tour   # in another terminal: all five products, call by call',
  ];
}
