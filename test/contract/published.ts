/** Sentry's published schema of an operation's answer, as a validator. */
import { Ajv, type ValidateFunction } from 'ajv';
import published from './schema.json' with { type: 'json' };

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat('date-time', {
  validate: (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text),
});
ajv.addFormat('uri', { validate: (text: string) => URL.canParse(text) });
ajv.addSchema({ $id: 'published', ...published });

/** `operation` as the server names it; undefined where Sentry publishes no answer of that status. */
export function publishedValidator(operation: string, status: number): ValidateFunction | undefined {
  const path = [operation, String(status)].map((part) =>
    encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
  );
  return ajv.getSchema(`published#/operations/${path.join('/')}`);
}
