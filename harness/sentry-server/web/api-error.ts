/** The Web API's refusals: a status and Sentry's `{"detail": …}`. */
import { HTTPException } from 'hono/http-exception';

export function badRequest(detail: string): HTTPException {
  return new HTTPException(400, { message: detail });
}

export function notFound(): HTTPException {
  return new HTTPException(404, { message: 'The requested resource does not exist' });
}

export function unauthorized(detail: string): HTTPException {
  return new HTTPException(401, { message: detail });
}

export function forbidden(detail = 'You do not have permission to perform this action.'): HTTPException {
  return new HTTPException(403, { message: detail });
}

export function conflict(detail: string): HTTPException {
  return new HTTPException(409, { message: detail });
}
