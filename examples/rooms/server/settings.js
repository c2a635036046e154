/** The server's settings, read once from the environment. */
const { env } = process;

export const settings = {
  port: Number(env.PORT ?? 4320),
  sentryDsn: env.SENTRY_DSN ?? '',
  environment: env.SENTRY_ENVIRONMENT ?? 'development',
  release: env.SENTRY_RELEASE ?? 'rooms@dev',
};

/** The part that the page may know. */
export function publicSettings() {
  const { sentryDsn, environment, release } = settings;
  return { sentryDsn, environment, release };
}
